import { randomBytes } from 'node:crypto'
import { blockRegistrations } from '../../src/core/clients/registration/block-registrations.ts'
import { blockIdOf } from '../../src/core/clients/registration/blocks.ts'
import { createInitialToken } from '../../src/core/clients/registration/create-initial-token.ts'
import { listInitialTokens } from '../../src/core/clients/registration/list-initial-tokens.ts'
import type { World } from '../../src/core/world.ts'
import { DAY, SECOND } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { Case } from './console-case.ts'

/* With what clients register themselves, and which may not, for `CASES`. */

const fresh = (): string => `x${randomBytes(5).toString('hex')}`
const token = async (world: World) =>
  (await createInitialToken(world, OPERATOR, { expiresAt: world.now() + DAY, grantTypes: [] })).credential
const block = async (world: World) =>
  (await blockRegistrations(world, OPERATOR, { subject: 'host', value: `${fresh()}.example`, disable: false })).block

const seenToken = async (world: World, name: string) => {
  const { items } = await world.credentials.list({ kinds: ['initial-access-token'] }, { limit: 100 })
  const made = items.find(one => one.name === name)
  return (
    made && { data: made.data, scopes: made.scopes, days: Math.round(((made.expiresAt ?? 0) - made.createdAt) / DAY) }
  )
}
const blocked = async (world: World, value: string) =>
  (await world.registrations.blocks())
    .filter(one => one.value === value)
    .map(({ subject, note }) => ({ subject, note }))

const createdWith =
  (more: object, days: number): Case =>
  async world => {
    const name = fresh()
    const expires_at = Math.floor(Date.now() / SECOND) + days * (DAY / SECOND)
    return { what: { body: { name, expires_at, ...more } }, see: () => seenToken(world, name) }
  }
const blockedWith =
  (subject: string, value: () => string, more: object = {}): Case =>
  async world => {
    const body = { subject, value: value(), ...more }
    return { what: { body }, see: () => blocked(world, body.value) }
  }

export const REGISTRATION_CASES = {
  listRegistrationTokens: [
    async world => {
      if ((await listInitialTokens(world, OPERATOR)).length === 0) await token(world)
      return { what: {} }
    },
  ],
  createRegistrationToken: [
    createdWith({ uses: 5, scopes: ['read', 'write'], grant_types: ['client_credentials'] }, 7),
    createdWith({}, 1),
  ],
  revokeRegistrationToken: [
    async world => {
      const { id } = await token(world)
      return { what: { params: { id } }, see: async () => (await world.credentials.byId(id))?.revokedAt !== undefined }
    },
  ],
  listRegistrationBlocks: [
    async world => {
      if ((await world.registrations.blocks()).length === 0) await block(world)
      return { what: {} }
    },
  ],
  createRegistrationBlock: [
    blockedWith('host', () => `${fresh()}.example`, { note: 'a flood', disable: true }),
    blockedWith('network', () => `203.0.${randomBytes(1)[0]}.0/24`),
  ],
  deleteRegistrationBlock: [
    async world => {
      const made = await block(world)
      return { what: { params: { id: blockIdOf(made) } }, see: () => blocked(world, made.value) }
    },
  ],
} satisfies Record<string, readonly Case[]>
