import { randomBytes } from 'node:crypto'
import { registerClient } from '../../src/core/clients/register-client.ts'
import type { World } from '../../src/core/world.ts'
import { DAY, SECOND } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { Case } from './console-case.ts'
import { describedClient } from './described-client.ts'
import { REGISTRATION_CASES } from './registration-cases.ts'

/* Applications, for `CASES`. */

const fresh = (): string => `x${randomBytes(5).toString('hex')}`
const daysTo = (at: number | undefined): number | undefined => at && Math.round((at - Date.now()) / DAY)

const aClient = async (world: World, source: 'operator' | 'portal' = 'operator') =>
  (
    await registerClient(world, OPERATOR, {
      name: fresh(),
      redirectUris: ['https://app.example/cb'],
      scopes: ['read'],
      type: 'confidential',
      source,
      website: 'https://app.example',
    })
  ).client

const read =
  (query: object): Case =>
  async () => ({ what: { query } })

const changedClient =
  (body: object): Case =>
  async world => {
    const { id } = await aClient(world)
    const see = async () => {
      const client = await world.clients.byId(id)
      if (!client) return undefined
      const { active, redirectUris, grantTypes, scopes, website, policy, metadata } = client
      return [active, redirectUris, grantTypes, scopes, website, policy, metadata]
    }
    return { what: { params: { id }, body }, see }
  }

export const CLIENT_CASES = {
  ...REGISTRATION_CASES,
  listClients: [
    read({ type: 'public' }),
    read({ source: 'portal' }),
    read({ review: 'waiting' }),
    read({ q: 'nothing' }),
  ],
  createClient: [
    async (world, me) => {
      const name = `App & "more" ${fresh()}`
      const see = async () =>
        (await world.clients.list({ search: name }, { limit: 5 })).items.map(one => [
          ...[one.type, one.redirectUris, one.scopes, one.ownerId === me],
        ])
      const redirect_uris = ['https://a.example/cb', 'com.example.app:/cb']
      return { what: { body: { name, type: 'public', redirect_uris, scopes: ['read', 'write'] } }, see }
    },
  ],
  changeClient: [
    changedClient({ active: false }),
    async world => {
      const { id } = await aClient(world, 'portal')
      const see = async () => (await world.clients.byId(id))?.reviewedAt !== undefined
      return { what: { params: { id }, body: { reviewed: true } }, see }
    },
    changedClient({
      name: 'New name',
      website: null,
      redirect_uris: ['https://b.example/cb'],
      grant_types: ['authorization_code', 'refresh_token'],
      scopes: ['read', 'write'],
    }),
    changedClient({
      policy: {
        pkce: 'when-sent',
        http_redirects: 'private',
        out_of_band: 'allowed',
        consent: 'always',
        access_token_seconds: null,
        refresh_token_seconds: 86_400,
        code_seconds: 90,
        default_scopes: ['read'],
      },
    }),
    changedClient({ metadata: { logo_uri: "https://app.example/it's.png", contacts: ['ada@app.example'] } }),
    changedClient({ policy: { pkce: 'required', access_token_seconds: 7200, default_scopes: null } }),
  ],
  deleteClient: [
    async world => {
      const { id } = await aClient(world)
      return { what: { params: { id } }, see: async () => (await world.clients.byId(id)) === undefined }
    },
  ],
  rotateClientSecret: [
    async world => {
      const { id } = await aClient(world)
      const see = async () => (await world.clients.byId(id))?.secrets.map(one => daysTo(one.expiresAt)).sort()
      return { what: { params: { id }, body: { overlap_seconds: (3 * DAY) / SECOND } }, see }
    },
  ],
  listUndeliveredLogouts: [async world => ({ what: { params: { id: (await aClient(world)).id } } })],
  repeatUndeliveredLogouts: [async world => ({ what: { params: { id: (await aClient(world)).id } } })],
  listClientDocuments: [read({}), read({ q: 'Described' })],
  getClientDocument: [async world => ({ what: { params: { id: await describedClient(world) } } })],
  refreshClientDocument: [
    async world => {
      const id = await describedClient(world)
      const see = async () => (await world.clientDocuments.byClient(id))?.trouble?.is
      return { what: { params: { id } }, see }
    },
  ],
} satisfies Record<string, readonly Case[]>
