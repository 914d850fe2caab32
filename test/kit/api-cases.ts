import { randomBytes } from 'node:crypto'
import { createResource } from '../../src/core/resources/create-resource.ts'
import type { ResourceServer } from '../../src/model/clients/client.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { Case } from './console-case.ts'

/* APIs that check credentials, for `CASES`. */

const fresh = (): string => `x${randomBytes(5).toString('hex')}`
const apiFacts = ({ name, scopes, tokenFormat, strictAudience, keyConsent, rollingExpSeconds }: ResourceServer) => [
  name,
  scopes,
  tokenFormat,
  strictAudience,
  keyConsent,
  rollingExpSeconds,
]

export const API_CASES = {
  listResourceServers: [async () => ({ what: {} })],
  changeResourceServer: [
    async world => {
      const { resource } = await createResource(world, OPERATOR, {
        audience: `https://${fresh()}.example`,
        name: 'A',
        scopes: ['read'],
        rollingExpSeconds: 3600,
      })
      const see = async () => {
        const now = await world.resources.byAudience(resource.audience)
        return now && apiFacts(now)
      }
      const body = {
        name: "Bob's API",
        scopes: ['read', 'write'],
        token_format: 'jwt',
        strict_audience: true,
        key_consent: true,
        rolling_exp_seconds: null,
      }
      return { what: { params: { id: resource.clientId }, body }, see }
    },
  ],
  createResourceServer: [
    async world => {
      const audience = `https://${fresh()}.example`
      const see = async () => {
        const made = await world.resources.byAudience(audience)
        return made && apiFacts(made)
      }
      const shape = { token_format: 'jwt', strict_audience: true, key_consent: true, rolling_exp_seconds: 2_592_000 }
      const body = { audience, name: 'An API', scopes: ['read'], ...shape }
      return { what: { body }, see }
    },
  ],
  deleteResourceServer: [
    async world => {
      const audience = `https://${fresh()}.example`
      const { clientId } = await createResource(world, OPERATOR, { audience, name: 'API', scopes: [] })
      const see = async () => (await world.resources.byAudience(audience)) === undefined
      return { what: { params: { id: clientId } }, see }
    },
  ],
} satisfies Record<string, Case[]>
