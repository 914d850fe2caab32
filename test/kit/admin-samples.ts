import { randomBytes } from 'node:crypto'
import { registerClient } from '../../src/core/clients/register-client.ts'
import { blockRegistrations } from '../../src/core/clients/registration/block-registrations.ts'
import { blockIdOf } from '../../src/core/clients/registration/blocks.ts'
import { createInitialToken } from '../../src/core/clients/registration/create-initial-token.ts'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { keepView } from '../../src/core/journal/keep-view.ts'
import { createGate } from '../../src/core/resources/create-gate.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { describeScope } from '../../src/core/resources/describe-scope.ts'
import { rotateSigningKey } from '../../src/core/services/signing-keys/rotate-signing-key.ts'
import { beginSecondFactor } from '../../src/core/sign-in/methods/begin-second-factor.ts'
import { openSession } from '../../src/core/sign-in/sessions/open-session.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import type { World } from '../../src/core/world.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import type { OperationId } from '../../src/wire/admin/contract.ts'
import { asUser } from './acts.ts'
import { PASSWORD } from './cast.ts'
import { describedClient } from './described-client.ts'

/** One good request of an operation about things of this user, made anew each time, since many of them end something. */
export type Sample = { path: string; body?: unknown }
export type MakeSample = (world: World, owner: User) => Sample | Promise<Sample>

const fresh = (): string => `x${randomBytes(6).toString('hex')}`

async function client(world: World, owner: User) {
  const { client } = await registerClient(world, OPERATOR, {
    name: 'App',
    redirectUris: ['https://app.example/cb'],
    scopes: ['read'],
    type: 'confidential',
    ownerId: owner.id,
    source: 'portal',
  })
  return client
}
const key = async (world: World, owner: User) =>
  issueKey(world, OPERATOR, { kind: 'api-key', userId: owner.id, name: 'k', scopes: ['read'] })

/** Of the user as they are now: an earlier sample may have ended all that was theirs. */
const session = async (world: World, owner: User) =>
  openSession(world, asUser((await world.users.byId(owner.id)) ?? owner), { methods: ['pwd'] })

export async function grant(world: World, owner: User) {
  const app = await client(world, owner)
  const now = world.now()
  const made = {
    id: randomBytes(12).toString('hex'),
    scopes: ['read'],
    audience: [],
    generation: 0,
    tokensIssued: 0,
    createdAt: now,
  }
  const credential = await key(world, owner)
  await world.grants.open(
    { ...made, userId: owner.id, clientId: app.id, activatedAt: now },
    { ...credential.credential, id: '', fingerprint: randomBytes(32).toString('hex'), grantId: made.id },
    { at: now, event: 'granted', about: 'grant', aboutId: made.id, actor: owner.id, userId: owner.id },
  )
  return { ...made, clientId: app.id }
}
const resource = (world: World) =>
  createResource(world, OPERATOR, { audience: `https://${fresh()}.example`, name: 'API', scopes: ['read'] })

const atClient =
  (rest = '', body?: unknown): MakeSample =>
  async (world, owner) => ({ path: `/v1/clients/${(await client(world, owner)).id}${rest}`, body })
/** At a port where nothing answers. */
const atDocument =
  (rest = ''): MakeSample =>
  async world => ({ path: `/v1/client-documents/${encodeURIComponent(await describedClient(world))}${rest}` })
const atKey =
  (rest = '', body?: unknown): MakeSample =>
  async (world, owner) => ({ path: `/v1/credentials/${(await key(world, owner)).credential.id}${rest}`, body })
const atResource =
  (body?: unknown): MakeSample =>
  async world => ({ path: `/v1/resource-servers/${(await resource(world)).clientId}`, body })
const atGate =
  (body?: unknown): MakeSample =>
  async world => ({ path: `/v1/gates/${(await createGate(world, OPERATOR, { name: fresh() })).name}`, body })
const fixed =
  (path: string, body?: unknown): MakeSample =>
  () => ({ path, body })

export const SAMPLES: Record<OperationId, MakeSample> = {
  getSession: fixed('/v1/session'),
  proveSession: async world => {
    // It is about the one who asks, so everybody has this password.
    const password = await world.passwords.hash(PASSWORD)
    const entry = { at: world.now(), event: 'changed', about: 'user', actor: 'operator' } as const
    for (const { id } of (await world.users.list({ limit: 100 })).items)
      await world.users.change(id, { password }, entry)
    return { path: '/v1/session/proof', body: { password: PASSWORD } }
  },
  listViews: fixed('/v1/views'),
  putView: () => ({ path: `/v1/views/${fresh()}`, body: { page: 'credentials', query: 'status=unused' } }),
  deleteView: async world => {
    const [name, page, query] = [fresh(), 'users', 'role=admin'] as const
    // Whoever asks deletes their own.
    for (const user of (await world.users.list({ limit: 100 })).items)
      await keepView(world, asUser(user), { name, page, query })
    return { path: `/v1/views/${name}` }
  },
  listUsers: fixed('/v1/users'),
  createUser: () => ({ path: '/v1/users', body: { handle: fresh() } }),
  getUser: (_world, owner) => ({ path: `/v1/users/${owner.id}` }),
  changeUser: (_world, owner) => ({ path: `/v1/users/${owner.id}`, body: { first_name: 'Ada' } }),
  setPassword: (_world, owner) => ({
    path: `/v1/users/${owner.id}/password`,
    body: { password: 'correct horse', current_password: PASSWORD },
  }),
  removeSecondFactor: async (world, owner) => {
    await beginSecondFactor(world, asUser(owner), { issuer: 'Here', label: owner.handle })
    return { path: `/v1/users/${owner.id}/second-factor` }
  },
  deleteUser: async world => ({
    path: `/v1/users/${(await createUser(world, OPERATOR, { handle: fresh() })).id}`,
  }),
  userImpact: (_world, owner) => ({ path: `/v1/users/${owner.id}/impact` }),
  listClients: (_world, owner) => ({ path: `/v1/clients?owner=${owner.id}` }),
  createClient: (_world, owner) => ({ path: '/v1/clients', body: { name: 'App', owner_id: owner.id } }),
  getClient: atClient(),
  changeClient: atClient('', { name: 'Other' }),
  deleteClient: atClient(),
  clientImpact: atClient('/impact'),
  listClientSecrets: atClient('/secrets'),
  listUndeliveredLogouts: atClient('/undelivered-logouts'),
  repeatUndeliveredLogouts: atClient('/undelivered-logouts/repeat', {}),
  rotateClientSecret: atClient('/secrets', { overlap_seconds: 60 }),
  listRegistrationTokens: fixed('/v1/registration-tokens'),
  createRegistrationToken: fixed('/v1/registration-tokens', { uses: 1 }),
  revokeRegistrationToken: async world => {
    const made = await createInitialToken(world, OPERATOR, { expiresAt: world.now() + 60_000, grantTypes: [] })
    return { path: `/v1/registration-tokens/${made.credential.id}` }
  },
  listRegistrationBlocks: fixed('/v1/registration-blocks'),
  createRegistrationBlock: () => ({
    path: '/v1/registration-blocks',
    body: { subject: 'host', value: `${fresh()}.example` },
  }),
  deleteRegistrationBlock: async world => {
    const ask = { subject: 'host', value: `${fresh()}.example`, disable: false } as const
    return { path: `/v1/registration-blocks/${blockIdOf((await blockRegistrations(world, OPERATOR, ask)).block)}` }
  },
  listClientDocuments: fixed('/v1/client-documents'),
  getClientDocument: atDocument(),
  refreshClientDocument: atDocument('/refresh'),
  listCredentials: (_world, owner) => ({ path: `/v1/credentials?owner=${owner.id}` }),
  createCredential: (_world, owner) => ({
    path: '/v1/credentials',
    body: { kind: 'api_key', name: 'k', owner_id: owner.id },
  }),
  getCredential: atKey(),
  changeCredential: atKey('', { name: 'other', scopes: [], active: false }),
  credentialImpact: atKey('/impact'),
  rotateCredential: atKey('/rotate', {}),
  revokeCredential: atKey('/revoke'),
  revokeCredentials: (_world, owner) => ({
    path: '/v1/credentials/revoke',
    body: { owner_id: owner.id, kinds: ['access_token'] },
  }),
  listGrants: (_world, owner) => ({ path: `/v1/grants?owner=${owner.id}` }),
  grantImpact: async (world, owner) => ({ path: `/v1/grants/${(await grant(world, owner)).id}/impact` }),
  revokeGrant: async (world, owner) => ({ path: `/v1/grants/${(await grant(world, owner)).id}` }),
  listSessions: (_world, owner) => ({ path: `/v1/sessions?owner=${owner.id}` }),
  endSession: async (world, owner) => ({
    path: `/v1/sessions/${(await session(world, owner)).credential.id}`,
  }),
  listResourceServers: fixed('/v1/resource-servers'),
  createResourceServer: () => ({
    path: '/v1/resource-servers',
    body: { audience: `https://${fresh()}.example`, name: 'API' },
  }),
  getResourceServer: atResource(),
  changeResourceServer: atResource({ name: 'Other' }),
  deleteResourceServer: atResource(),
  listGates: fixed('/v1/gates'),
  createGate: () => ({ path: '/v1/gates', body: { name: fresh(), scopes: ['read'] } }),
  getGate: atGate(),
  changeGate: atGate({ scopes: ['read', 'write'], audience: null }),
  deleteGate: atGate(),
  listScopes: fixed('/v1/scopes'),
  putScope: () => ({ path: `/v1/scopes/${fresh()}:read`, body: { sentence: 'Read things' } }),
  deleteScope: async world => {
    const scope = fresh()
    await describeScope(world, OPERATOR, { scope, sentence: 'Read', risk: 'low' })
    return { path: `/v1/scopes/${scope}` }
  },
  listSigningKeys: fixed('/v1/signing-keys'),
  rotateSigningKey: fixed('/v1/signing-keys'),
  removeSigningKey: async world => {
    const [old] = await world.signingKeys.list()
    await rotateSigningKey(world, OPERATOR)
    return { path: `/v1/signing-keys/${old?.id}` }
  },
  listJournal: (_world, owner) => ({ path: `/v1/journal?owner=${owner.id}` }),
  explain: async (world, owner) => ({ path: '/v1/explain', body: { credential: (await key(world, owner)).secret } }),
  find: (_world, owner) => ({ path: '/v1/find', body: { text: owner.handle } }),
  countJournal: fixed('/v1/journal/counts?events=signed-in,sign-in-failed'),
  readUsage: (_world, owner) => ({ path: `/v1/usage?owner=${owner.id}` }),
  readNetworks: (_world, owner) => ({ path: `/v1/usage/networks?owner=${owner.id}` }),
  readCheckTimes: fixed('/v1/usage/check-times?bucket=minute'),
  credentialAges: fixed('/v1/usage/ages'),
  topCredentials: fixed('/v1/usage/top'),
  sparklines: async (world, owner) => ({
    path: `/v1/usage/sparklines?credentials=${(await key(world, owner)).credential.id}`,
  }),
  overview: fixed('/v1/overview'),
  listSettings: fixed('/v1/settings'),
}
