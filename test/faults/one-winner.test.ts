import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { answerConsent } from '../../src/core/oauth/authorize/answer-consent.ts'
import { authorize } from '../../src/core/oauth/authorize/authorize.ts'
import { issueTokens } from '../../src/core/oauth/issue-tokens.ts'
import { findSession } from '../../src/core/sign-in/sessions/find-session.ts'
import { openSession } from '../../src/core/sign-in/sessions/open-session.ts'
import type { World } from '../../src/core/world.ts'
import type { Session } from '../../src/model/users/session.ts'
import type { User } from '../../src/model/users/user.ts'
import { asClient, asUser, signedIn, tokenRequest } from '../kit/acts.ts'
import {
  addClient,
  addUser,
  CALLBACK,
  giveCode,
  isActive,
  pkce,
  redeem,
  refresh,
  type TokenAnswer,
} from '../kit/cast.ts'
import { type TestServer, testServer } from '../kit/server.ts'

let server: TestServer
let app: RegisteredClient
let alice: User
const { verifier, challenge } = pkce()
const MANY = 50

before(async () => {
  server = await testServer()
  alice = await addUser(server.world)
  app = await addClient(server.world)
})
after(() => server.stop())

const code = () => giveCode(server.world, app.client, alice, challenge)
const many = <T>(work: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: MANY }, (_, i) => work(i)))

/** The real world, except that everybody who has looked waits until `open` before they act. */
function paused(
  world: World,
  verb: 'find' | 'facts',
): { world: World; looked: (count: number) => Promise<void>; open(): void } {
  let open = () => {}
  const gate = new Promise<void>(resolve => {
    open = resolve
  })
  let count = 0
  const waiting: { at: number; resolve: () => void }[] = []
  const look = async (...ask: never[]): Promise<never> => {
    const seen = await (world.credentials[verb] as (...ask: never[]) => Promise<unknown>)(...ask)
    count++
    for (const one of waiting) if (count >= one.at) one.resolve()
    await gate
    return seen as never
  }
  const looked = (at: number) =>
    count >= at ? Promise.resolve() : new Promise<void>(resolve => waiting.push({ at, resolve }))
  return { world: { ...world, credentials: { ...world.credentials, [verb]: look } }, looked, open: () => open() }
}

const redemption = (code: string) =>
  tokenRequest('authorization_code', { code, code_verifier: verifier, redirect_uri: CALLBACK })
const refreshing = (token: string) => tokenRequest('refresh_token', { refresh_token: token })

async function nothingWorks(answers: readonly TokenAnswer[]): Promise<void> {
  for (const { access_token, refresh_token } of answers.filter(answer => answer.access_token !== undefined)) {
    assert.equal(await isActive(server.url, app, access_token), false)
    assert.notEqual((await refresh(server.url, app, refresh_token)).status, 200)
  }
}

test(`of ${MANY} redemptions of one code at once, exactly one gets tokens`, async () => {
  for (let round = 0; round < 4; round++) {
    const secret = await code()
    const answers = await many(() => redeem(server.url, app, secret, verifier))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    for (const { status, error } of answers.filter(answer => answer.status !== 200))
      assert.deepEqual([status, error], [400, 'invalid_grant'])
  }
})

test('even when all of them have seen the code unspent before the first one spends it', async () => {
  const secret = await code()
  const { world, looked, open } = paused(server.world, 'find')
  const attempts = many(() => issueTokens(world, asClient(app.client), redemption(secret)).then(Boolean, () => false))
  await looked(MANY)
  open()
  assert.equal((await attempts).filter(Boolean).length, 1)
  const { items } = await server.world.credentials.list({ userId: alice.id, kinds: ['access-token'] }, { limit: 100 })
  const grants = items.filter(item => item.createdAt >= server.world.now() - 60_000).map(item => item.grantId)
  assert.equal(new Set(grants).size, grants.length, 'no grant has two first tokens')
})

test(`${MANY} refreshes with one token at once all get the same new pair, and it works`, async () => {
  const { refresh_token } = await redeem(server.url, app, await code(), verifier)
  const answers = await many(() => refresh(server.url, app, refresh_token))
  for (const answer of answers) assert.deepEqual(answer, answers[0])
  assert.equal(answers[0]?.status, 200)
  assert.equal(await isActive(server.url, app, answers[0]?.access_token), true)
  assert.equal((await refresh(server.url, app, answers[0]?.refresh_token)).status, 200)
})

test('even when all of them have seen the token unspent before the first one turns it', async () => {
  const { refresh_token = '' } = await redeem(server.url, app, await code(), verifier)
  const { world, looked, open } = paused(server.world, 'facts')
  const attempts = many(() => issueTokens(world, asClient(app.client), refreshing(refresh_token)))
  await looked(MANY)
  open()
  const pairs = await attempts
  assert.equal(new Set(pairs.map(({ accessToken }) => accessToken)).size, 1)
  assert.equal(new Set(pairs.map(pair => pair.refreshToken)).size, 1)
})

test('a refresh that looked before the revocation and acts after it gets nothing', async () => {
  const { refresh_token = '', access_token } = await redeem(server.url, app, await code(), verifier)
  const { world, looked, open } = paused(server.world, 'facts')
  const attempt = issueTokens(world, asClient(app.client), refreshing(refresh_token))
  await looked(1)
  await fetch(`${server.url}/oauth2/revoke`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: app.client.id, client_secret: app.secret ?? '', token: refresh_token }),
  })
  open()
  await assert.rejects(attempt, { code: 'grant-revoked' })
  assert.equal(await isActive(server.url, app, access_token), false)
})

test('a code that was seen good before its grant was revoked gives nothing after it', async () => {
  const secret = await code()
  const stored = await server.world.credentials.findAny(server.world.vault.fingerprint(secret))
  const { world, looked, open } = paused(server.world, 'find')
  const attempt = issueTokens(world, asClient(app.client), redemption(secret))
  await looked(1)
  await server.world.credentials.revokeGrant(stored?.grantId as string, {
    at: server.world.now(),
    event: 'revoked',
    about: 'grant',
    actor: 'operator',
  })
  open()
  await assert.rejects(attempt, { code: 'code-spent' })
})

test('refreshes racing a revocation: once it is answered, no token of the grant works', async () => {
  for (let round = 0; round < 10; round++) {
    const first = await redeem(server.url, app, await code(), verifier)
    const racing: Promise<TokenAnswer | Response>[] = [
      ...Array.from({ length: 5 }, () => refresh(server.url, app, first.refresh_token)),
      fetch(`${server.url}/oauth2/revoke`, {
        method: 'POST',
        body: new URLSearchParams({
          client_id: app.client.id,
          client_secret: app.secret ?? '',
          token: first.refresh_token ?? '',
        }),
      }),
    ]
    const answers = await Promise.all(racing)
    await nothingWorks([first, ...answers.filter((answer): answer is TokenAnswer => !(answer instanceof Response))])
  }
})

test('reuse noticed while the rightful successor is being used leaves nothing of the family alive', async () => {
  server.world.rules.refreshReplayMilliseconds = -1
  const first = await redeem(server.url, app, await code(), verifier)
  const second = await refresh(server.url, app, first.refresh_token)
  const answers = await Promise.all([
    refresh(server.url, app, second.refresh_token),
    refresh(server.url, app, first.refresh_token),
    refresh(server.url, app, second.refresh_token),
  ])
  server.world.rules.refreshReplayMilliseconds = 10_000
  await nothingWorks([first, second, ...answers])
})

test(`of ${MANY} answers to one consent page there is one outcome: one code, or none`, async () => {
  const { secret } = await openSession(server.world, asUser(alice), { methods: ['pwd'] })
  const session = (await findSession(server.world, secret)) as Session
  const visitor = signedIn('b', session)
  const outcome = await authorize(server.world, visitor, {
    clientId: app.client.id,
    redirectUri: CALLBACK,
    responseType: 'code',
    challenge,
    challengeMethod: 'S256',
    prompt: ['consent'],
    resources: [],
  })
  assert.ok(outcome.is === 'consent')
  const answers = many(i =>
    answerConsent(server.world, visitor, {
      interaction: outcome.interaction.sealed,
      decision: i % 2 ? 'allow' : 'deny',
    }).then(
      answer => (answer.is === 'code' ? answer.code : answer.is),
      () => 'too late',
    ),
  )
  const said = new Set(await answers)
  said.delete('too late')
  assert.equal(said.size, 1, [...said].join())
})
