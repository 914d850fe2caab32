import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ANONYMOUS, asUser } from '../../../test/kit/acts.ts'
import { testServer } from '../../../test/kit/server.ts'
import type { Refusal } from '../../model/refusals/refusal.ts'
import { type Act, OPERATOR, SYSTEM } from '../../model/users/actor.ts'
import type { Role } from '../../model/users/user.ts'
import { checkCredential } from '../check/check-credential.ts'
import { changeClient } from '../clients/change-client.ts'
import { deleteClient } from '../clients/delete-client.ts'
import { registerClient } from '../clients/register-client.ts'
import { issueKey } from '../credentials/issue/issue-key.ts'
import { revokeCredential } from '../credentials/revoke-credential.ts'
import { rotateKey } from '../credentials/rotate-key.ts'
import { openSetUp } from '../sign-in/open-set-up.ts'
import { openSession } from '../sign-in/sessions/open-session.ts'
import { setUp } from '../sign-in/set-up.ts'
import type { World } from '../world.ts'
import { changeUser } from './change-user.ts'
import { createUser } from './create-user.ts'
import { setPassword } from './set-password.ts'

const person = (world: World, handle: string, role: Role = 'user') => createUser(world, OPERATOR, { handle, role })
const as = asUser
const reason = async (world: World, presented: string) => {
  const verdict = await checkCredential(world, SYSTEM, { presented: { secret: presented } })
  return verdict.active ? 'active' : verdict.reason
}
const refusal = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'allowed',
    (error: Refusal) => error.code,
  )

test('lowering a role ends the tokens that carry its powers, and only those', async () => {
  await using server = await testServer()
  const { world } = server
  const user = await person(world, 'ada', 'admin')
  const make = (name: string, scopes: string[]) =>
    issueKey(world, OPERATOR, { kind: 'application-token', userId: user.id, name, scopes })
  const [managing, plain] = [await make('managing', ['users:write', 'read']), await make('plain', ['read'])]
  await changeUser(world, OPERATOR, { userId: user.id, role: 'user' })
  assert.equal(await reason(world, managing.secret), 'credential-revoked')
  assert.equal(await reason(world, plain.secret), 'active')
})

test('a new password ends what came of the old one and keeps keys, unless they are to go too', async () => {
  await using server = await testServer()
  const { world } = server
  const user = await person(world, 'ada')
  const session = await openSession(world, asUser(user), { methods: ['pwd'] })
  const key = await issueKey(world, OPERATOR, { kind: 'api-key', userId: user.id, name: 'k' })
  await setPassword(world, OPERATOR, { userId: user.id, password: 'correct horse', keys: 'keep' })
  assert.notEqual((await world.credentials.byId(session.credential.id))?.revokedAt, undefined)
  assert.equal(await reason(world, key.secret), 'active')
  await setPassword(world, OPERATOR, { userId: user.id, password: 'battery staple', keys: 'revoke' })
  assert.equal(await reason(world, key.secret), 'credential-revoked')
})

test('nobody gives a role or a management scope that they do not hold, nor touches who holds more', async () => {
  await using server = await testServer()
  const { world } = server
  const [support, admin] = [await person(world, 'sue', 'support'), await person(world, 'ann', 'admin')]
  await person(world, 'abe', 'admin')
  assert.equal(await refusal(createUser(world, as(support), { handle: 'x', role: 'admin' })), 'permission-missing')
  assert.equal(
    await refusal(changeUser(world, as(support), { userId: support.id, role: 'owner' })),
    'permission-missing',
  )
  assert.equal(await refusal(changeUser(world, as(support), { userId: admin.id, active: false })), 'permission-missing')
  const narrow = asUser(admin, ['users:write'])
  assert.equal(await refusal(createUser(world, narrow, { handle: 'x', role: 'admin' })), 'permission-missing')
  assert.equal(await refusal(createUser(world, narrow, { handle: 'x', scopes: ['keys'] })), 'scope-too-wide')
  assert.equal(await refusal(createUser(world, as(admin), { handle: 'fine', role: 'admin' })), 'allowed')
})

test('an anonymous registration gets no management scope', async () => {
  await using server = await testServer()
  const ask = { name: 'A', redirectUris: [], scopes: ['users'], type: 'confidential' } as const
  const register = (source: 'mastodon' | 'operator', act: Act) =>
    registerClient(server.world, act, { ...ask, redirectUris: [], scopes: ['users'], source })
  assert.equal(await refusal(register('mastodon', { by: { is: 'self-registration' }, from: {} })), 'scope-too-wide')
  assert.equal(await refusal(register('operator', OPERATOR)), 'allowed')
})

test('what belongs to somebody else does not exist for a user: keys, applications', async () => {
  await using server = await testServer()
  const { world } = server
  const [ada, bob] = [await person(world, 'ada'), await person(world, 'bob')]
  const key = await issueKey(world, OPERATOR, { kind: 'api-key', userId: ada.id, name: 'k' })
  const { client } = await registerClient(world, as(ada), {
    name: 'App',
    redirectUris: ['https://a.example/cb'],
    scopes: ['read'],
    type: 'confidential',
    ownerId: ada.id,
    source: 'portal',
  })
  const credentialId = key.credential.id
  assert.equal(await refusal(revokeCredential(world, as(bob), { credentialId })), 'not-found')
  assert.equal(await refusal(rotateKey(world, as(bob), { credentialId, overlapSeconds: 0 })), 'not-found')
  assert.equal(await refusal(changeClient(world, as(bob), { clientId: client.id, name: 'Mine' })), 'not-found')
  assert.equal(await refusal(deleteClient(world, as(bob), { clientId: client.id })), 'not-found')
  assert.equal(await reason(world, key.secret), 'active')
  assert.equal(await refusal(revokeCredential(world, as(ada), { credentialId })), 'allowed')
})

test('a rotated key works until its overlap ends, keeps its networks, and cannot be rotated twice', async () => {
  await using server = await testServer()
  const { world } = server
  const user = await person(world, 'ada')
  const old = await issueKey(world, OPERATOR, {
    kind: 'api-key',
    userId: user.id,
    name: 'k',
    networks: ['10.0.0.0/8'],
  })
  const ask = { credentialId: old.credential.id, overlapSeconds: 3600 }
  const next = await rotateKey(world, OPERATOR, ask)
  for (const secret of [old.secret, next.secret]) {
    assert.equal((await checkCredential(world, SYSTEM, { presented: { secret }, ip: '10.1.1.1' })).active, true)
    assert.equal((await checkCredential(world, SYSTEM, { presented: { secret }, ip: '8.8.8.8' })).active, false)
  }
  assert.equal(await refusal(rotateKey(world, OPERATOR, ask)), 'state-conflict')
})

test('a set-up link makes one owner, survives a typing error, and is worth nothing once there is an admin', async () => {
  await using server = await testServer()
  const { world } = server
  const { secret } = await openSetUp(world, OPERATOR, { opensFor: 'first' })
  const other = await openSetUp(world, OPERATOR, { opensFor: 'first' })
  assert.equal(await refusal(setUp(world, ANONYMOUS, { secret, handle: 'ada', password: 'no' })), 'password-unfit')
  const made = await Promise.allSettled([
    setUp(world, ANONYMOUS, { secret, handle: 'ada', password: 'correct horse' }),
    setUp(world, ANONYMOUS, { secret, handle: 'eve', password: 'correct horse' }),
  ])
  assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.equal(await world.users.countByRole('owner'), 1)
  const late = setUp(world, ANONYMOUS, { secret: other.secret, handle: 'eve2', password: 'correct horse' })
  assert.equal(await refusal(late), 'invite-unknown')
})

test('a user without powers changes nobody but themselves, and not what they may do', async () => {
  await using server = await testServer()
  const { world } = server
  const [ada, bob] = [await person(world, 'ada'), await person(world, 'bob')]
  const change = (userId: string, fields: object) => refusal(changeUser(world, as(bob), { userId, ...fields }))
  assert.equal(await change(ada.id, { firstName: 'Eve' }), 'permission-missing')
  assert.equal(await change(bob.id, { scopes: null }), 'permission-missing')
  assert.equal(await change(bob.id, { firstName: 'Robert' }), 'allowed')
  const steal = { userId: ada.id, password: 'correct horse', keys: 'keep' } as const
  assert.equal(await refusal(setPassword(world, as(bob), steal)), 'permission-missing')
  const key = { kind: 'api-key', userId: ada.id, name: 'k' } as const
  assert.equal(await refusal(issueKey(world, as(bob), key)), 'permission-missing')
})
