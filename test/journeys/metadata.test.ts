import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import * as openid from 'openid-client'
import type { PublicJwk } from '../../src/model/clients/client-metadata.ts'
import { addClient } from '../kit/cast.ts'
import { api } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The metadata document (RFC 8414) says what is true of this server: each member is held against the server itself. */

const read = async ({ url }: TestServer): Promise<Record<string, string | string[]>> =>
  (await fetch(`${url}/.well-known/oauth-authorization-server`)).json()

test('every address in the document is served', async () => {
  await using server = await testServer()
  const document = await read(server)
  const addresses = Object.entries(document).filter(([name]) => /(_endpoint|_uri|_documentation)$/.test(name))
  assert.equal(addresses.length, 12)
  for (const [name, address] of addresses) {
    assert.equal(typeof address === 'string' && address.startsWith(`${server.url}/`), true, name)
    const [get, post] = await Promise.all(
      ['GET', 'POST'].map(method => fetch(address as string, { method, redirect: 'manual' })),
    )
    assert.notEqual(get?.status, 404, name)
    assert.notEqual(post?.status, 404, name)
  }
})

test('the document of OpenID Connect says the same, without names that no registry has, and what a client of it must know', async () => {
  await using server = await testServer()
  const answer = await fetch(`${server.url}/.well-known/openid-configuration`)
  assert.equal(answer.headers.get('access-control-allow-origin'), '*')
  const found = (await answer.json()) as Record<string, string | string[]>
  const { app_registration_endpoint, client_id_metadata_document_supported: _, ...common } = await read(server)
  assert.ok(app_registration_endpoint)
  assert.deepEqual(found, common)
  assert.partialDeepStrictEqual(found, {
    issuer: server.url,
    userinfo_endpoint: `${server.url}/oauth2/userinfo`,
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256', 'EdDSA'],
    subject_types_supported: ['public', 'pairwise'],
    acr_values_supported: ['urn:claviger:password', 'urn:claviger:mfa'],
  })
  for (const scope of ['openid', 'profile', 'email', 'phone', 'address', 'offline_access'])
    assert.ok(found['scopes_supported']?.includes(scope), scope)
})

test('scopes that an API declares are among the supported ones, so clients of MCP know that they may ask for them', async () => {
  await using server = await testServer()
  await api(server, 'https://notes.example/mcp', { scopes: ['notes:read', 'notes:write'] })
  const { scopes_supported: scopes = [] } = await read(server)
  for (const scope of ['notes:read', 'notes:write']) assert.ok(scopes.includes(scope), scope)
})

test('an address of a dialect stands in the document while the dialect is on', async () => {
  await using off = await testServer({ CLAVIGER_DIALECTS: 'zebbra', CLAVIGER_OPENID: 'off' })
  const without = await read(off)
  for (const name of ['app_registration_endpoint', 'userinfo_endpoint']) assert.equal(name in without, false, name)
  await using on = await testServer({ CLAVIGER_DIALECTS: 'mastodon', CLAVIGER_OPENID: 'off' })
  const document = await read(on)
  assert.equal(document['app_registration_endpoint'], `${on.url}/api/v1/apps`)
  assert.equal(document['userinfo_endpoint'], `${on.url}/oauth/userinfo`)
})

test('without OpenID Connect there is no document of it: 404 in JSON for every origin, whatever the form of its address', async () => {
  await using server = await testServer({ CLAVIGER_OPENID: 'off' })
  const places = [
    'openid-configuration',
    'openid-configuration/',
    'openid-configuration/tenant',
    'openid-configuration?x=1',
    'oauth-authorization-server/tenant',
    'openid-federation',
    'nothing',
  ]
  for (const place of places)
    for (const method of ['GET', 'HEAD', 'POST']) {
      const answer = await fetch(`${server.url}/.well-known/${place}`, { method })
      const where = `${method} ${place}`
      assert.equal(answer.status, 404, where)
      assert.match(answer.headers.get('content-type') ?? '', /^application\/json/, where)
      if (method !== 'HEAD') assert.equal(((await answer.json()) as { error: string }).error, 'not_found', where)
      if (place.startsWith('o')) assert.equal(answer.headers.get('access-control-allow-origin'), '*', where)
    }
})

test('a strict client finds its way by the other name, as RFC 8414 section 5 has it', async () => {
  await using server = await testServer({ CLAVIGER_OPENID: 'off' })
  const { client, secret } = await addClient(server.world)
  const insecure = { execute: [openid.allowInsecureRequests] }
  await assert.rejects(openid.discovery(new URL(server.url), client.id, secret, undefined, insecure), /404|unexpected/i)
  const found = await openid.discovery(new URL(server.url), client.id, secret, undefined, {
    ...insecure,
    algorithm: 'oauth2',
  })
  assert.equal(found.serverMetadata().issuer, server.url)
})

test('each endpoint accepts the methods of clients that are listed for it, and refuses the others', async () => {
  await using server = await testServer()
  const document = await read(server)
  const [proven, open] = [await addClient(server.world), await addClient(server.world, { type: 'public' })]
  const { id } = proven.client
  const secret = proven.secret as string
  const basic = { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` }
  const WAYS: Record<string, { form: Record<string, string>; headers?: Record<string, string> }> = {
    client_secret_basic: { form: {}, headers: basic },
    client_secret_post: { form: { client_id: id, client_secret: secret } },
    none: { form: { client_id: open.client.id } },
  }
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const keyed = await addClient(server.world, {
    metadata: { jwks: { keys: [(await exportJWK(publicKey)) as PublicJwk] } },
  })
  const asserted = async () => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await new SignJWT({
      iss: keyed.client.id,
      sub: keyed.client.id,
      aud: server.url,
      jti: randomUUID(),
    })
      .setProtectedHeader({ alg: 'ES256' })
      .setExpirationTime('1m')
      .sign(privateKey),
  })
  for (const endpoint of ['token', 'revocation', 'introspection'])
    for (const [name, { form, headers = {} }] of Object.entries({
      ...WAYS,
      private_key_jwt: { form: await asserted() } as (typeof WAYS)[string],
    })) {
      const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x', token: 'x', ...form })
      const answer = await fetch(document[`${endpoint}_endpoint`] as string, { method: 'POST', body, headers })
      const passed = ((await answer.json()) as { error?: string }).error !== 'invalid_client'
      const listed = document[`${endpoint}_endpoint_auth_methods_supported`]?.includes(name)
      assert.equal(passed, listed, `${name} at the ${endpoint} endpoint: ${answer.status}`)
    }
})

test('the grant types that are listed are known, and no others', async () => {
  await using server = await testServer()
  const { token_endpoint, grant_types_supported = [] } = await read(server)
  const { client, secret = '' } = await addClient(server.world)
  for (const grant of [...grant_types_supported, 'password', 'implicit']) {
    const body = new URLSearchParams({ grant_type: grant, client_id: client.id, client_secret: secret })
    const answer = await fetch(token_endpoint as string, { method: 'POST', body })
    const { error, error_description = '' } = (await answer.json()) as { error?: string; error_description?: string }
    const known = grant_types_supported.includes(grant)
    assert.equal(error !== 'unsupported_grant_type', known, `${grant}: ${error}`)
    if (!known) for (const name of grant_types_supported) assert.ok(error_description.includes(name), error_description)
  }
})
