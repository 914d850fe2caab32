import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { asUser } from '../../../test/kit/acts.ts'
import { person } from '../../../test/kit/admin.ts'
import { addClient, giveCode, pkce } from '../../../test/kit/cast.ts'
import { describedClient } from '../../../test/kit/described-client.ts'
import { type TestServer, testServer } from '../../../test/kit/server.ts'
import { mayWith } from '../../../web/src/api/may.ts'
import { permits } from '../../core/authority.ts'
import { explain } from '../../core/check/explain.ts'
import { changeClient } from '../../core/clients/change-client.ts'
import { deleteClient } from '../../core/clients/delete-client.ts'
import { refreshDocument } from '../../core/clients/documents/refresh-document.ts'
import { registerClient } from '../../core/clients/register-client.ts'
import { blockRegistrations } from '../../core/clients/registration/block-registrations.ts'
import { createInitialToken } from '../../core/clients/registration/create-initial-token.ts'
import { revokeInitialToken } from '../../core/clients/registration/revoke-initial-token.ts'
import { unblockRegistrations } from '../../core/clients/registration/unblock-registrations.ts'
import { rotateClientSecret } from '../../core/clients/rotate-client-secret.ts'
import { changeCredential } from '../../core/credentials/change-credential.ts'
import { findCredential } from '../../core/credentials/find-credential.ts'
import { issueKey } from '../../core/credentials/issue/issue-key.ts'
import { revokeAll } from '../../core/credentials/revoke-all.ts'
import { revokeCredential } from '../../core/credentials/revoke-credential.ts'
import { rotateKey } from '../../core/credentials/rotate-key.ts'
import { revokeGrant } from '../../core/oauth/revoke-grant.ts'
import { repeatUndelivered } from '../../core/openid/logout/repeat-undelivered.ts'
import { changeGate } from '../../core/resources/change-gate.ts'
import { changeResource } from '../../core/resources/change-resource.ts'
import { createGate } from '../../core/resources/create-gate.ts'
import { createResource } from '../../core/resources/create-resource.ts'
import { deleteGate } from '../../core/resources/delete-gate.ts'
import { deleteResource } from '../../core/resources/delete-resource.ts'
import { describeScope } from '../../core/resources/describe-scope.ts'
import { forgetScope } from '../../core/resources/forget-scope.ts'
import { removeSigningKey } from '../../core/services/signing-keys/remove-signing-key.ts'
import { rotateSigningKey } from '../../core/services/signing-keys/rotate-signing-key.ts'
import { beginSecondFactor } from '../../core/sign-in/methods/begin-second-factor.ts'
import { removeSecondFactor } from '../../core/sign-in/methods/remove-second-factor.ts'
import { openSession } from '../../core/sign-in/sessions/open-session.ts'
import { changeUser } from '../../core/users/change-user.ts'
import { createUser } from '../../core/users/create-user.ts'
import { deleteUser } from '../../core/users/delete-user.ts'
import { setPassword } from '../../core/users/set-password.ts'
import type { World } from '../../core/world.ts'
import type { Refusal, RefusalCode } from '../../model/refusals/refusal.ts'
import { coversAll } from '../../model/scopes/scope.ts'
import { type Act, OPERATOR } from '../../model/users/actor.ts'
import { ROLES, type Role, type User } from '../../model/users/user.ts'
import { OPERATIONS, type OperationId } from './contract.ts'
import { describeApi } from './openapi/document.ts'

/* One table says what an operation takes (model/users/permissions.ts); the core, the contract, its document and the console follow it. */

const ROLE_NAMES = Object.keys(ROLES) as Role[]
const IDS = Object.keys(OPERATIONS) as OperationId[]
let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server[Symbol.asyncDispose]())

for (const role of ROLE_NAMES)
  test(`the console and the document of the API allow the role ${role} what the core permits it`, async () => {
    const { user, ask } = await person(server, `who-${role}`, role)
    const { permissions } = (await ask('GET', '/v1/session')).body as { permissions: string[] }
    const may = mayWith(OPERATIONS, permissions)
    const documented = scopesInDocument()
    for (const id of IDS) {
      const permitted = permits(asUser(user).by, id)
      assert.equal(may(id), permitted, `${role} ${id} in the console`)
      assert.equal(
        coversAll(ROLES[role], documented.get(id) ?? ['not documented']),
        permitted,
        `${role} ${id} in the document`,
      )
    }
  })

/** The scopes that stand under each operation of the OpenAPI document. */
function scopesInDocument(): Map<string, string[]> {
  const { paths } = describeApi(server.world.rules) as { paths: Record<string, Record<string, Described>> }
  const described = Object.values(paths).flatMap(methods => Object.values(methods))
  return new Map(described.map(({ operationId, security }) => [operationId, security?.[0]?.['accessToken'] ?? []]))
}
type Described = { operationId: string; security?: Record<string, string[]>[] }

/** Operations that change something, each with its decision about things of this other user: asked past the API. */
const DECISIONS: Record<Changing, (world: World, act: Act, other: User) => Promise<unknown>> = {
  createUser: (world, act) => createUser(world, act, { handle: fresh() }),
  changeUser: (world, act, { id }) => changeUser(world, act, { userId: id, firstName: 'Eve' }),
  setPassword: (world, act, { id }) => setPassword(world, act, { userId: id, password: 'correct horse', keys: 'keep' }),
  deleteUser: (world, act, { id }) => deleteUser(world, act, { userId: id }),
  removeSecondFactor: async (world, act, other) => {
    await beginSecondFactor(world, asUser(other), { issuer: 'Here', label: other.handle })
    return removeSecondFactor(world, act, { userId: other.id })
  },
  createClient: (world, act, { id }) =>
    registerClient(world, act, { ...APP, redirectUris: [], scopes: [], ownerId: id }),
  changeClient: async (world, act, other) =>
    changeClient(world, act, { clientId: await client(world, other), name: 'B' }),
  deleteClient: async (world, act, other) => deleteClient(world, act, { clientId: await client(world, other) }),
  rotateClientSecret: async (world, act, other) =>
    rotateClientSecret(world, act, { clientId: await client(world, other), overlapSeconds: 0 }),
  repeatUndeliveredLogouts: async (world, act, other) =>
    repeatUndelivered(world, act, { clientId: await client(world, other) }),
  createRegistrationToken: (world, act) =>
    createInitialToken(world, act, { expiresAt: world.now() + 60_000, grantTypes: [] }),
  revokeRegistrationToken: async (world, act) => {
    const made = await createInitialToken(world, OPERATOR, { expiresAt: world.now() + 60_000, grantTypes: [] })
    return revokeInitialToken(world, act, { id: made.credential.id })
  },
  createRegistrationBlock: (world, act) => blockRegistrations(world, act, block()),
  deleteRegistrationBlock: async (world, act) =>
    unblockRegistrations(world, act, (await blockRegistrations(world, OPERATOR, block())).block),
  refreshClientDocument: async (world, act) => refreshDocument(world, act, { clientId: await describedClient(world) }),
  createCredential: (world, act, { id }) =>
    issueKey(world, act, { kind: 'api-key', userId: id, name: 'k', scopes: [] }),
  changeCredential: async (world, act, other) =>
    changeCredential(world, act, { credentialId: await key(world, other), active: false }),
  rotateCredential: async (world, act, other) =>
    rotateKey(world, act, { credentialId: await key(world, other), overlapSeconds: 0 }),
  revokeCredential: async (world, act, other) =>
    revokeCredential(world, act, { credentialId: await key(world, other) }),
  revokeCredentials: async (world, act, other) =>
    revokeAll(world, act, { of: 'named', ids: [await key(world, other)] }),
  revokeGrant: async (world, act, other) => revokeGrant(world, act, { grantId: await grant(world, other) }),
  endSession: async (world, act, other) => {
    const { credential } = await openSession(world, asUser(other), { methods: ['pwd'] })
    return findCredential(world, act, credential.id, 'endSession')
  },
  createResourceServer: (world, act) => createResource(world, act, api()),
  changeResourceServer: async (world, act) =>
    changeResource(world, act, { audience: await resource(world), name: 'B' }),
  deleteResourceServer: async (world, act) => deleteResource(world, act, { audience: await resource(world) }),
  createGate: (world, act) => createGate(world, act, { name: fresh() }),
  changeGate: async (world, act) => changeGate(world, act, { name: await gate(world), scopes: [] }),
  deleteGate: async (world, act) => deleteGate(world, act, { name: await gate(world) }),
  putScope: (world, act) => describeScope(world, act, words()),
  deleteScope: async (world, act) => {
    const { scope } = await describeScope(world, OPERATOR, words())
    return forgetScope(world, act, { scope })
  },
  rotateSigningKey: (world, act) => rotateSigningKey(world, act),
  removeSigningKey: async (world, act) => {
    const { id } = await rotateSigningKey(world, OPERATOR)
    await rotateSigningKey(world, OPERATOR)
    return removeSigningKey(world, act, { id })
  },
  explain: (world, act) => explain(world, act, { about: 'credential', presented: { secret: 'clv_app_x' } }),
}
/** Views and the proof of a session are a person's own and take no permission; to find changes nothing, and finds what its caller may list. */
type Changing = Exclude<
  { [Id in OperationId]: (typeof OPERATIONS)[Id]['on'][0] extends 'GET' ? never : Id }[OperationId],
  'putView' | 'deleteView' | 'find' | 'proveSession'
>

for (const role of ROLE_NAMES)
  test(`a decision of the core refuses the role ${role} without the permission of its operation, and lets it pass with it`, async () => {
    const { world } = server
    const me = await createUser(world, OPERATOR, { handle: fresh(), role })
    for (const id of Object.keys(DECISIONS) as Changing[]) {
      const other = await createUser(world, OPERATOR, { handle: fresh() })
      const refused = await DECISIONS[id](world, asUser(me), other).then(
        () => undefined,
        (error: Refusal) => error.code,
      )
      if (permits(asUser(me).by, id)) assert.equal(refused, undefined, `${role} ${id}`)
      else assert.ok(refused === 'permission-missing' || HIDDEN.has(refused), `${role} ${id}: ${refused}`)
    }
  })

/** What is not theirs does not exist for them. */
const HIDDEN: ReadonlySet<RefusalCode | undefined> = new Set(['not-found', 'user-unknown'])
const APP = { name: 'A', redirectUris: [], scopes: [], type: 'confidential', source: 'portal' } as const
const fresh = (): string => `x${randomBytes(6).toString('hex')}`
const api = () => ({ audience: `https://${fresh()}.example`, name: 'A', scopes: [] })
const block = () => ({ subject: 'host', value: `${fresh()}.example`, disable: false }) as const
const words = () => ({ scope: fresh(), sentence: 'Reads it', risk: 'low' as const })
const client = async (world: World, { id }: User) =>
  (await registerClient(world, OPERATOR, { ...APP, redirectUris: [], scopes: [], ownerId: id })).client.id
const key = async (world: World, { id }: User) =>
  (await issueKey(world, OPERATOR, { kind: 'api-key', userId: id, name: 'k', scopes: [] })).credential.id
const resource = async (world: World) => (await createResource(world, OPERATOR, api())).resource.audience
const gate = async (world: World) => (await createGate(world, OPERATOR, { name: fresh() })).name

async function grant(world: World, other: User): Promise<string> {
  const { client } = await addClient(world)
  const code = await giveCode(world, client, other, pkce().challenge)
  return (await world.credentials.findAny(world.vault.fingerprint(code)))?.grantId ?? ''
}
