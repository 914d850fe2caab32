import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import * as client from 'openid-client'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { openClientKeySets } from '../../src/core/services/client-key-sets.ts'
import type { PublicJwk } from '../../src/model/clients/client-metadata.ts'
import { openFetcher } from '../../src/server/outbound/fetcher.ts'
import { person } from '../kit/admin.ts'
import { addClient } from '../kit/cast.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* A client proves itself with a key of its own (RFC 7523 section 2.2, OpenID Connect Core section 9). */

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
type Algorithm = 'ES256' | 'RS256' | 'PS256' | 'EdDSA'
type Pair = { privateKey: CryptoKey; jwk: PublicJwk }

let server: TestServer
let pair: Pair
let app: RegisteredClient
const makePair = async (alg: Algorithm, kid = 'one'): Promise<Pair> => {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { privateKey, jwk: { ...((await exportJWK(publicKey)) as PublicJwk), kid } }
}
const addKeyed = (jwk: PublicJwk, at = server) => addClient(at.world, { metadata: { jwks: { keys: [jwk] } } })
before(async () => {
  server = await testServer()
  pair = await makePair('ES256')
  app = await addKeyed(pair.jwk)
})
after(() => server.stop())

const now = () => Math.floor(Date.now() / 1000)
const claims = (more: object = {}) => ({
  iss: app.client.id,
  sub: app.client.id,
  aud: server.url,
  jti: randomUUID(),
  exp: now() + 60,
  ...more,
})
const sign = (payload: object, header: object = {}, key = pair.privateKey) =>
  new SignJWT({ ...payload }).setProtectedHeader({ alg: 'ES256', kid: 'one', ...header }).sign(key)

type Answer = { status: number; error?: string; error_description?: string; access_token?: string }
async function ask(client_assertion: string, more: Record<string, string> = {}, at = server): Promise<Answer> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: TYPE,
    client_assertion,
    ...more,
  })
  const answer = await fetch(`${at.url}/oauth2/token`, { method: 'POST', body })
  return { status: answer.status, ...((await answer.json()) as object) }
}

for (const alg of ['ES256', 'RS256', 'PS256', 'EdDSA'] as const)
  test(`openid-client proves itself with ${alg}, at the token endpoint and where tokens are asked about`, async () => {
    const mine = await makePair(alg)
    const keyed = await addKeyed({ ...mine.jwk, alg })
    assert.equal(keyed.secret, undefined, 'one with keys needs no secret')
    const config = await client.discovery(
      new URL(server.url),
      keyed.client.id,
      undefined,
      client.PrivateKeyJwt({ key: mine.privateKey, kid: 'one' }),
      { algorithm: 'oauth2', execute: [client.allowInsecureRequests] },
    )
    const { access_token } = await client.clientCredentialsGrant(config, { scope: 'read' })
    assert.equal((await client.tokenIntrospection(config, access_token)).active, true)
    await client.tokenRevocation(config, access_token)
    assert.equal((await client.tokenIntrospection(config, access_token)).active, false)
  })

test('the metadata says which methods and algorithms there are, at every endpoint where clients prove themselves', async () => {
  const document = (await (await fetch(`${server.url}/.well-known/oauth-authorization-server`)).json()) as Record<
    string,
    string[]
  >
  for (const endpoint of ['token', 'revocation', 'introspection']) {
    assert.ok(document[`${endpoint}_endpoint_auth_methods_supported`]?.includes('private_key_jwt'), endpoint)
    const algorithms = document[`${endpoint}_endpoint_auth_signing_alg_values_supported`]
    assert.deepEqual(algorithms, ['ES256', 'RS256', 'PS256', 'EdDSA', 'Ed25519'], endpoint)
  }
})

test('an assertion proves its client once', async () => {
  const once = await sign(claims())
  assert.ok((await ask(once)).access_token)
  const again = await ask(once)
  assert.deepEqual([again.status, again.error], [401, 'invalid_client'])
  assert.match(again.error_description ?? '', /used before/)
  // At the same moment, too.
  const raced = await sign(claims())
  const answers = await Promise.all(Array.from({ length: 6 }, () => ask(raced)))
  assert.equal(answers.filter(({ access_token }) => access_token).length, 1)
})

test('what does not fit is refused as invalid_client, with a sentence that says what', async () => {
  const stranger = await makePair('ES256')
  const other = await addClient(server.world)
  const wrong: [string, Promise<string> | string, RegExp, Record<string, string>?][] = [
    ['another key', sign(claims(), {}, stranger.privateKey), /not registered/],
    ['a key in its header', sign(claims(), { jwk: stranger.jwk }, stranger.privateKey), /not registered/],
    [
      'keys at an address in its header',
      sign(claims(), { jku: 'https://evil.example/jwks' }, stranger.privateKey),
      /not registered/,
    ],
    ['no algorithm', new UnsecuredJWT(claims()).encode(), /./],
    [
      'a secret',
      new SignJWT(claims()).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(JSON.stringify(pair.jwk))),
      /./,
    ],
    ['no JWT', 'x', /./],
    ['expired', sign(claims({ exp: now() - 120 })), /expired/],
    ['without an end', sign(claims({ exp: undefined })), /expired/],
    ['far ahead', sign(claims({ exp: now() + 90_000 })), /an hour/],
    ['not yet', sign(claims({ nbf: now() + 600 })), /clock/],
    ['another audience', sign(claims({ aud: 'https://other.example' })), /aud/],
    ['two audiences', sign(claims({ aud: [server.url, 'https://other.example'] })), /aud/],
    ['no jti', sign(claims({ jti: undefined })), /jti/],
    ['another issuer', sign(claims({ iss: 'someone' })), /iss and sub/],
    ['another client', sign(claims({ iss: other.client.id, sub: other.client.id })), /no keys/],
    ['an access token', sign(claims(), { typ: 'at+jwt' }), /type/],
    ['a logout token', sign(claims(), { typ: 'logout+jwt' }), /type/],
  ]
  for (const [what, assertion, text] of wrong) {
    const answer = await ask(await assertion)
    assert.deepEqual([answer.status, answer.error, answer.access_token], [401, 'invalid_client', undefined], what)
    if (what !== 'no algorithm' && what !== 'a secret' && what !== 'no JWT')
      assert.match(answer.error_description ?? '', text, what)
  }
  const named = await ask(await sign(claims()), { client_id: other.client.id })
  assert.equal(named.error, 'invalid_request', 'a client_id that is another')
  const both = await ask(await sign(claims()), { client_id: app.client.id, client_secret: 'x' })
  assert.equal(both.error, 'invalid_request', 'two proofs at once')
})

test('an endpoint as audience passes, unless the operator wants the issuer alone', async () => {
  await using strict = await testServer({ CLAVIGER_ASSERTION_AUDIENCE: 'issuer' })
  assert.ok((await ask(await sign(claims({ aud: `${server.url}/oauth2/token` })))).access_token)
  assert.ok((await ask(await sign(claims({ aud: [server.url] })))).access_token)
  const { client: there } = await addKeyed(pair.jwk, strict)
  const of = (aud: string) => sign(claims({ iss: there.id, sub: there.id, aud }))
  assert.equal((await ask(await of(`${strict.url}/oauth2/token`), {}, strict)).error, 'invalid_client')
  assert.ok((await ask(await of(strict.url), {}, strict)).access_token)
})

test('keys are registered, changed and taken away by API and command line alike; private ones are refused', async () => {
  const boss = await person(server, 'boss', 'owner')
  const body = { name: 'Job', jwks: { keys: [pair.jwk] }, scopes: ['read'] }
  const made = await boss.ask('POST', '/v1/clients', body)
  assert.equal(made.status, 201, made.text)
  assert.equal(made.body['client_secret'], null)
  const { id } = made.body['client'] as { id: string }
  const change = (more: object) => boss.ask('PATCH', `/v1/clients/${id}`, more)
  const moved = await change({ jwks_uri: 'https://app.example/jwks' })
  assert.deepEqual([moved.body['jwks'], moved.body['jwks_uri']], [null, 'https://app.example/jwks'])
  const update = (...words: string[]) =>
    command(['app', 'update', id, ...words, '--json'], { env: { CLAVIGER_DATA_DIR: server.dataDir } })
  const back = await update('--jwks', JSON.stringify({ keys: [pair.jwk] }))
  assert.equal(back.code, 0, back.stderr)
  assert.deepEqual([back.json['jwks_uri'], (back.json['jwks'] as { keys: unknown[] }).keys.length], [null, 1])
  const none = await change({ jwks: null })
  assert.deepEqual([none.body['jwks'], none.body['jwks_uri']], [null, null])

  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const weak = { kty: 'RSA', e: 'AQAB', n: 'x'.repeat(171) }
  for (const keys of [[await exportJWK(privateKey)], [{ kty: 'oct', k: 'secret' }], [weak], []]) {
    const refused = await change({ jwks: { keys } })
    assert.equal(refused.status, 400, JSON.stringify(keys))
    assert.match(refused.text, /jwks/)
  }
  for (const jwks_uri of ['http://app.example/jwks', 'https://u:p@app.example/jwks'])
    assert.equal((await change({ jwks_uri })).status, 400, jwks_uri)
  assert.equal((await boss.ask('POST', '/v1/clients', { ...body, type: 'public' })).status, 400)
})

test('keys at an address are read once, anew for a key that is not known, and kept through an outage for a day', async () => {
  let [keys, asked, up] = [[pair.jwk], 0, true]
  const publisher = createServer((_request, response) => {
    asked++
    if (up) response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }))
    else response.writeHead(503).end()
  })
  await new Promise<void>(resolve => publisher.listen(0, '127.0.0.1', resolve))
  const fetcher = openFetcher({ allow: () => true })
  let time = 0
  const sets = openClientKeySets(fetcher, () => time)
  try {
    const jwksUri = `http://127.0.0.1:${(publisher.address() as AddressInfo).port}/jwks`
    const of = async (keyId: string) => {
      const found = await sets.of({ id: 'app', source: 'operator', metadata: { jwksUri } }, keyId)
      return found.some(({ kid }) => kid === keyId)
    }
    assert.deepEqual(await Promise.all([of('one'), of('one'), of('one')]), [true, true, true])
    assert.equal(asked, 1, 'one request for all who ask at once')
    keys = [(await makePair('ES256', 'two')).jwk, pair.jwk]
    assert.equal(await of('two'), false, 'a minute after the last look at the earliest')
    time += 61_000
    assert.deepEqual([await of('two'), await of('one'), asked], [true, true, 2])
    for (let i = 0; i < 5; i++) assert.equal(await of(`strange-${i}`), false)
    assert.equal(asked, 2, 'unknown keys cost no request a time')
    up = false
    time += 2 * 3_600_000
    assert.deepEqual([await of('one'), asked], [true, 3], 'kept while the publisher is down')
    time += 24 * 3_600_000
    await assert.rejects(of('one'), { code: 'unavailable' })
  } finally {
    publisher.close()
    await fetcher.close()
  }
})

test('a publisher at an address that is not public is not asked, and says so as an outage, never as a wrong client', async () => {
  const { client: internal } = await addClient(server.world, { metadata: { jwksUri: 'https://127.0.0.1:1/jwks' } })
  const answer = await ask(await sign(claims({ iss: internal.id, sub: internal.id })))
  assert.deepEqual([answer.status, answer.error], [503, 'temporarily_unavailable'])
})
