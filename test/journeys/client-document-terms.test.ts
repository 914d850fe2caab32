import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { changeClient } from '../../src/core/clients/change-client.ts'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { MINUTE } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { addUser, askTokens, authorizeUrl, pkce, signIn } from '../kit/cast.ts'
import { type DocumentServer, documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* What a client with a document may do: grant types, proofs, remembered consent, scopes. */

const BACK = 'http://127.0.0.1:5001/callback'
let documents: DocumentServer
before(async () => {
  documents = await documentServer()
})
after(() => documents[Symbol.asyncDispose]())

const as = (clientId: string) => ({ client: { id: clientId } }) as RegisteredClient

test('a device grant is for documents where the operator says so', async () => {
  await using all = await testServer({ ...READS_LOOPBACK, CLAVIGER_DEVICE_CLIENTS: 'all' })
  const id = documents.publish('/device/client.json')
  const start = async (at: TestServer) =>
    (await (
      await fetch(`${at.url}/oauth2/device_authorization`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: id, scope: 'read' }),
      })
    ).json()) as { user_code?: string; error?: string }
  assert.ok((await start(all)).user_code)
  await using listed = await testServer(READS_LOOPBACK)
  assert.equal((await start(listed)).error, 'unauthorized_client')
})

test('a public client with a document must use PKCE, also where the setting lets others go without', async () => {
  await using lax = await testServer({ ...READS_LOOPBACK, CLAVIGER_CONFIDENTIAL_PKCE: 'when-sent' })
  const id = documents.publish('/pkce/client.json')
  const without = { redirect_uri: BACK, code_challenge: undefined, code_challenge_method: undefined }
  const { sentTo } = await person(lax.url).visit(authorizeUrl(id, '', without))
  assert.equal(sentTo?.searchParams.get('error'), 'invalid_request')
})

test('consent is remembered for a client that proves itself by a key, until its document changes the key or a name', async () => {
  await using fresh = await testServer(READS_LOOPBACK)
  await addUser(fresh.world)
  const pairs = await Promise.all([1, 2].map(() => generateKeyPair('ES256', { extractable: true })))
  const [first, second] = await Promise.all(
    pairs.map(async ({ publicKey }) => ({ ...(await exportJWK(publicKey)), kid: 'k' })),
  )
  const back = 'https://app.example/callback'
  const before = {
    redirect_uris: [back],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [first] },
    'client_name#de': 'Tagebuch',
  }
  const changes: [string, object, string][] = [
    ['/keyed/key.json', { jwks: { keys: [second] } }, 'keys'],
    ['/keyed/name.json', { client_name: 'Bank' }, 'name'],
    ['/keyed/names.json', { 'client_name#de': 'Bank' }, 'metadata'],
  ]
  const who = person(fresh.url)
  await who.visit('/login')
  await signIn(who)
  const { challenge, verifier } = pkce()
  const request = (path: string) => authorizeUrl(documents.url + path, challenge, { redirect_uri: back })
  for (const [path] of changes) {
    const id = documents.publish(path, before, { 'cache-control': 'no-store' })
    await who.visit(request(path))
    const { sentTo } = await who.submit({ decision: 'allow' })
    const assertion = await new SignJWT({ iss: id, sub: id, aud: fresh.url, jti: path })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setExpirationTime('1m')
      .sign((pairs[0] as { privateKey: CryptoKey }).privateKey)
    const answer = await askTokens(fresh.url, as(id), {
      grant_type: 'authorization_code',
      code: sentTo?.searchParams.get('code') ?? '',
      code_verifier: verifier,
      redirect_uri: back,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    })
    assert.ok(answer.access_token, JSON.stringify(answer))
    assert.ok((await who.visit(request(path))).sentTo?.searchParams.has('code'), 'remembered')
  }
  const { now } = fresh.world
  fresh.world.now = () => now() + 2 * MINUTE
  for (const [path, change, field] of changes) {
    const clientId = documents.publish(path, { ...before, ...change })
    const page = await who.visit(request(path))
    assert.match(page.html, /name="decision"/, path)
    assert.doesNotMatch(page.html, /allowed it before/, path)
    const changed = (await fresh.world.journal.list({ clientId, events: ['changed'] }, { limit: 5 })).items[0]
    assert.deepEqual(changed?.detail?.['fields'], [field])
  }
})

test('scopes that staff limit a client to stay its limit, whatever its document says later', async () => {
  const path = '/limited/client.json'
  await using fresh = await testServer(READS_LOOPBACK)
  const id = documents.publish(path, { scope: 'read write' }, { 'cache-control': 'no-store' })
  const request = (scope: string) =>
    person(fresh.url).visit(authorizeUrl(id, pkce().challenge, { redirect_uri: BACK, scope }))
  assert.equal((await request('follow')).status, 200, 'what it names is no limit')
  await changeClient(fresh.world, OPERATOR, { clientId: id, scopes: ['read'] })
  documents.publish(path, { scope: 'read write follow' })
  const { now } = fresh.world
  fresh.world.now = () => now() + 2 * MINUTE
  assert.equal((await request('write')).sentTo?.searchParams.get('error'), 'invalid_scope')
  assert.equal((await request('read')).status, 200)
})
