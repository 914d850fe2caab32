import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { registerClient } from '../../src/core/clients/register-client.ts'
import { makeCredential } from '../../src/core/credentials/issue/make-credential.ts'
import { issueTokens } from '../../src/core/oauth/issue-tokens.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import type { Client } from '../../src/model/clients/client.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { asClient, tokenRequest } from '../kit/acts.ts'
import { CODE_DATA } from '../kit/cast.ts'
import { api, application, issue, person } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* RFC 7662 and RFC 7009; SECURITY D 121 to 132. */

type Proof = { id: string; secret?: string }
const JWT_API = 'https://jwt.example'
let server: TestServer
let mine: Proof
let theirs: Proof
let resource: Proof
let client: Client

before(async () => {
  server = await testServer()
  const [first, second] = [await application(server.world), await application(server.world)]
  client = first.client
  mine = { id: first.client.id, secret: first.secret }
  theirs = { id: second.client.id, secret: second.secret }
  const { clientId, clientSecret } = await api(server)
  resource = { id: clientId, secret: clientSecret }
  await createResource(server.world, OPERATOR, {
    audience: JWT_API,
    name: 'JWT',
    scopes: ['read'],
    tokenFormat: 'jwt',
  })
})
after(() => server[Symbol.asyncDispose]())

const basic = ({ id, secret = '' }: Proof) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` })
async function post(path: string, as: Proof | undefined, fields: Record<string, string>) {
  const answer = await fetch(`${server.url}/oauth2/${path}`, {
    method: 'POST',
    headers: as ? basic(as) : {},
    body: new URLSearchParams(fields),
  })
  const text = await answer.text()
  return { status: answer.status, text, headers: answer.headers }
}
const introspect = (as: Proof | undefined, token: string, more = {}) => post('introspect', as, { token, ...more })
const revoke = (as: Proof | undefined, token: string, more = {}) => post('revoke', as, { token, ...more })
const active = async (token: string, as: Proof = resource) =>
  (JSON.parse((await introspect(as, token)).text) as { active: boolean }).active
const tokenFor = async (of: Client, resources: string[] = []) =>
  (
    await issueTokens(
      server.world,
      asClient(of),
      tokenRequest('client_credentials', { scope: 'read', resource: resources }),
    )
  ).accessToken

/** A grant of a user with both its tokens, as the code flow leaves them. */
async function family() {
  const user = await person(server.world, `user-${Math.random().toString(36).slice(2)}`)
  const grantId = Math.random().toString(16).slice(2).padEnd(24, '0').slice(0, 24)
  const now = server.world.now()
  const fields = { grantId, clientId: client.id, userId: user.id, scopes: ['read'] }
  const code = makeCredential(server.world, 'authorization-code', {
    ...fields,
    expiresAt: now + 60_000,
    data: CODE_DATA,
  })
  const grant = {
    id: grantId,
    userId: user.id,
    clientId: client.id,
    scopes: ['read'],
    audience: [],
    generation: 0,
    tokensIssued: 0,
    createdAt: now,
  }
  const entry = { at: now, event: 'granted' as const, about: 'grant', actor: user.id }
  await server.world.grants.open(grant, code.credential, entry)
  const access = makeCredential(server.world, 'access-token', fields)
  const refresh = makeCredential(server.world, 'refresh-token', { ...fields, generation: 0 })
  const spend = {
    fingerprint: code.credential.fingerprint,
    kind: 'authorization-code' as const,
    at: now,
    activatesGrant: grantId,
  }
  await server.world.credentials.redeem({ ...spend, issues: [access.credential, refresh.credential] }, entry)
  return { user, access: access.secret, refresh: refresh.secret }
}

test('introspection without proof, with a wrong secret and by a GET tells nothing', async () => {
  const token = await tokenFor(client)
  assert.equal((await introspect(undefined, token)).status, 401)
  assert.equal((await introspect({ ...resource, secret: 'wrong' }, token)).status, 401)
  const get = await fetch(`${server.url}/oauth2/introspect?token=${token}`, { headers: basic(resource) })
  assert.equal(get.status, 405)
})

test('an API learns about a token that was shown to it; the answer may not be stored', async () => {
  const { user, access } = await family()
  const answer = await introspect(resource, access)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const { iat, jti, ...rest } = JSON.parse(answer.text) as Record<string, unknown>
  assert.deepEqual(rest, {
    active: true,
    scope: 'read',
    client_id: client.id,
    username: user.handle,
    token_type: 'Bearer',
    sub: user.id,
  })
  assert.equal(typeof iat, 'number')
  assert.equal(typeof jti, 'string')
})

test('unknown, revoked, expired, foreign and other credentials get byte-identical answers', async () => {
  const revoked = await tokenFor(client)
  await revoke(mine, revoked)
  const expired = makeCredential(server.world, 'access-token', {
    clientId: client.id,
    scopes: ['read'],
    expiresAt: server.world.now() - 1,
  })
  const entry = { at: server.world.now(), event: 'issued' as const, about: 'credential', actor: 'operator' }
  await server.world.credentials.issue([expired.credential], entry)
  const elsewhere = await tokenFor(client, [JWT_API])
  const { refresh } = await family()
  const live = await tokenFor(client)
  const answers = [
    await introspect(resource, 'unknown'),
    await introspect(resource, revoked),
    await introspect(resource, expired.secret),
    await introspect(resource, elsewhere),
    await introspect(resource, refresh),
    await introspect(theirs, live),
    await introspect(resource, live.slice(0, -1)),
  ]
  for (const { status, text } of answers) assert.deepEqual({ status, text }, { status: 200, text: '{"active":false}' })
})

test('a client learns about its own tokens, the refresh token included, and about no others', async () => {
  const { access, refresh } = await family()
  assert.equal(await active(access, mine), true)
  assert.equal(await active(refresh, mine), true)
  assert.equal(await active(access, theirs), false)
  assert.equal(await active(refresh, theirs), false)
})

test('a client learns nothing of a refresh token whose user is disabled or whose grant has ended', async () => {
  const [disabled, ended] = [await family(), await family()]
  await changeUser(server.world, OPERATOR, { userId: disabled.user.id, active: false })
  assert.equal(await active(disabled.refresh, mine), false)
  assert.equal(await active(disabled.access), false)
  await revoke(mine, ended.refresh)
  assert.equal(await active(ended.refresh, mine), false)
})

test('API keys and application tokens are answered for like access tokens', async () => {
  const user = await person(server.world, 'keyholder')
  for (const kind of ['api-key', 'application-token'] as const)
    assert.equal(await active((await issue(server.world, kind, user)).presented), true, kind)
})

test('a wrong hint changes nothing, at introspection and at revocation', async () => {
  const { access, refresh } = await family()
  const hint = (token_type_hint: string) => ({ token_type_hint })
  assert.match((await introspect(resource, access, hint('refresh_token'))).text, /"active":true/)
  assert.equal((await revoke(mine, access, hint('refresh_token'))).status, 200)
  assert.equal(await active(access), false)
  assert.equal(await active(refresh, mine), true)
  assert.equal((await revoke(mine, refresh, hint('nonsense'))).status, 200)
  assert.equal(await active(refresh, mine), false)
})

test('an access token given back stops working, its siblings live on', async () => {
  const { access, refresh } = await family()
  assert.equal((await revoke(mine, access)).status, 200)
  assert.equal(await active(access), false)
  assert.equal(await active(refresh, mine), true)
})

test('a refresh token given back takes every token of its grant with it', async () => {
  const { access, refresh } = await family()
  assert.equal((await revoke(mine, refresh)).status, 200)
  assert.equal(await active(access), false)
  assert.equal(await active(refresh, mine), false)
})

test('a JWT given back is inactive at once, though its signature stays good', async () => {
  const token = await tokenFor(client, [JWT_API])
  assert.equal(token.split('.').length, 3)
  assert.equal(await active(token, mine), true)
  assert.equal((await revoke(mine, token)).status, 200)
  assert.equal(await active(token, mine), false)
})

test('giving back an unknown or already revoked token changes nothing and is no error', async () => {
  const token = await tokenFor(client)
  for (const one of ['unknown', token, token, 'a.b.c', 'clv_at_broken'])
    assert.equal((await revoke(mine, one)).status, 200, one)
})

test("a client cannot revoke another client's token; nothing changes", async () => {
  const token = await tokenFor(client)
  const answer = await revoke(theirs, token)
  assert.equal(answer.status, 400)
  assert.match(answer.text, /"invalid_grant"/)
  assert.equal(await active(token), true)
})

test('a confidential client must prove itself to revoke; a public one names itself', async () => {
  const token = await tokenFor(client)
  assert.equal((await revoke(undefined, token, { client_id: mine.id })).status, 401)
  assert.equal((await revoke(undefined, token)).status, 401)
  assert.equal(await active(token), true)

  const { client: open } = await registerClient(server.world, OPERATOR, {
    name: 'Pocket app',
    redirectUris: ['https://app.example/callback'],
    scopes: ['read'],
    type: 'public',
    source: 'operator',
  })
  const made = makeCredential(server.world, 'access-token', { clientId: open.id, scopes: ['read'] })
  const entry = { at: server.world.now(), event: 'issued' as const, about: 'credential', actor: 'operator' }
  await server.world.credentials.issue([made.credential], entry)
  assert.equal((await revoke(undefined, made.secret, { client_id: open.id })).status, 200)
  assert.equal(await active(made.secret), false)
})

test('a revocation that the database did not take is never reported as done', async () => {
  const broken = await testServer()
  const { client: one, secret } = await application(broken.world)
  const ask = tokenRequest('client_credentials', { scope: 'read' })
  const { accessToken } = await issueTokens(broken.world, asClient(one), ask)
  await broken.installation.engine.close()
  const answer = await fetch(`${broken.url}/oauth2/revoke`, {
    method: 'POST',
    headers: basic({ id: one.id, secret }),
    body: new URLSearchParams({ token: accessToken }),
  })
  assert.ok(answer.status >= 500, String(answer.status))
  await broken.stop().catch(() => {})
})
