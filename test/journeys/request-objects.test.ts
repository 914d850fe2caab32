import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { after, before, test } from 'node:test'
import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT, UnsecuredJWT } from 'jose'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import type { PublicJwk } from '../../src/model/clients/client-metadata.ts'
import { addClient, addUser, CALLBACK, pkce, signIn } from '../kit/cast.ts'
import { type DocumentServer, documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { person } from '../kit/person.ts'
import { registered } from '../kit/registration.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'

/* Requests as signed JWTs (RFC 9101, OpenID Connect Core section 6). */

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const
let server: TestServer
let documents: DocumentServer
let app: RegisteredClient
const keys = new Map<string, CryptoKey>()
before(async () => {
  documents = await documentServer()
  server = await testServer(READS_LOOPBACK)
  await addUser(server.world)
  const set: PublicJwk[] = []
  for (const alg of ALGORITHMS) {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
    set.push({ ...((await exportJWK(publicKey)) as PublicJwk), alg, kid: alg })
    keys.set(alg, privateKey)
  }
  const requestUris = [`${documents.url}/object#abc`, `${documents.url}/nothing`, `${documents.url}/unsigned`]
  app = await addClient(server.world, {
    scopes: ['openid', 'read'],
    metadata: { tokenEndpointAuthMethod: 'client_secret_basic', jwks: { keys: set }, requestUris },
  })
})
after(async () => {
  await server.stop()
  await documents[Symbol.asyncDispose]()
})

const parameters = (more: object = {}) => ({
  client_id: app.client.id,
  response_type: 'code',
  redirect_uri: CALLBACK,
  scope: 'openid',
  state: 'inner',
  nonce: 'n',
  code_challenge: pkce().challenge,
  code_challenge_method: 'S256',
  ...more,
})
const signed = (claims: object, header: Partial<JWTHeaderParameters> = {}, key = keys.get(header.alg ?? 'RS256')) =>
  new SignJWT(claims as never)
    .setProtectedHeader({ alg: 'RS256', ...header } as JWTHeaderParameters)
    .sign(key as CryptoKey)
const visit = async (query: Record<string, string>, who = person(server.url)) => ({
  who,
  sight: await who.visit(`/oauth2/authorize?${new URLSearchParams({ client_id: app.client.id, ...query })}`),
})
/** What the application hears, where the request around the object names a redirect address. */
const errorOf = async (query: Record<string, string>) =>
  (await visit({ response_type: 'code', redirect_uri: CALLBACK, ...query })).sight.sentTo?.searchParams.get('error')

for (const alg of ALGORITHMS)
  test(`a request object signed by ${alg} is taken up; what stands beside it does not count`, async () => {
    const request = await signed(
      parameters({ max_age: 1000, claims: { userinfo: { email: null } }, aud: server.url }),
      { alg, kid: alg },
    )
    const { who, sight } = await visit({ request, scope: 'openid read', state: 'outer' })
    assert.match(sight.url, /\/login/)
    const page = await signIn(who)
    assert.doesNotMatch(page.html, /read everything/)
    const { sentTo } = await who.submit({ decision: 'allow' })
    assert.equal(sentTo?.searchParams.get('state'), 'inner')
    assert.ok(sentTo?.searchParams.get('code'))
  })

test('ui_locales in a request object chooses the language of all pages: by value, by reference, pushed; beside it, it does not count', async () => {
  const request = await signed(parameters({ ui_locales: 'fr de-AT' }))
  documents.publish('/object', response => void response.writeHead(200).end(request))
  const authorization = `Basic ${Buffer.from(`${app.client.id}:${app.secret}`).toString('base64')}`
  const push = async (body: object) => {
    const answer = await fetch(`${server.url}/oauth2/par`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({ client_id: app.client.id, ...body }),
    })
    return ((await answer.json()) as { request_uri: string }).request_uri
  }
  const plain = Object.fromEntries(Object.entries(parameters({ ui_locales: 'de' })).map(([k, v]) => [k, String(v)]))
  for (const [how, query] of Object.entries({
    'by value': { request },
    'by reference': { request_uri: `${documents.url}/object#abc` },
    'pushed, by value': { request_uri: await push({ request }) },
    'pushed, without an object': { request_uri: await push(plain) },
  })) {
    const { who, sight } = await visit({ ...query, ui_locales: 'en' })
    assert.match(sight.html, /<html lang="de"/, how)
    const consent = await signIn(who)
    assert.match(consent.html, /<html lang="de"/, `${how}: consent`)
  }
  const silent = await signed(parameters())
  assert.match((await visit({ request: silent, ui_locales: 'de' })).sight.html, /<html lang="en"/)
  const form = await person(server.url).visit('/oauth2/authorize', {
    method: 'POST',
    body: new URLSearchParams({ ...plain, client_id: app.client.id }),
  })
  assert.match(form.html, /<html lang="de"/, 'sent as a form')
})

test('a registered https address is read, with its fragment as part of its name alone; others are not asked', async () => {
  const request = await signed(parameters())
  documents.publish('/object', (response: ServerResponse) => response.end(request))
  documents.publish('/unsigned', (response: ServerResponse) => response.end(new UnsecuredJWT(parameters()).encode()))
  const { sight } = await visit({ request_uri: `${documents.url}/object#abc` })
  assert.match(sight.url, /\/login/)
  const asked = documents.asked.length
  for (const request_uri of [
    `${documents.url}/object`,
    `${documents.url}/object#x`,
    `${documents.url}/other`,
    'http://169.254.169.254/latest',
  ])
    assert.equal(await errorOf({ request_uri }), 'invalid_request_uri', request_uri)
  assert.equal(documents.asked.length, asked)
  assert.equal(await errorOf({ request_uri: `${documents.url}/nothing` }), 'invalid_request_uri')
  assert.equal(await errorOf({ request_uri: `${documents.url}/unsigned` }), 'invalid_request_object')
  assert.equal(await errorOf({ request_uri: `${documents.url}/object#abc`, request }), 'invalid_request')
})

test('unsigned, HMAC, foreign, stale and misused objects are refused, and keys that a header brings along are not used', async () => {
  const own = await generateKeyPair('RS256', { extractable: true })
  const jwk = await exportJWK(own.publicKey)
  const asked = documents.asked.length
  const jku = documents.publish('/keys', { keys: [jwk] })
  const now = Math.floor(Date.now() / 1000)
  const secret = new TextEncoder().encode(app.secret ?? randomUUID())
  const bad: Record<string, string> = {
    none: new UnsecuredJWT(parameters()).encode(),
    hmac: await new SignJWT(parameters()).setProtectedHeader({ alg: 'HS256' }).sign(secret),
    foreign: await signed(parameters(), {}, own.privateKey),
    jwk: await signed(parameters(), { jwk } as never, own.privateKey),
    jku: await signed(parameters(), { jku } as never, own.privateKey),
    x5u: await signed(parameters(), { x5u: jku } as never, own.privateKey),
    'other client': await signed(parameters({ client_id: 'other' })),
    'other server': await signed(parameters({ aud: 'https://other.example' })),
    'other issuer': await signed(parameters({ iss: 'other' })),
    expired: await signed(parameters({ exp: now - 1 })),
    'not yet': await signed(parameters({ nbf: now + 3600 })),
    assertion: await signed(parameters({ sub: app.client.id, iss: app.client.id })),
    type: await signed(parameters(), { typ: 'at+jwt' }),
    'response type': await signed(parameters({ response_type: 'token' })),
    nested: await signed(parameters({ request: await signed(parameters()) })),
    text: 'eyJ',
  }
  for (const [name, request] of Object.entries(bad))
    assert.equal(await errorOf({ request }), 'invalid_request_object', name)
  assert.equal(documents.asked.length, asked, 'no address of a header was asked')
})

test('an error goes only to an address that is registered, never to one that the object names', async () => {
  const evil = parameters({ redirect_uri: 'https://evil.example/cb' })
  const unsigned = await visit({ request: new UnsecuredJWT(evil).encode() })
  assert.equal(unsigned.sight.sentTo?.origin, new URL(CALLBACK).origin)
  const { sight } = await visit({ request: await signed(evil) })
  assert.deepEqual([sight.sentTo, sight.status], [undefined, 400])
})

test('a pushed request may be an object, too', async () => {
  const push = async (request: string) => {
    const headers = { authorization: `Basic ${btoa(`${app.client.id}:${app.secret}`)}` }
    const answer = await fetch(`${server.url}/oauth2/par`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ request }),
    })
    return (await answer.json()) as Record<string, string>
  }
  const { request_uri = '' } = await push(await signed(parameters()))
  assert.match((await visit({ request_uri })).sight.url, /\/login/)
  assert.equal((await push(new UnsecuredJWT(parameters()).encode()))['error'], 'invalid_request_object')
})

test('a client that registered its algorithm is held to it', async () => {
  const { world } = server
  const { changeClient } = await import('../../src/core/clients/change-client.ts')
  const { OPERATOR } = await import('../../src/model/users/actor.ts')
  await changeClient(world, OPERATOR, { clientId: app.client.id, metadata: { requestObjectSigningAlg: 'ES256' } })
  assert.equal(await errorOf({ request: await signed(parameters()) }), 'invalid_request_object')
  const fits = await signed(parameters(), { alg: 'ES256', kid: 'ES256' })
  assert.match((await visit({ request: fits })).sight.url, /\/login/)
})

test('a client that registered itself does not make this server fetch without end, and one of staff is not limited', async () => {
  await using limited = await testServer({
    ...READS_LOOPBACK,
    CLAVIGER_LIMITS: 'on',
    CLAVIGER_TRUST_PROXY: '127.0.0.1/32',
  })
  stopClockOfLimits(limited)
  const uri = documents.publish('/often', response => void response.end('none'))
  const own = await registered(limited, { redirect_uris: [CALLBACK], request_uris: [uri] })
  const ofStaff = await addClient(limited.world, { metadata: { requestUris: [uri] } })
  const ask = async (client_id: string) => {
    const query = new URLSearchParams({ client_id, redirect_uri: CALLBACK, response_type: 'code', request_uri: uri })
    const headers = { 'x-forwarded-for': '198.51.100.7' }
    return (await fetch(`${limited.url}/oauth2/authorize?${query}`, { headers, redirect: 'manual' })).status
  }
  for (let i = 0; i < 20; i++) assert.equal(await ask(own.client_id), 303)
  assert.equal(await ask(own.client_id), 429)
  assert.equal(documents.asked.filter(path => path === '/often').length, 20)
  assert.equal(await ask(ofStaff.client.id), 303)
})
