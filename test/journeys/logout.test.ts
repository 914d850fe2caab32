import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify, SignJWT, UnsecuredJWT } from 'jose'
import * as openid from 'openid-client'
import { revokeAll } from '../../src/core/credentials/revoke-all.ts'
import { sendLogouts } from '../../src/core/openid/logout/send-logouts.ts'
import { rotateSigningKey } from '../../src/core/services/rotate-signing-key.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import { OPERATOR } from '../../src/model/actor.ts'
import type { ClientMetadata } from '../../src/model/client-metadata.ts'
import { HOUR, MINUTE } from '../../src/model/span.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { READS_LOOPBACK } from '../kit/document-server.ts'
import { eventually } from '../kit/eventually.ts'
import { idTokenOf, relying, walk } from '../kit/openid.ts'
import type { Person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* OpenID Connect RP-Initiated Logout 1.0 and Back-Channel Logout 1.0. */

const SCOPES = ['openid', 'read', 'offline_access']
const AFTER = 'https://app.example/signed-out?from=claviger'
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'

const application = (server: TestServer, metadata: ClientMetadata = {}) =>
  addClient(server.world, { scopes: SCOPES, metadata: { postLogoutRedirectUris: [AFTER], ...metadata } })

const leave = (who: Person, query: Record<string, string>) => who.visit(`/oauth2/logout?${new URLSearchParams(query)}`)
const isSignedIn = async (who: Person): Promise<boolean> => (await who.visit('/account')).url.endsWith('/account')
const refreshes = ({ config }: Awaited<ReturnType<typeof relying>>, token: string | undefined) =>
  openid.refreshTokenGrant(config, token as string).then(
    () => true,
    () => false,
  )

test('an id token of this session signs out at once; the browser goes on with state alone, and tokens of the sign-in end', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const by = await relying(server, await application(server))
  const { tokens, who } = await walk(by, { scope: 'openid read' })
  const lasting = await walk(by, { scope: 'openid read offline_access', prompt: 'consent' }, { who })
  const plain = await walk(await relying(server, await application(server)), { scope: 'openid' }, { who })
  assert.ok(await isSignedIn(who))

  const sight = await leave(who, {
    id_token_hint: tokens.id_token as string,
    post_logout_redirect_uri: AFTER,
    state: 'a b&c',
  })
  assert.equal(sight.sentTo?.href, `${AFTER}&state=a%20b%26c`)
  assert.equal(await isSignedIn(who), false)
  assert.equal(await refreshes(by, tokens.refresh_token), false)
  await assert.rejects(openid.fetchUserInfo(by.config, tokens.access_token, idTokenOf({ tokens }).sub as string))
  await assert.rejects(openid.fetchUserInfo(by.config, plain.tokens.access_token, idTokenOf(plain).sub as string))
  assert.equal(await refreshes(by, lasting.tokens.refresh_token), true, 'offline access stays')
})

test('an expired id token signs out, after a second sign-in in the browser and two rotations of the keys, too', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const by = await relying(server, await application(server))
  const { tokens, who } = await walk(by)
  await rotateSigningKey(server.world, OPERATOR, { algorithm: 'RS256' })
  await rotateSigningKey(server.world, OPERATOR, { algorithm: 'RS256' })
  const again = await walk(by, { prompt: 'login' }, { who })
  assert.equal(idTokenOf(again)['sid'], idTokenOf({ tokens })['sid'])
  server.world.now = () => Date.now() + 2 * HOUR
  const sight = await leave(who, { id_token_hint: tokens.id_token as string, post_logout_redirect_uri: AFTER })
  assert.equal(sight.sentTo?.href, AFTER)
  assert.equal(await isSignedIn(who), false)
})

test('without an id token of this session the person is asked, and goes on after the answer', async () => {
  await using server = await testServer()
  await addUser(server.world)
  await addUser(server.world, 'bob')
  const by = await relying(server, await application(server))
  const { tokens, who } = await walk(by)
  const { who: bob } = await walk(by, {}, { handle: 'bob' })

  for (const query of [{}, { state: 'x' }, { client_id: by.client.client.id, post_logout_redirect_uri: AFTER }]) {
    const asked = await leave(who, query)
    assert.equal(asked.status, 200)
    assert.match(asked.html, /Sign out<\/button>/)
  }
  // The id token of another person, or of another browser, ends no session here.
  const question = await leave(bob, {
    id_token_hint: tokens.id_token as string,
    post_logout_redirect_uri: AFTER,
    state: 's',
  })
  assert.match(question.html, /Travel Diary asks you to sign out/)
  assert.ok(await isSignedIn(bob))
  await leave(bob, { id_token_hint: tokens.id_token as string, post_logout_redirect_uri: AFTER, state: 's' })
  assert.equal((await bob.submit({})).sentTo?.href, `${AFTER}&state=s`)
  assert.equal(await isSignedIn(bob), false)
  assert.ok(await isSignedIn(who))

  await leave(who, {})
  const end = await who.submit({})
  assert.match(end.html, /signed out/i)
})

test('a faulty request ends on a page without redirect, and nobody is signed out', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const by = await relying(server, await application(server))
  const other = await application(server, { postLogoutRedirectUris: ['https://evil.example/'] })
  const { tokens, who } = await walk(by)
  const hint = tokens.id_token as string
  const claims = idTokenOf({ tokens })
  const foreign = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32))
  const parts = hint.split('.')
  const faulty: [string, Record<string, string>][] = [
    ['unregistered', { id_token_hint: hint, post_logout_redirect_uri: 'https://evil.example/' }],
    ['query added', { id_token_hint: hint, post_logout_redirect_uri: `${AFTER}&x=1` }],
    ['letter case', { id_token_hint: hint, post_logout_redirect_uri: AFTER.replace('app.example', 'APP.example') }],
    ['nobody named', { post_logout_redirect_uri: AFTER }],
    ['of none', { id_token_hint: new UnsecuredJWT(claims).encode(), post_logout_redirect_uri: AFTER }],
    ['of HMAC', { id_token_hint: foreign, post_logout_redirect_uri: AFTER }],
    ['changed', { id_token_hint: `${parts[0]}.${parts[1]}x.${parts[2]}`, post_logout_redirect_uri: AFTER }],
    ['access token', { id_token_hint: tokens.access_token, post_logout_redirect_uri: AFTER }],
    ['of another client', { id_token_hint: hint, client_id: other.client.id }],
    ['unknown client', { client_id: 'clv_unknown', post_logout_redirect_uri: AFTER }],
    ['twice', { id_token_hint: hint, state: 'x'.repeat(9000) }],
  ]
  for (const [name, query] of faulty) {
    const sight = await leave(who, query)
    assert.equal(sight.sentTo, undefined, name)
    assert.equal(sight.status, 400, name)
    assert.ok(await isSignedIn(who), name)
  }
  // The form of the question is judged like the request.
  await leave(who, { client_id: by.client.client.id })
  const forged = await who.submit({ post_logout_redirect_uri: 'https://evil.example/' })
  assert.equal(forged.sentTo, undefined)
  assert.equal(forged.status, 400)
  assert.ok(await isSignedIn(who))
})

test('a form of another site is repeated as a GET, which has the cookies; HEAD signs nobody out', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const by = await relying(server, await application(server))
  const { tokens, who } = await walk(by)
  const hint = tokens.id_token as string
  const head = await fetch(`${server.url}/oauth2/logout?id_token_hint=${hint}`, { method: 'HEAD' })
  assert.equal(head.status, 405)
  const sight = await who.visit('/oauth2/logout', {
    method: 'POST',
    body: new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: AFTER }),
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  assert.equal(sight.sentTo?.href, AFTER)
})

/** An application that hears of sign-outs at the back channel. */
async function hearing() {
  const heard: string[] = []
  let status = 204
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    heard.push(new URLSearchParams(body).get('logout_token') ?? '')
    response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    heard,
    uri: `http://127.0.0.1:${port}/bye`,
    answer: (next: number) => {
      status = next
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Every way in which a session ends by a person's will. */
const ENDINGS: Record<string, (server: TestServer, who: Person, userId: string) => Promise<unknown>> = {
  'the person signs out on our page': async (_server, who) => {
    await who.visit('/logout')
    await who.submit({})
  },
  'staff end the session': async ({ world }, _who, userId) => {
    const { items } = await world.credentials.list({ userId, kinds: ['session'], status: 'active' }, { limit: 10 })
    for (const { id } of items) await world.credentials.revoke(id, { ...ENTRY, at: world.now() })
  },
  'staff end all of the person': ({ world }, _who, userId) =>
    revokeAll(world, OPERATOR, { of: 'user', id: userId, kinds: ['session'] }),
  'the person is disabled': ({ world }, _who, userId) => changeUser(world, OPERATOR, { userId, active: false }),
  'another person signs in in the browser': async (_server, who) => {
    await who.visit('/login?switch=yes')
    await who.submit({ username: 'bob', password: 'correct horse battery' })
  },
}
const ENTRY = { event: 'revoked', about: 'credential', actor: 'operator' } as const

for (const [name, end] of Object.entries(ENDINGS))
  test(`each client of a session hears of its end once: ${name}`, async () => {
    await using client = await hearing()
    await using server = await testServer(READS_LOOPBACK)
    const alice = await addUser(server.world)
    await addUser(server.world, 'bob')
    const by = await relying(server, await application(server, { backchannelLogoutUri: client.uri }))
    const { tokens, who } = await walk(by)
    await walk(by, { prompt: 'login' }, { who })
    const deaf = await relying(server, await application(server))
    await walk(deaf, {}, { who })
    assert.equal(client.heard.length, 0, 'signing in again is no sign-out')

    await end(server, who, alice.id)
    await eventually(async () => client.heard.length > 0)
    await sendLogouts(server.world)
    assert.equal(client.heard.length, 1)
    const token = client.heard.at(0) as string
    const keys = createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`))
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: server.url,
      audience: by.client.client.id,
      typ: 'logout+jwt',
    })
    assert.equal(protectedHeader.alg, 'RS256')
    assert.equal(payload['sid'], idTokenOf({ tokens })['sid'])
    assert.equal(payload.sub, alice.id)
    assert.deepEqual(payload['events'], { [LOGOUT_EVENT]: {} })
    assert.equal('nonce' in payload, false)
    assert.ok(payload.jti)
    assert.ok((payload.exp ?? 0) - (payload.iat ?? 0) <= 120)

    // A logout token is no id token, and an id token is no access token.
    const refused = await leave(who, { id_token_hint: token, post_logout_redirect_uri: AFTER })
    assert.equal(refused.status, 400)
    const info = await fetch(`${server.url}/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } })
    assert.equal(info.status, 401)
  })

test('a notice that is not heard is sent again with a fresh token; a refused one is not, and staff may repeat it', async () => {
  await using client = await hearing()
  await using server = await testServer(READS_LOOPBACK)
  const { world } = server
  await addUser(world)
  const by = await relying(server, await application(server, { backchannelLogoutUri: client.uri }))
  client.answer(503)
  const { who } = await walk(by)
  await who.visit('/logout')
  await who.submit({})
  await eventually(async () => client.heard.length > 0)
  await eventually(async () => (await world.logouts.list({}, 10)).length > 0)

  let ahead = 0
  world.now = () => Date.now() + ahead
  client.answer(400)
  ahead = MINUTE
  await sendLogouts(world)
  await eventually(async () => client.heard.length === 2)
  const [first, second] = client.heard.map(token =>
    JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString()),
  )
  assert.notEqual(first.jti, second.jti)
  assert.equal(first.sid, second.sid)
  await eventually(async () => (await world.logouts.list({}, 10))[0]?.nextAt === undefined)
  ahead = 48 * HOUR
  await sendLogouts(world)
  assert.equal(client.heard.length, 2, 'the client has refused it')
  const [left] = await world.logouts.list({ clientId: by.client.client.id }, 10)
  assert.match(left?.fault ?? '', /status 400/)

  client.answer(200)
  assert.equal(await world.logouts.repeat(by.client.client.id, { ...ENTRY, at: world.now() }), 1)
  await sendLogouts(world)
  await eventually(async () => client.heard.length === 3)
  await eventually(async () => (await world.logouts.list({}, 10)).length === 0)
  assert.equal(decodeProtectedHeader(client.heard.at(2) as string).typ, 'logout+jwt')
})

test('a notice survives a restart of the server before it was sent', async () => {
  await using client = await hearing()
  client.answer(503)
  let server = await testServer(READS_LOOPBACK)
  await addUser(server.world)
  const by = await relying(server, await application(server, { backchannelLogoutUri: client.uri }))
  const { who } = await walk(by)
  await who.visit('/logout')
  await who.submit({})
  await eventually(async () => client.heard.length > 0)
  client.answer(204)
  server = await server.restart()
  try {
    server.world.now = () => Date.now() + MINUTE
    await eventually(async () => client.heard.length > 1)
  } finally {
    await server.stop()
  }
})
