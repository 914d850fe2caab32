import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { rotateSigningKey } from '../../src/core/services/signing-keys/rotate-signing-key.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { addClient, addUser, authorizeUrl, pkce, signIn } from '../kit/cast.ts'
import { idTokenOf, relying, walk } from '../kit/openid.ts'
import { type Person, person } from '../kit/person.ts'
import { withFactor } from '../kit/second-factor.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { codeOf } from '../kit/zebbra.ts'

/* The parameters of an authentication request (OpenID Connect Core sections 3.1.2.1 and 5.5). */

const SCOPES = ['openid', 'profile', 'email', 'offline_access']
let server: TestServer
let alice: User
let by: Awaited<ReturnType<typeof relying>>
before(async () => {
  server = await testServer()
  alice = await addUser(server.world, 'alice', { email: 'alice@example.org', firstName: 'Alice' })
  await addUser(server.world, 'bob')
  by = await relying(server, await addClient(server.world, { scopes: SCOPES }))
})
after(() => server.stop())

const MFA = 'urn:claviger:mfa'
const ask = (more: Record<string, string | undefined>, client = by.client.client.id) =>
  authorizeUrl(client, pkce().challenge, { scope: 'openid', ...more })
const errorOf = async (who: Person, more: Record<string, string>) =>
  (await who.visit(ask(more))).sentTo?.searchParams.get('error') ?? undefined

test('prompt=none shows no page: each thing that is missing has its own error', async () => {
  const who = person(server.url)
  assert.equal(await errorOf(who, { prompt: 'none' }), 'login_required')
  await who.visit('/login')
  await signIn(who)
  assert.equal(await errorOf(who, { prompt: 'none', scope: 'openid profile' }), 'consent_required')
  const { tokens } = await walk(by, {}, { who })
  assert.equal(await errorOf(who, { prompt: 'none' }), undefined)
  assert.equal(await errorOf(who, { prompt: 'none', max_age: '0' }), 'login_required')
  assert.equal(await errorOf(who, { prompt: 'none', login_hint: 'bob' }), 'account_selection_required')
  assert.equal(await errorOf(who, { prompt: 'none', login_hint: 'Alice@Example.org' }), undefined)
  const demanded = JSON.stringify({ id_token: { acr: { essential: true, value: MFA } } })
  assert.equal(await errorOf(who, { prompt: 'none', claims: demanded }), 'unmet_authentication_requirements')
  assert.equal(await errorOf(who, { prompt: 'none', acr_values: MFA }), undefined)
  assert.equal(await errorOf(who, { prompt: 'none', id_token_hint: tokens.id_token as string }), undefined)
  for (const prompt of ['none login', 'none consent', 'consent none', 'dance'])
    assert.equal(await errorOf(who, { prompt }), 'invalid_request', prompt)
})

test('max_age asks again once it has passed, also the one that the client registered, and auth_time moves', async () => {
  const registered = await relying(
    server,
    await addClient(server.world, { scopes: SCOPES, metadata: { defaultMaxAge: 3600 } }),
  )
  const first = await walk(registered)
  const { world } = server
  const now = world.now
  try {
    world.now = () => now() + 2000
    assert.match((await first.who.visit(ask({ max_age: '1' }))).url, /\/login/)
    assert.doesNotMatch((await first.who.visit(ask({ max_age: '10000' }))).url, /\/login/)
    world.now = () => now() + 3_602_000
    assert.match((await first.who.visit(ask({}, registered.client.client.id))).url, /\/login/)
    const later = await walk(registered, { max_age: '10' }, { who: first.who })
    assert.ok(Number(idTokenOf(later)['auth_time']) >= Number(idTokenOf(first)['auth_time']) + 3600)
  } finally {
    world.now = now
  }
})

test('a hint names who must answer: nobody is signed in by it, and someone else who signs in is login_required', async () => {
  const first = await walk(by)
  const hint = first.tokens.id_token as string
  const other = person(server.url)
  await other.visit(ask({ id_token_hint: hint }))
  const { sentTo } = await signIn(other, 'bob')
  assert.equal(sentTo?.searchParams.get('error'), 'login_required')
  assert.equal(await errorOf(other, { id_token_hint: hint, prompt: 'none' }), 'login_required')
  assert.match((await other.visit(ask({ id_token_hint: hint }))).url, /\/login/)
  for (const member of ['id_token', 'userinfo']) {
    const claims = JSON.stringify({ [member]: { sub: { value: alice.id } } })
    assert.equal(await errorOf(other, { claims, prompt: 'none' }), 'login_required', member)
    assert.equal(await errorOf(first.who, { claims, prompt: 'none' }), undefined, member)
  }
})

test('a hint may have expired and its key may be retired, but forged and foreign ones are refused', async () => {
  const { world } = server
  const first = await walk(by)
  const hint = first.tokens.id_token as string
  for (let i = 0; i < 2; i++) await rotateSigningKey(world, OPERATOR, { algorithm: 'RS256' })
  const now = world.now
  try {
    world.now = () => now() + 2 * 3_600_000
    assert.equal(await errorOf(first.who, { id_token_hint: hint, prompt: 'none' }), undefined)
  } finally {
    world.now = now
  }
  const { tokens } = await walk(await relying(server, await addClient(world, { scopes: SCOPES })))
  const claims = idTokenOf(first)
  const { privateKey } = await generateKeyPair('RS256')
  const kid = server.world.signer.jwks().keys.find(({ alg }) => alg === 'RS256')?.['kid'] as string
  const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey)
  const secret = new TextEncoder().encode(JSON.stringify(server.world.signer.jwks().keys[0]))
  const hmac = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(secret)
  const moved = world.signer.sign('id-token', { ...claims, iss: 'https://other.example' }, 'RS256')
  const unsigned = new UnsecuredJWT(claims).encode()
  for (const bad of [tokens.id_token as string, tokens.access_token, forged, hmac, moved, unsigned])
    assert.equal(await errorOf(first.who, { id_token_hint: bad, prompt: 'none' }), 'invalid_request')
})

test('a demanded second factor is asked for where the person has one, and its absence is told where there is none', async () => {
  const { world } = server
  const carol = await addUser(world, 'carol')
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who, 'carol')
  const claims = JSON.stringify({ id_token: { acr: { essential: true, values: [MFA] } } })
  assert.equal(await errorOf(who, { claims }), 'unmet_authentication_requirements')
  const plain = await walk(by, { acr_values: MFA }, { who, handle: 'carol' })
  assert.equal(idTokenOf(plain)['acr'], 'urn:claviger:password')

  const { secret } = await withFactor(world, carol)
  assert.equal(await errorOf(who, { claims, prompt: 'none' }), 'interaction_required')
  assert.match((await who.visit(ask({ claims }))).url, /\/login/)
  await signIn(who, 'carol')
  const { sentTo } = await who.submit({ code: codeOf(secret) })
  assert.ok(sentTo?.searchParams.get('code'))
  const strong = idTokenOf(await walk(by, { claims }, { who }))
  assert.deepEqual([strong['acr'], strong['amr']], [MFA, ['pwd', 'otp', 'mfa']])
  assert.equal(
    idTokenOf(await walk(by, { acr_values: 'urn:claviger:password' }, { who }))['acr'],
    'urn:claviger:password',
  )
})

test('single claims are told on the consent page and come where they were asked for, as far as the client may know them', async () => {
  const narrow = await relying(server, await addClient(server.world, { scopes: ['openid', 'email'] }))
  const claims = JSON.stringify({
    userinfo: { email: { essential: true }, given_name: null, unknown: null },
    id_token: { email_verified: null, auth_time: { essential: true } },
  })
  const who = person(server.url)
  await who.visit(ask({ claims }, narrow.client.client.id))
  const page = await signIn(who)
  assert.match(page.html, /see your e-mail address/)
  assert.doesNotMatch(page.html, /see your name/)
  const { tokens } = await walk(narrow, { claims }, { who })
  assert.equal(idTokenOf({ tokens })['email_verified'], false)
  assert.equal('email' in idTokenOf({ tokens }), false)
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  const info = (await (await fetch(`${server.url}/oauth2/userinfo`, { headers })).json()) as object
  assert.deepEqual(info, { sub: alice.id, email: 'alice@example.org' })
  // What was shown is remembered; what was not is asked.
  const url = (more: object) => ask({ prompt: 'none', claims: JSON.stringify(more) }, narrow.client.client.id)
  assert.ok((await who.visit(url({ userinfo: { email: null } }))).sentTo?.searchParams.get('code'))
  const many = JSON.stringify({ userinfo: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`c${i}`, null])) })
  for (const bad of [
    many,
    '{',
    '[]',
    '"x"',
    '{"userinfo":[]}',
    '{"id_token":{"sub":{"value":{}}}}',
    `{"userinfo":{"a":1}}`,
  ])
    assert.equal(await errorOf(who, { claims: bad }), 'invalid_request', bad)
})

test('display, claims_locales and unknown parameters change nothing; ui_locales chooses the language; login_hint fills the form', async () => {
  const who = person(server.url)
  const page = await who.visit(
    ask({
      display: 'popup',
      claims_locales: 'xx',
      ui_locales: 'fr-CA de-AT en',
      login_hint: 'alice@example.org',
      extra: 'x',
    }),
  )
  assert.match(page.html, /<html lang="de"/)
  assert.match(page.html, /value="alice@example\.org"/)
})

test('offline_access is left out for a client that may not refresh, and asked for in words of its own', async () => {
  const grantTypes = ['authorization_code' as const]
  const without = await relying(server, await addClient(server.world, { scopes: SCOPES, grantTypes }))
  const { tokens } = await walk(without, { scope: 'openid offline_access' })
  assert.deepEqual([tokens.scope, tokens.refresh_token], ['openid', undefined])
  const who = person(server.url)
  await who.visit(ask({ scope: 'openid offline_access' }))
  assert.match((await signIn(who)).html, /stay connected while you are away/)
})
