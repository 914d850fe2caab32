import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { revokeGrant } from '../../src/core/oauth/revoke-grant.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { addClient, addUser, giveCode, isActive, pkce, redeem, refresh, type TokenAnswer } from '../kit/cast.ts'
import { type TestServer, testServer } from '../kit/server.ts'

let server: TestServer
let app: RegisteredClient
let alice: User
let tokens: TokenAnswer
const { verifier, challenge } = pkce()

async function tokensFor(user: User, by = app): Promise<TokenAnswer> {
  return redeem(server.url, by, await giveCode(server.world, by.client, user, challenge), verifier)
}

before(async () => {
  server = await testServer()
  alice = await addUser(server.world)
  app = await addClient(server.world)
})
beforeEach(async () => {
  server.world.rules.refreshReplayMilliseconds = 10_000
  tokens = await tokensFor(alice)
})
after(() => server.stop())

/** From here on every repeat is late. */
const windowCloses = () => {
  server.world.rules.refreshReplayMilliseconds = -1
}

test('a refresh gives a new pair, and a repeated one the same pair', async () => {
  const first = await refresh(server.url, app, tokens.refresh_token)
  assert.equal(first.status, 200)
  assert.notEqual(first.refresh_token, tokens.refresh_token)
  assert.notEqual(first.access_token, tokens.access_token)
  assert.deepEqual(await refresh(server.url, app, tokens.refresh_token), first)
  assert.equal(await isActive(server.url, app, first.access_token), true)
})

test('a refresh token that comes back after the window ends the whole family', async () => {
  const next = await refresh(server.url, app, tokens.refresh_token)
  windowCloses()
  const again = await refresh(server.url, app, tokens.refresh_token)
  assert.deepEqual([again.status, again.error], [400, 'invalid_grant'])
  for (const token of [tokens.access_token, next.access_token, next.refresh_token])
    assert.equal(await isActive(server.url, app, token), false)
  assert.equal((await refresh(server.url, app, next.refresh_token)).error, 'invalid_grant')
})

test('an operator who wants none has no window: the first repeat ends the family', async () => {
  await using strict = await testServer({ CLAVIGER_REFRESH_REPLAY_SECONDS: '0' })
  const [user, by] = [await addUser(strict.world), await addClient(strict.world)]
  const given = await redeem(strict.url, by, await giveCode(strict.world, by.client, user, challenge), verifier)
  const answers = await Promise.all([1, 2].map(() => refresh(strict.url, by, given.refresh_token)))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 400])
  const winner = answers.find(({ status }) => status === 200)
  assert.equal(await isActive(strict.url, by, winner?.access_token), false)
})

test('two steps back is reuse at any time, also when both steps fall into one second', async () => {
  const second = await refresh(server.url, app, tokens.refresh_token)
  const third = await refresh(server.url, app, second.refresh_token)
  assert.equal(third.status, 200)
  assert.equal((await refresh(server.url, app, tokens.refresh_token)).error, 'invalid_grant')
  assert.equal((await refresh(server.url, app, third.refresh_token)).error, 'invalid_grant')
  assert.equal(await isActive(server.url, app, third.access_token), false)
})

test('reuse is still detected after a restart', async () => {
  const first = await testServer()
  const user = await addUser(first.world)
  const by = await addClient(first.world)
  const given = await redeem(first.url, by, await giveCode(first.world, by.client, user, challenge), verifier)
  const next = await refresh(first.url, by, given.refresh_token)
  const again = await first.restart()
  try {
    again.world.rules.refreshReplayMilliseconds = -1
    assert.equal((await refresh(again.url, by, given.refresh_token)).error, 'invalid_grant')
    assert.equal((await refresh(again.url, by, next.refresh_token)).error, 'invalid_grant')
  } finally {
    await again.stop()
  }
})

test('the answer to a repeat also survives a restart, and the database alone cannot read it', async () => {
  const first = await testServer()
  const user = await addUser(first.world)
  const by = await addClient(first.world)
  const given = await redeem(first.url, by, await giveCode(first.world, by.client, user, challenge), verifier)
  const next = await refresh(first.url, by, given.refresh_token)
  const rows = await first.installation.engine.db.selectFrom('grants').select('answer').execute()
  assert.equal(
    rows.some(({ answer }) => answer?.includes(next.access_token as string)),
    false,
  )
  const again = await first.restart()
  try {
    assert.deepEqual(await refresh(again.url, by, given.refresh_token), next)
  } finally {
    await again.stop()
  }
})

test("another client's refresh token is unknown, and stays good for its owner", async () => {
  const other = await addClient(server.world)
  assert.equal((await refresh(server.url, other, tokens.refresh_token)).error, 'invalid_grant')
  assert.equal((await refresh(server.url, app, tokens.refresh_token)).status, 200)
})

test('a refresh may narrow the scope and never widen it; what was granted is not lost by narrowing', async () => {
  assert.equal((await refresh(server.url, app, tokens.refresh_token, { scope: 'read admin' })).error, 'invalid_scope')
  const narrow = await refresh(server.url, app, tokens.refresh_token, { scope: 'read:accounts' })
  assert.equal(narrow.scope, 'read:accounts')
  assert.equal((await refresh(server.url, app, narrow.refresh_token)).scope, 'read write')
})

test('after a disabled user, a withdrawn consent or a disabled client no refresh gives anything', async () => {
  const entry = { at: Date.now(), event: 'changed', about: 'user', actor: 'operator' } as const
  const bob = await addUser(server.world, 'bob')
  const his = await tokensFor(bob)
  await server.world.users.change(bob.id, { active: false }, entry)
  assert.equal((await refresh(server.url, app, his.refresh_token)).error, 'invalid_grant')

  const [grant] = await server.world.grants.ofUser(alice.id)
  await revokeGrant(server.world, OPERATOR, { grantId: grant?.id as string })
  assert.equal((await refresh(server.url, app, tokens.refresh_token)).error, 'invalid_grant')

  const other = await addClient(server.world)
  const theirs = await tokensFor(alice, other)
  await server.world.clients.change(other.client.id, { active: false }, { ...entry, about: 'client' })
  assert.equal((await refresh(server.url, other, theirs.refresh_token)).error, 'invalid_client')
})

test('a family ends one day, however often it rotates', async () => {
  const stored = await server.world.credentials.findAny(server.world.vault.fingerprint(tokens.refresh_token ?? ''))
  const endsAt = (at: number) =>
    server.installation.engine.write(async tx => {
      await tx
        .updateTable('grants')
        .set({ expires_at: at })
        .where('id', '=', stored?.grantId as string)
        .execute()
    })
  const end = server.world.now() + 60_000
  await endsAt(end)
  const next = await refresh(server.url, app, tokens.refresh_token)
  const successor = await server.world.credentials.findAny(server.world.vault.fingerprint(next.refresh_token ?? ''))
  assert.equal(successor?.expiresAt, end)
  await endsAt(server.world.now() - 1)
  assert.equal((await refresh(server.url, app, next.refresh_token)).error, 'invalid_grant')
})

test('a client that may not refresh gets no refresh token', async () => {
  const short = await addClient(server.world, { grantTypes: ['authorization_code'] })
  const given = await tokensFor(alice, short)
  assert.equal(given.refresh_token, undefined)
  assert.equal((await refresh(server.url, short, tokens.refresh_token)).error, 'unauthorized_client')
})
