import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { generateKeyPair, SignJWT } from 'jose'
import * as openid from 'openid-client'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { addClient, addUser, askTokens, signIn } from '../kit/cast.ts'
import { documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { person } from '../kit/person.ts'
import { manage, type Registered, register, registered, said } from '../kit/registration.ts'
import { testServer } from '../kit/server.ts'

/* OpenID Connect by clients that register themselves (OpenID registration sections 2, 3 and 5). */

const ADDRESSES = ['https://one.example/callback', 'https://two.example/callback']
const listing = (list: unknown) => (response: ServerResponse) => void response.end(JSON.stringify(list))

test('the document of a sector must list every address, when a client is registered and when it changes', async () => {
  await using documents = await documentServer()
  await using server = await testServer(READS_LOOPBACK)
  const good = documents.publish('/good', listing(ADDRESSES))
  const bad = documents.publish('/bad', listing(ADDRESSES.slice(1)))
  const pairwise = { redirect_uris: ADDRESSES, subject_type: 'pairwise' }
  for (const more of [
    {},
    { sector_identifier_uri: bad },
    { sector_identifier_uri: `${documents.url}/nothing` },
    { sector_identifier_uri: documents.publish('/object', listing({})) },
    { sector_identifier_uri: 'https://169.254.169.254/latest' },
  ])
    assert.equal(said(await register(server, { ...pairwise, ...more })), '400 invalid_client_metadata')
  const own = await registered(server, { ...pairwise, sector_identifier_uri: good })
  assert.deepEqual([own['subject_type'], own['sector_identifier_uri']], ['pairwise', good])
  const change = { ...pairwise, client_id: own.client_id, sector_identifier_uri: bad }
  assert.equal(said(await manage(server, 'PUT', own as Registered, { json: change })), '400 invalid_client_metadata')
})

test('in production a client that registers itself has no file read at an address that is open for staff alone', async () => {
  await using documents = await documentServer()
  await using server = await testServer({
    ...READS_LOOPBACK,
    CLAVIGER_ENV: 'production',
    CLAVIGER_URL: 'https://auth.example',
    CLAVIGER_MASTER_KEY: 'x'.repeat(40),
    CLAVIGER_LIMITS: 'on',
    CLAVIGER_DRAIN_SECONDS: '0',
    CLAVIGER_CLIENT_REGISTRATION: 'open',
  })
  const sector = documents.publish('/inside', listing(ADDRESSES))
  const pairwise = { redirect_uris: ADDRESSES, subject_type: 'pairwise', sector_identifier_uri: sector }
  assert.equal(said(await register(server, pairwise)), '400 invalid_client_metadata')
  const keyed = { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: `${documents.url}/keys` }
  const { client_id: id } = await registered(server, { redirect_uris: ADDRESSES, ...keyed })
  const { privateKey } = await generateKeyPair('ES256')
  const assertion = await new SignJWT({ iss: id, sub: id, aud: 'https://auth.example', jti: 'once' })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setExpirationTime('1m')
    .sign(privateKey)
  const answer = await askTokens(server.url, { client: { id } } as RegisteredClient, {
    grant_type: 'authorization_code',
    code: 'x',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  })
  assert.notEqual(answer.status, 200)
  assert.deepEqual(documents.asked, [])
  await addClient(server.world, {
    redirectUris: ADDRESSES,
    metadata: { subjectType: 'pairwise', sectorIdentifierUri: sector },
  })
  assert.deepEqual(documents.asked, ['/inside'])
})

test('a client that names no algorithm gets id tokens of RS256, and one that registered without scopes may ask for openid', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const config = await openid.dynamicClientRegistration(
    new URL(server.url),
    { redirect_uris: [ADDRESSES[0] as string], client_name: 'Mail' },
    undefined,
    { execute: [openid.allowInsecureRequests] },
  )
  const verifier = openid.randomPKCECodeVerifier()
  const alice = person(server.url)
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: ADDRESSES[0] as string,
    scope: 'openid email',
    nonce: 'n',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  await alice.visit(url.href)
  await signIn(alice)
  const { sentTo } = await alice.submit({ decision: 'allow' })
  const checks = { pkceCodeVerifier: verifier, expectedNonce: 'n', idTokenExpected: true }
  const tokens = await openid.authorizationCodeGrant(config, sentTo as URL, checks)
  const [head = ''] = (tokens.id_token ?? '').split('.')
  assert.equal(JSON.parse(Buffer.from(head, 'base64url').toString()).alg, 'RS256')
  assert.equal(tokens.claims()?.aud, config.clientMetadata().client_id)
})
