import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { createInitialToken } from '../../src/core/clients/registration/create-initial-token.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { DAY } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { type Asking, caller } from '../kit/call.ts'
import { addUser, authorizeUrl, CALLBACK, pkce, signIn } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import * as kit from '../kit/registration.ts'
import { REGISTER, type Registered, said } from '../kit/registration.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Clients register themselves (RFC 7591; OpenID registration section 3). */

const WHOLE = { redirect_uris: [CALLBACK] }
const NATIVE = { redirect_uris: ['http://127.0.0.1/callback'], token_endpoint_auth_method: 'none' }

let server: TestServer
let call: ReturnType<typeof caller>
before(async () => {
  server = await testServer()
  call = caller(server)
  await addUser(server.world)
  await createResource(server.world, OPERATOR, {
    audience: 'https://api.example',
    name: 'API',
    scopes: ['read', 'write'],
  })
})
after(() => server.stop())

const register = (json: object, asking?: Asking) => kit.register(server, json, asking)
const registered = (json: object, asking?: Asking) => kit.registered(server, json, asking)
const manage = (method: string, of: Registered, more?: Asking) => kit.manage(server, method, of, more)
const initialToken = async (more: Partial<Parameters<typeof createInitialToken>[2]> = {}, where = server) =>
  (await createInitialToken(where.world, OPERATOR, { expiresAt: Date.now() + DAY, grantTypes: [], ...more })).secret

test('oauth4webapi registers a client by the metadata document, and signs a person in with it', async () => {
  const issuer = new URL(server.url)
  const insecure = { [oauth.allowInsecureRequests]: true }
  const as = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }),
  )
  const metadata = {
    ...WHOLE,
    client_name: 'Mail',
    scope: 'read',
    grant_types: ['authorization_code', 'refresh_token'],
  }
  const client = await oauth.processDynamicClientRegistrationResponse(
    await oauth.dynamicClientRegistrationRequest(as, metadata, insecure),
  )
  const secret = client.client_secret
  assert.ok(typeof secret === 'string')
  const { verifier, challenge } = pkce()
  const alice = person(server.url)
  await alice.visit(authorizeUrl(client.client_id, challenge))
  const consent = await signIn(alice)
  assert.match(consent.html, /Mail/)
  const { sentTo } = await alice.submit({ decision: 'allow' })
  const answer = oauth.validateAuthResponse(as, client, sentTo as URL, 'xyz')
  const proof = oauth.ClientSecretBasic(secret)
  const tokens = await oauth.processAuthorizationCodeResponse(
    as,
    client,
    await oauth.authorizationCodeGrantRequest(as, client, proof, answer, CALLBACK, verifier, insecure),
  )
  assert.ok(tokens.access_token && tokens.refresh_token)
})

test('openid-client registers a public client, whose loopback port varies, and signs a person in with it', async () => {
  const config = await openid.dynamicClientRegistration(
    new URL(server.url),
    { ...NATIVE, client_name: 'Terminal', scope: 'read' },
    openid.None(),
    { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] },
  )
  const redirect_uri = 'http://127.0.0.1:49152/callback'
  const verifier = openid.randomPKCECodeVerifier()
  const bob = person(server.url)
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri,
    scope: 'read',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  await bob.visit(url.href)
  await signIn(bob)
  const { sentTo } = await bob.submit({ decision: 'allow' })
  const tokens = await openid.authorizationCodeGrant(config, sentTo as URL, { pkceCodeVerifier: verifier })
  assert.equal(tokens.scope, 'read')
})

test('the answer holds all metadata as it is stored, the secret once, and what manages it', async () => {
  const sent = {
    ...WHOLE,
    client_name: 'Mail',
    'client_name#de': 'Post',
    software_id: 'mail',
    strange: 1,
    scope: 'read',
  }
  const told = await register(sent)
  assert.deepEqual([told.status, told.headers.get('cache-control')], [201, 'no-store'])
  const { client_id, client_id_issued_at, client_secret, registration_access_token, ...rest } = told.body as Registered
  assert.ok(Math.abs(Number(client_id_issued_at) - Date.now() / 1000) < 60)
  assert.match(`${client_id} ${client_secret} ${registration_access_token}`, /^clv_cid_\S+ clv_cs_\S+ clv_reg_\S+$/)
  assert.deepEqual(rest, {
    client_secret_expires_at: 0,
    registration_client_uri: `${server.url}${REGISTER}/${client_id}`,
    client_name: 'Mail',
    'client_name#de': 'Post',
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    scope: 'read',
    token_endpoint_auth_method: 'client_secret_basic',
    software_id: 'mail',
  })
})

test('what cannot be registered is refused by the names of RFC 7591, with a sentence', async () => {
  const cases: [object, string][] = [
    [{ redirect_uris: ['http://app.example/'] }, '400 invalid_redirect_uri'],
    [{ redirect_uris: [`${CALLBACK}#part`] }, '400 invalid_redirect_uri'],
    [{}, '400 invalid_redirect_uri'],
    [{ ...WHOLE, scope: 'users:write' }, '400 invalid_client_metadata'],
    [{ ...WHOLE, scope: 'reed' }, '400 invalid_client_metadata'],
    [{ ...WHOLE, token_endpoint_auth_method: 'tls_client_auth' }, '400 invalid_client_metadata'],
    [{ ...WHOLE, grant_types: ['client_credentials'] }, '400 invalid_client_metadata'],
    [{ ...WHOLE, dpop_bound_access_tokens: true }, '400 invalid_client_metadata'],
    [{ ...WHOLE, software_statement: 'eyJ' }, '400 invalid_software_statement'],
    [[], '400 invalid_client_metadata'],
  ]
  for (const [json, expected] of cases) {
    const told = await register(json)
    assert.equal(said(told), expected, JSON.stringify(json))
    assert.ok(String(told.body['error_description']).length > 20)
  }
})

test('a client chooses neither its id, nor its secret, nor its owner, nor a grant type beyond those of all', async () => {
  const wide = [
    'authorization_code',
    'refresh_token',
    'client_credentials',
    'urn:ietf:params:oauth:grant-type:device_code',
  ]
  const chosen = { client_id: 'mine', client_secret: 'mine', owner_id: 'mine', registration_access_token: 'mine' }
  const { client_id, ...told } = await registered({ ...WHOLE, ...chosen, grant_types: wide })
  assert.deepEqual(told['grant_types'], wide.slice(0, 2))
  assert.doesNotMatch(JSON.stringify(told), /"mine"/)
  const stored = await server.world.clients.byId(client_id)
  assert.deepEqual([stored?.source, stored?.ownerId], ['dynamic', undefined])
})

test('a setting lets all that register themselves use the device grant', async () => {
  await using all = await testServer({ CLAVIGER_DEVICE_CLIENTS: 'all' })
  const device = 'urn:ietf:params:oauth:grant-type:device_code'
  const told = await caller(all)('POST', REGISTER, { json: { ...NATIVE, grant_types: [device] } })
  assert.deepEqual(told.body['grant_types'], [device])
})

test('registered with scopes, it gets those where it asks for none, and may ask for more later, as MCP clients do', async () => {
  const { client_id } = await registered({ ...WHOLE, scope: 'read' })
  const ask = async (more: Record<string, string | undefined>) => {
    const who = person(server.url)
    await who.visit(authorizeUrl(client_id, pkce().challenge, more))
    return (await signIn(who)).html
  }
  const consent = await ask({ scope: undefined })
  assert.match(consent, /read everything/)
  assert.doesNotMatch(consent, /change everything/)
  assert.match(await ask({ scope: 'read write' }), /read everything[\s\S]*change everything/)
})

test('registered without scope, it may ask for every scope that exists and manages nothing; for none, it gets those of the API it names', async () => {
  const { client_id } = await registered(WHOLE)
  const { challenge } = pkce()
  const ask = async (more: Record<string, string | undefined>) => {
    const alice = person(server.url)
    const sight = await alice.visit(authorizeUrl(client_id, challenge, more))
    return sight.sentTo?.searchParams.get('error') ?? (await signIn(alice)).html
  }
  assert.equal(await ask({ scope: 'users:write' }), 'invalid_scope')
  assert.equal(await ask({ scope: 'read users' }), 'invalid_scope')
  assert.equal(await ask({ scope: 'reed' }), 'invalid_scope')
  assert.match(await ask({ scope: 'write' }), /name="decision"/)
  const named = await ask({ scope: undefined, resource: 'https://api.example' })
  assert.match(named, /read everything[\s\S]*change everything/)
})

test('registrants of equal metadata share a public client that none of them can change or delete', async () => {
  const metadata = { ...NATIVE, client_name: 'Shared' }
  const [first, second, third] = [
    await registered(metadata),
    await registered(metadata),
    await registered({ ...metadata, client_name: 'Other' }),
  ]
  assert.equal(first.client_id, second.client_id)
  assert.notEqual(first.client_id, third.client_id)
  for (const told of [first, second]) {
    assert.equal('registration_access_token' in told || 'registration_client_uri' in told, false)
    for (const method of ['GET', 'PUT', 'DELETE']) assert.equal((await manage(method, told)).status, 401)
  }
})

test('where a token is needed, it is good for as many clients as it says, and gives what it names', async () => {
  await using strict = await testServer({ CLAVIGER_CLIENT_REGISTRATION: 'token' })
  const ask = caller(strict)
  const post = (json: object, bearer?: string) => ask('POST', REGISTER, { json, ...(bearer && { bearer }) })
  const none = await post(WHOLE)
  assert.deepEqual([said(none), none.headers.get('www-authenticate')], ['401 invalid_token', 'Bearer realm="claviger"'])
  assert.equal(said(await post(WHOLE, 'clv_iat_wrong')), '401 invalid_token')

  const twice = await initialToken({ uses: 2, scopes: ['read'] }, strict)
  assert.equal(said(await post({ ...WHOLE, scope: 'write' }, twice)), '400 invalid_client_metadata')
  const first = await post(WHOLE, twice)
  assert.deepEqual([first.status, first.body['scope']], [201, 'read'])
  const shared = await post(NATIVE, twice)
  assert.equal(typeof shared.body['registration_access_token'], 'string', 'of a public one, too: it is not shared')
  assert.equal(said(await post(WHOLE, twice)), '401 invalid_token')

  const machine = { grant_types: ['client_credentials'], scope: 'read:all' }
  const wide = await initialToken({ scopes: ['read'], grantTypes: ['client_credentials'] }, strict)
  const made = await post(machine, wide)
  assert.deepEqual(
    [made.status, made.body['grant_types'], made.body['scope']],
    [201, ['client_credentials'], 'read:all'],
  )
  const own = made.body as Registered
  const change = (json: object) =>
    ask('PUT', `${REGISTER}/${own.client_id}`, { bearer: own.registration_access_token, json })
  assert.equal((await change({ ...machine, client_id: own.client_id, client_name: 'Job' })).status, 200)
  assert.equal(
    said(await change({ ...machine, client_id: own.client_id, scope: 'write' })),
    '400 invalid_client_metadata',
  )

  const past = await initialToken({ expiresAt: Date.now() + 1000 }, strict)
  strict.world.now = () => Date.now() + 2000
  assert.equal(said(await post(WHOLE, past)), '401 invalid_token')
})

test('where registration is closed, nothing is registered, and the document names no address for it', async () => {
  await using closed = await testServer({ CLAVIGER_CLIENT_REGISTRATION: 'closed' })
  const ask = caller(closed)
  const token = await initialToken({}, closed)
  for (const bearer of [undefined, token])
    assert.equal(said(await ask('POST', REGISTER, { json: WHOLE, ...(bearer && { bearer }) })), '403 access_denied')
  assert.equal('registration_endpoint' in (await ask('GET', '/.well-known/oauth-authorization-server')).body, false)
  assert.equal(
    (await call('GET', '/.well-known/oauth-authorization-server')).body['registration_endpoint'],
    server.url + REGISTER,
  )
})

test('browsers of every origin may register and manage', async () => {
  const own = await registered(WHOLE)
  const headers = { origin: 'https://app.example', 'access-control-request-method': 'PUT' }
  const preflight = await call('OPTIONS', `${REGISTER}/${own.client_id}`, { headers })
  assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /GET.*PUT.*DELETE|PUT/)
  for (const told of [await register(WHOLE), await register({}), await manage('GET', own)])
    assert.equal(told.headers.get('access-control-allow-origin'), '*')
})

test('confidential clients that register themselves follow the setting of PKCE', async () => {
  await using open = await testServer({ CLAVIGER_CONFIDENTIAL_PKCE: 'when-sent' })
  for (const [where, sent] of [
    [server, 'invalid_request'],
    [open, undefined],
  ] as const) {
    const { body } = await caller(where)('POST', REGISTER, { json: WHOLE })
    const without = { code_challenge: undefined, code_challenge_method: undefined, scope: undefined }
    const sight = await person(where.url).visit(authorizeUrl(String(body['client_id']), '', without))
    assert.equal(sight.sentTo?.searchParams.get('error') ?? undefined, sent)
  }
})
