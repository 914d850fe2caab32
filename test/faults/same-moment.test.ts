import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { issueTestToken } from '../../src/core/credentials/issue/issue-test-token.ts'
import { issueUserToken } from '../../src/core/credentials/issue/issue-user-token.ts'
import { signInForPair } from '../../src/core/credentials/issue/sign-in-for-pair.ts'
import { answerConsent } from '../../src/core/oauth/authorize/answer-consent.ts'
import { authorize } from '../../src/core/oauth/authorize/authorize.ts'
import type { AuthorizeAsk } from '../../src/core/oauth/authorize/request.ts'
import { endOtherSessions } from '../../src/core/sign-in/sessions/end-other-sessions.ts'
import { findSession } from '../../src/core/sign-in/sessions/find-session.ts'
import { openSession } from '../../src/core/sign-in/sessions/open-session.ts'
import { signIn } from '../../src/core/sign-in/sign-in.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import { setPassword } from '../../src/core/users/set-password.ts'
import type { World } from '../../src/core/world.ts'
import type { Client } from '../../src/model/clients/client.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { Session } from '../../src/model/users/session.ts'
import type { User } from '../../src/model/users/user.ts'
import { ANONYMOUS, asUser, inBrowser, signedIn } from '../kit/acts.ts'
import { addClient, addUser, CALLBACK, giveCode, PASSWORD, pkce, redeem } from '../kit/cast.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/*
 * One fixed order of events, every time: somebody proves who they are; before anything is made for them, all that is
 * theirs is ended; then the making goes on. What it makes must not live.
 */

let server: TestServer
let alice: User
let count = 0
const visitor = inBrowser('b')

before(async () => {
  server = await testServer()
})
beforeEach(async () => {
  alice = await addUser(server.world, `alice${++count}`)
})
after(() => server.stop())

/** The real world, but `meanwhile` happens between the last look and the first act of a decision. */
function overtaken(meanwhile: () => Promise<unknown>): World {
  const { world } = server
  let done: Promise<unknown> | undefined
  const first = async () => {
    done ??= meanwhile()
    await done
  }
  return {
    ...world,
    credentials: {
      ...world.credentials,
      issue: (...all) => first().then(() => world.credentials.issue(...all)),
      redeem: (...all) => first().then(() => world.credentials.redeem(...all)),
      issueTo: (...all) => first().then(() => world.credentials.issueTo(...all)),
    },
    grants: { ...world.grants, open: (...all) => first().then(() => world.grants.open(...all)) },
  }
}

const newPassword = () =>
  setPassword(server.world, OPERATOR, { userId: alice.id, password: 'another battery', keys: 'revoke' })
const ask = () => ({ name: alice.handle, password: PASSWORD })

async function nothingLives(): Promise<void> {
  const { items } = await server.world.credentials.list({ userId: alice.id, status: 'active' }, { limit: 50 })
  const grants = await server.installation.engine.db
    .selectFrom('grants')
    .selectAll()
    .where('user_id', '=', alice.id)
    .execute()
  assert.ok(grants.every(grant => grant.revoked_at !== null))
  assert.deepEqual(
    items.map(({ kind }) => kind),
    [],
  )
}

const request = (client: Client, more: Partial<AuthorizeAsk> = {}): AuthorizeAsk => ({
  clientId: client.id,
  responseType: 'code',
  redirectUri: CALLBACK,
  scopes: ['read'],
  challenge: pkce().challenge,
  challengeMethod: 'S256',
  prompt: [],
  resources: [],
  ...more,
})

/** Whatever can be made for a person, from a password or from a session. */
const MAKINGS: Record<string, (world: World, session: Session) => Promise<unknown>> = {
  'a session': world => signIn(world, visitor, ask()),
  'a user token': world => issueUserToken(world, ANONYMOUS, ask()),
  'a token pair': world => signInForPair(world, ANONYMOUS, ask()),
  'an API key': (world, { user }) => issueKey(world, asUser(user), { kind: 'api-key', userId: user.id, name: 'k' }),
  async 'a token for oneself'(world, session) {
    const { client } = await addClient(server.world, { ownerId: alice.id })
    return issueTestToken(world, asUser(session.user), { clientId: client.id })
  },
  async 'a code that is given without a question'(world, session) {
    const app = await addClient(server.world)
    const { verifier, challenge } = pkce()
    await redeem(server.url, app, await giveCode(server.world, app.client, alice, challenge), verifier)
    const outcome = await authorize(world, signedIn('b', session), request(app.client, { prompt: ['none'] }))
    assert.ok(outcome.is === 'refused' && outcome.refusal.code === 'login-required', outcome.is)
  },
  async 'a code that a person has just allowed'(world, session) {
    const { client } = await addClient(server.world)
    const asked = await authorize(server.world, signedIn('b', session), request(client))
    assert.ok(asked.is === 'consent')
    const interaction = asked.interaction.sealed
    await answerConsent(world, signedIn('b', session), { interaction, decision: 'allow' })
  },
}

for (const [what, make] of Object.entries(MAKINGS)) {
  test(`${what} that is being made while the password changes does not outlive it`, async () => {
    const { world } = server
    const session = await findSession(world, (await openSession(world, asUser(alice), { methods: ['pwd'] })).secret)
    assert.ok(session)
    await make(overtaken(newPassword), session).catch((error: { code?: string }) => {
      assert.ok(error.code === 'state-conflict' || error.code === 'interaction-unknown', error.code)
    })
    await nothingLives()
  })
}

test('a sign-in that is under way while everything is signed out is signed out, too', async () => {
  const { world } = server
  const session = await findSession(world, (await openSession(world, asUser(alice), { methods: ['pwd'] })).secret)
  assert.ok(session)
  const everywhere = overtaken(() => endOtherSessions(world, signedIn('b', session)))
  await assert.rejects(signIn(everywhere, visitor, ask()), { code: 'state-conflict' })
  const { items } = await world.credentials.list({ userId: alice.id, status: 'active' }, { limit: 50 })
  assert.deepEqual(
    items.map(({ id }) => id),
    [session.credential.id],
    'the one that stays',
  )
})

test('a sign-in that is under way while somebody is disabled is not there when they are enabled again', async () => {
  const disabled = overtaken(() => changeUser(server.world, OPERATOR, { userId: alice.id, active: false }))
  await assert.rejects(signIn(disabled, visitor, ask()), { code: 'state-conflict' })
  await changeUser(server.world, OPERATOR, { userId: alice.id, active: true })
  await nothingLives()
})

test('whoever stays signed in while all others are signed out can go on making things', async () => {
  const { world } = server
  const { secret } = await openSession(world, asUser(alice), { methods: ['pwd'] })
  const session = await findSession(world, secret)
  assert.ok(session)
  await endOtherSessions(world, signedIn('b', session))
  const again = await findSession(world, secret)
  assert.ok(again)
  const { client } = await addClient(world, { ownerId: alice.id })
  await issueTestToken(world, asUser(again.user), { clientId: client.id })
})

test('a sign-in with the old password cannot write that back over the new one', async () => {
  const { world } = server
  const outdated = { ...world.passwords, verify: async () => ({ right: true, outdated: true }) }
  const rehash: World['users']['rehash'] = async (...all) => {
    await newPassword()
    return world.users.rehash(...all)
  }
  const late = { ...overtaken(async () => {}), passwords: outdated, users: { ...world.users, rehash } }
  await assert.rejects(signIn(late, visitor, ask()), { code: 'state-conflict' })
  await assert.rejects(signIn(world, visitor, ask()), { code: 'login-failed' })
  await signIn(world, visitor, { ...ask(), password: 'another battery' })
})
