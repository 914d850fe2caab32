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

/** A person, and what it does with clients whose documents hold a key: `allow` gets them a token, and then asks once more. */
async function withKey({ url, world }: TestServer) {
  await addUser(world)
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] }
  const who = person(url)
  await who.visit('/login')
  await signIn(who)
  const { challenge, verifier } = pkce()
  const ask = (id: string, back: string) => who.visit(authorizeUrl(id, challenge, { redirect_uri: back }))
  const allow = async (id: string, back: string) => {
    await ask(id, back)
    const { sentTo } = await who.submit({ decision: 'allow' })
    const assertion = await new SignJWT({ iss: id, sub: id, aud: url, jti: id })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setExpirationTime('1m')
      .sign(privateKey)
    const answer = await askTokens(url, as(id), {
      grant_type: 'authorization_code',
      code: sentTo?.searchParams.get('code') ?? '',
      code_verifier: verifier,
      redirect_uri: back,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    })
    assert.ok(answer.access_token, JSON.stringify(answer))
    return ask(id, back)
  }
  return { ask, allow, document: { token_endpoint_auth_method: 'private_key_jwt', jwks } }
}

test('consent is remembered for a client that proves itself by a key, until its document changes the key or a name', async () => {
  await using fresh = await testServer(READS_LOOPBACK)
  const { ask, allow, document } = await withKey(fresh)
  const back = 'https://app.example/callback'
  const before = { ...document, redirect_uris: [back], 'client_name#de': 'Tagebuch' }
  const other = { ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), kid: 'k' }
  const changes: [string, object, string][] = [
    ['/keyed/key.json', { jwks: { keys: [other] } }, 'keys'],
    ['/keyed/name.json', { client_name: 'Bank' }, 'name'],
    ['/keyed/names.json', { 'client_name#de': 'Bank' }, 'metadata'],
  ]
  for (const [path] of changes) {
    const again = await allow(documents.publish(path, before, { 'cache-control': 'no-store' }), back)
    assert.ok(again.sentTo?.searchParams.has('code'), 'remembered')
  }
  const { now } = fresh.world
  fresh.world.now = () => now() + 2 * MINUTE
  for (const [path, change, field] of changes) {
    const clientId = documents.publish(path, { ...before, ...change })
    const page = await ask(clientId, back)
    assert.match(page.html, /name="decision"/, path)
    assert.doesNotMatch(page.html, /allowed it before/, path)
    const changed = (await fresh.world.journal.list({ clientId, events: ['changed'] }, { limit: 5 })).items[0]
    assert.deepEqual(changed?.detail?.['fields'], [field])
  }
})

test('a native application is asked about every time, although its document names a key', async () => {
  await using fresh = await testServer(READS_LOOPBACK)
  const { allow, document } = await withKey(fresh)
  const again = await allow(documents.publish('/keyed/native.json', document), BACK)
  assert.match(again.html, /name="decision"/)
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
