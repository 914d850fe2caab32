import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { DAY, SECOND } from '../../src/model/span.ts'
import type { User } from '../../src/model/users/user.ts'
import { addClient, addUser, askTokens, CALLBACK, giveCode, isActive, pkce, redeem, refresh } from '../kit/cast.ts'
import { type TestServer, testServer } from '../kit/server.ts'

let server: TestServer
let app: RegisteredClient
let alice: User
let code: string
const { verifier, challenge } = pkce()

before(async () => {
  server = await testServer()
  alice = await addUser(server.world)
  app = await addClient(server.world)
})
beforeEach(async () => {
  code = await giveCode(server.world, app.client, alice, challenge)
})
after(() => server.stop())

const works = async () => (await redeem(server.url, app, code, verifier)).status === 200

test('a code turns into tokens once; its second use is refused and takes back everything the first one gave', async () => {
  const first = await redeem(server.url, app, code, verifier)
  assert.equal(first.status, 200)
  const refreshed = await refresh(server.url, app, first.refresh_token)
  assert.equal(await isActive(server.url, app, refreshed.access_token), true)

  const second = await redeem(server.url, app, code, verifier)
  assert.deepEqual([second.status, second.error], [400, 'invalid_grant'])
  for (const token of [first.access_token, refreshed.access_token, refreshed.refresh_token])
    assert.equal(await isActive(server.url, app, token), false)
  assert.equal((await refresh(server.url, app, refreshed.refresh_token)).error, 'invalid_grant')
})

test('a replay by somebody who cannot prove to be the client, or lacks the verifier, revokes nothing', async () => {
  const first = await redeem(server.url, app, code, verifier)
  const other = await addClient(server.world)
  const attempts = [
    redeem(server.url, { client: app.client, secret: 'wrong' }, code, verifier),
    redeem(server.url, other, code, verifier),
    redeem(server.url, app, code, pkce().verifier),
    redeem(server.url, app, code, ''),
    redeem(server.url, app, code, verifier, { redirect_uri: 'https://evil.example/' }),
  ]
  for (const { status } of await Promise.all(attempts)) assert.ok(status === 400 || status === 401)
  assert.equal(await isActive(server.url, app, first.access_token), true)
})

test('a wrong attempt burns no code: the rightful client still gets its tokens', async () => {
  const other = await addClient(server.world)
  for (const attempt of [
    redeem(server.url, other, code, verifier),
    redeem(server.url, app, code, pkce().verifier),
    redeem(server.url, app, code, verifier, { redirect_uri: `${CALLBACK}/` }),
    redeem(server.url, app, code, verifier, { redirect_uri: '' }),
    redeem(server.url, app, code, verifier, { resource: 'https://nobody.example/' }),
  ])
    assert.equal((await attempt).status, 400)
  assert.equal(await works(), true)
})

test('a verifier that is missing, empty, short, long or oddly spelt is refused', async () => {
  for (const wrong of [
    '',
    'short',
    'x'.repeat(42),
    `${verifier}x`,
    'x'.repeat(129),
    `${verifier.slice(1)} `,
    challenge,
  ])
    assert.equal((await redeem(server.url, app, code, wrong)).error, 'invalid_grant', wrong)
  assert.equal(await works(), true)
})

test('a verifier that RFC 7636 section 4.1 does not allow is told what is wrong with it', async () => {
  const faults: [string, RegExp][] = [
    [`${verifier.slice(1)} `, /letters, digits and the characters - \. _ ~/],
    [`${verifier.slice(1)}+`, /letters, digits and the characters - \. _ ~/],
    [`${verifier.slice(1)}=`, /letters, digits and the characters - \. _ ~/],
    ['ä', /letters, digits and the characters - \. _ ~/],
    ['x'.repeat(42), /43 to 128 characters.*has 42/],
    ['x'.repeat(129), /43 to 128 characters.*has 129/],
    ['x'.repeat(43), /does not match the challenge/],
  ]
  for (const [wrong, says] of faults) {
    const { error, error_description } = await redeem(server.url, app, code, wrong)
    assert.equal(error, 'invalid_grant', wrong)
    assert.match(error_description ?? '', says, wrong)
  }
  const bare = await giveCode(server.world, app.client, alice, undefined)
  const { error_description } = await redeem(server.url, app, bare, verifier)
  assert.match(error_description ?? '', /no code_challenge/)
  assert.equal(await works(), true)
})

test('a verifier for a code whose challenge was stripped is refused, for confidential clients too', async () => {
  const bare = await giveCode(server.world, app.client, alice, undefined)
  assert.equal((await redeem(server.url, app, bare, verifier)).error, 'invalid_grant')
  const { status } = await askTokens(server.url, app, {
    grant_type: 'authorization_code',
    code: bare,
    redirect_uri: CALLBACK,
  })
  assert.equal(status, 200)
})

test('a public client without PKCE gets nothing, even with a code made without a challenge', async () => {
  const open = await addClient(server.world, { type: 'public' })
  const bare = await giveCode(server.world, open.client, alice, undefined)
  const answer = await askTokens(server.url, open, {
    grant_type: 'authorization_code',
    code: bare,
    redirect_uri: CALLBACK,
  })
  assert.equal(answer.error, 'invalid_grant')
})

test('the redirect address must be named again if it was named before', async () => {
  const { error } = await askTokens(server.url, app, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
  })
  assert.equal(error, 'invalid_grant')
  const silent = await giveCode(server.world, app.client, alice, challenge, {
    way: { is: 'redirect', redirectUri: CALLBACK, redirectUriSent: false },
  })
  const answer = await askTokens(server.url, app, {
    grant_type: 'authorization_code',
    code: silent,
    code_verifier: verifier,
  })
  assert.equal(answer.status, 200)
})

test('no other kind of one-time secret passes for a code', async () => {
  const { refresh_token = '', access_token = '' } = await redeem(server.url, app, code, verifier)
  for (const wrong of [refresh_token, access_token, 'clv_code_', 'x', `${code}x`, code.slice(0, -1)])
    assert.equal((await redeem(server.url, app, wrong, verifier)).error, 'invalid_grant')
  assert.equal((await refresh(server.url, app, code)).error, 'invalid_grant')
})

test('an expired code is refused', async () => {
  const quick = await addClient(server.world, { policy: { codeSeconds: 0 } })
  const late = await giveCode(server.world, quick.client, alice, challenge)
  assert.equal((await redeem(server.url, quick, late, verifier)).error, 'invalid_grant')
})

test('no policy lets a code live longer than ten minutes', async () => {
  const slow = await addClient(server.world, { policy: { codeSeconds: DAY / SECOND } })
  const secret = await giveCode(server.world, slow.client, alice, challenge)
  const stored = await server.world.credentials.findAny(server.world.vault.fingerprint(secret))
  assert.equal((stored?.expiresAt ?? 0) - (stored?.createdAt ?? 0), 600_000)
})

test('the scope of the token request is ignored; the token carries what was consented to', async () => {
  const { scope } = await redeem(server.url, app, code, verifier, { scope: 'admin' })
  assert.equal(scope, 'read write')
})

test('a code of a user who was disabled meanwhile is worth nothing', async () => {
  const bob = await addUser(server.world, `bob${Date.now()}`)
  const his = await giveCode(server.world, app.client, bob, challenge)
  await server.world.users.change(bob.id, { active: false }, { at: 1, event: 'changed', about: 'user', actor: 'x' })
  assert.equal((await redeem(server.url, app, his, verifier)).error, 'invalid_grant')
})

test('a token is bound to the resource that was asked for, and the token request cannot turn it elsewhere', async () => {
  for (const audience of ['https://one.example', 'https://two.example'])
    await server.world.resources.create(
      {
        audience,
        name: audience,
        clientId: `rs-${audience}`,
        scopes: [],
        tokenFormat: 'opaque',
        strictAudience: false,
        createdAt: 1,
      },
      { ...app.client, id: `rs-${audience}`, secrets: [] },
      { at: 1, event: 'created', about: 'resource', actor: 'x' },
    )
  const bound = await giveCode(server.world, app.client, alice, challenge, { resources: ['https://one.example'] })
  const elsewhere = await redeem(server.url, app, bound, verifier, { resource: 'https://two.example' })
  assert.equal(elsewhere.error, 'invalid_target')
  const tokens = await redeem(server.url, app, bound, verifier)
  const look = await fetch(`${server.url}/oauth2/introspect`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: app.client.id,
      client_secret: app.secret as string,
      token: tokens.access_token as string,
    }),
  })
  assert.equal(((await look.json()) as { aud: unknown }).aud, 'https://one.example')
  const wider = await refresh(server.url, app, tokens.refresh_token, { resource: 'https://two.example' })
  assert.equal(wider.error, 'invalid_target')
})

test('codes and refresh tokens have at least 160 random bits and are stored as fingerprints only', async () => {
  const { refresh_token = '' } = await redeem(server.url, app, code, verifier)
  for (const secret of [code, refresh_token]) {
    assert.match(secret, /^clv_[a-z]+_[0-9A-Za-z]{38}$/)
    const stored = JSON.stringify(await server.world.credentials.findAny(server.world.vault.fingerprint(secret)))
    assert.equal(stored.includes(secret.slice(9, 30)), false)
  }
})
