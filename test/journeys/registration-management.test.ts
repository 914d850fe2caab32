import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import { createInitialToken } from '../../src/core/clients/registration/create-initial-token.ts'
import { DAY } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { type Asking, caller } from '../kit/call.ts'
import { CALLBACK } from '../kit/cast.ts'
import * as kit from '../kit/registration.ts'
import { REGISTER, type Registered, said } from '../kit/registration.ts'
import { anotherServer, type TestServer, testServer } from '../kit/server.ts'

/* Clients manage their own registration (RFC 7592). */

const WHOLE = { redirect_uris: [CALLBACK] }
const NATIVE = { redirect_uris: ['http://127.0.0.1/callback'], token_endpoint_auth_method: 'none' }

let server: TestServer
let call: ReturnType<typeof caller>
before(async () => {
  server = await testServer()
  call = caller(server)
})
after(() => server.stop())

const register = (json: object, asking?: Asking) => kit.register(server, json, asking)
const registered = (json: object, asking?: Asking) => kit.registered(server, json, asking)
const manage = (method: string, of: Registered, more?: Asking) => kit.manage(server, method, of, more)

test('a client reads, changes and deletes its registration, and everything of it ends', async () => {
  const own = await registered({ ...WHOLE, client_name: 'Mail', scope: 'read' })
  const { client_secret, client_secret_expires_at: _, ...shown } = own
  const read = await manage('GET', own)
  assert.deepEqual([read.status, read.body], [200, shown])

  const next = { client_id: own.client_id, client_name: 'Post', redirect_uris: ['https://app.example/next'] }
  const changed = await manage('PUT', own, { json: next })
  assert.equal(changed.status, 200, changed.text)
  assert.deepEqual([changed.body['client_name'], changed.body['redirect_uris']], ['Post', next.redirect_uris])
  assert.equal('scope' in changed.body, false, 'the whole metadata is replaced')
  assert.deepEqual((await manage('GET', own)).body, changed.body)
  const basic = Buffer.from(`${own.client_id}:${client_secret}`).toString('base64')
  const introspects = () =>
    call('POST', '/oauth2/revoke', { form: { token: 'x' }, headers: { authorization: `Basic ${basic}` } })
  assert.equal((await introspects()).status, 200, 'the secret is kept')

  const gone = await manage('DELETE', own)
  assert.deepEqual([gone.status, gone.text], [204, ''])
  for (const method of ['GET', 'PUT', 'DELETE'])
    assert.equal(said(await manage(method, own, method === 'PUT' ? { json: next } : {})), '401 invalid_token')
  assert.equal(said(await introspects()), '401 invalid_client')
})

test('a change is held against the rules of a registration, and names the client alone', async () => {
  const own = await registered({ ...WHOLE, client_name: 'Mail' })
  const { client_id } = own
  const wrong: object[] = [
    WHOLE,
    { ...WHOLE, client_id: 'another' },
    { ...WHOLE, client_id, client_secret: 'another' },
    { ...WHOLE, client_id, client_secret_expires_at: 0 },
    { ...WHOLE, client_id, registration_access_token: own.registration_access_token },
    { ...WHOLE, client_id, registration_client_uri: own['registration_client_uri'] },
    { ...WHOLE, client_id, client_id_issued_at: 1 },
    { ...WHOLE, client_id, scope: 'users:write' },
    { ...WHOLE, client_id, grant_types: ['client_credentials'] },
    { ...WHOLE, client_id, token_endpoint_auth_method: 'none' },
    { client_id, redirect_uris: ['javascript:alert(1)'] },
    [],
  ]
  for (const json of wrong) assert.equal((await manage('PUT', own, { json })).status, 400, JSON.stringify(json))
  assert.equal((await manage('GET', own)).body['client_name'], 'Mail', 'nothing was changed')
  const right = {
    ...WHOLE,
    client_id,
    client_secret: own['client_secret'],
    token_endpoint_auth_method: 'client_secret_post',
  }
  assert.equal((await manage('PUT', own, { json: right })).body['token_endpoint_auth_method'], 'client_secret_post')
})

test('a client with keys does not become public, and a public client does not get keys', async () => {
  const jwks = { keys: [await exportJWK((await generateKeyPair('ES256')).publicKey)] }
  const keyed = { ...WHOLE, token_endpoint_auth_method: 'private_key_jwt', jwks }
  const open = { ...WHOLE, token_endpoint_auth_method: 'none' }
  const ask = { expiresAt: Date.now() + DAY, grantTypes: [] }
  const { secret: bearer } = await createInitialToken(server.world, OPERATOR, ask)
  for (const [before, after] of [
    [keyed, open],
    [open, keyed],
  ] as const) {
    const own = await registered(before, { bearer })
    const told = await manage('PUT', own, { json: { ...after, client_id: own.client_id } })
    assert.equal(said(told), '400 invalid_client_metadata')
    assert.match(String(told.body['error_description']), /keeps its way of proving itself/)
    const { token_endpoint_auth_method: method } = (await manage('GET', own)).body
    assert.equal(method, before.token_endpoint_auth_method)
  }
})

test('a registration is managed with its own token alone', async () => {
  const [own, other] = [await registered(WHOLE), await registered(WHOLE)]
  assert.notEqual(own.client_id, other.client_id, 'one with a management token is never shared')
  const strange = { ...own, registration_access_token: other.registration_access_token }
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const more = method === 'PUT' ? { json: { ...WHOLE, client_id: own.client_id } } : {}
    for (const one of [strange, { ...own, registration_access_token: 'x' }, { ...other, client_id: 'nothing' }])
      assert.equal(said(await manage(method, one as Registered, more)), '401 invalid_token')
    const bare = await call(method, `${REGISTER}/${own.client_id}`, more)
    assert.deepEqual([bare.status, bare.headers.get('www-authenticate')], [401, 'Bearer realm="claviger"'])
  }
  assert.equal((await manage('GET', own)).status, 200)
})

test('a registration token opens no API, and none of the other endpoints', async () => {
  const { registration_access_token: bearer } = await registered(WHOLE)
  assert.equal((await call('GET', '/v1/whoami', { bearer })).status, 401)
  assert.equal((await call('GET', '/v1/clients', { bearer })).status, 401)
  assert.equal(said(await register(WHOLE, { bearer })), '401 invalid_token')
})

test('a disabled client is neither shared again nor managed by itself', async () => {
  const metadata = { ...NATIVE, client_name: 'Disabled' }
  const [shared, own] = [await registered(metadata), await registered(WHOLE)]
  for (const { client_id } of [shared, own])
    await server.world.clients.change(
      client_id,
      { active: false },
      { at: Date.now(), event: 'changed', about: 'client', actor: 'operator' },
    )
  assert.notEqual((await registered(metadata)).client_id, shared.client_id)
  assert.equal(said(await manage('GET', own)), '401 invalid_token')
  assert.equal(said(await manage('DELETE', own)), '401 invalid_token')
})

test('a registration made before it was closed is still managed, by every process', async () => {
  const own = await registered(WHOLE)
  const beside = await anotherServer(server, { CLAVIGER_CLIENT_REGISTRATION: 'closed' })
  try {
    const told = await caller(beside)('GET', `${REGISTER}/${own.client_id}`, { bearer: own.registration_access_token })
    assert.equal(told.status, 200)
  } finally {
    await beside.stop()
  }
})
