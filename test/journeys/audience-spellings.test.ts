import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { changeResource } from '../../src/core/resources/change-resource.ts'
import { createGate } from '../../src/core/resources/create-gate.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { openGuard } from '../../src/guard/decide/guard.ts'
import { webCarrier } from '../../src/guard/request/carriers.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { addClient, addUser, askTokens, authorizeUrl, pkce, redeem, refresh, signIn } from '../kit/cast.ts'
import { installationFolder } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* One resource server under every spelling of its audience (RFC 3986 sections 6.2.2 and 6.2.3): all of them are equal. */

const API = 'https://api.example.com/v1'
const OTHER = 'https://other.example.com'
const SPELLINGS = [
  API,
  'HTTPS://api.example.com/v1',
  'https://API.Example.COM/v1',
  'https://api.example.com:443/v1',
  'https://api.example.com/x/../v1',
  'https://api.example.com/%76%31',
  'https://api.example.com/v1/',
]
const ELSEWHERE = [
  'https://api.example.com/V1',
  'https://api.example.com/v1//',
  'https://api.example.com:444/v1',
  'http://api.example.com/v1',
]

let server: TestServer
let app: RegisteredClient
let user: User
let basic: string
let connection: { url: string; clientId: string; clientSecret: string }

before(async () => {
  server = await testServer()
  user = await addUser(server.world)
  app = await addClient(server.world, {
    grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  })
  const strict = { name: 'API', scopes: ['read', 'write'], strictAudience: true, tokenFormat: 'jwt' as const }
  const { clientId, secret } = await createResource(server.world, OPERATOR, { ...strict, audience: API })
  await createResource(server.world, OPERATOR, { ...strict, audience: OTHER })
  connection = { url: server.url, clientId, clientSecret: secret }
  basic = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`
})
after(() => server.stop())

const tokenFor = (resource: string) =>
  askTokens(server.url, app, { grant_type: 'client_credentials', scope: 'read', resource })

async function verify(credential: string | undefined, more: Record<string, unknown> = {}) {
  const answer = await fetch(`${server.url}/v1/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: basic },
    body: JSON.stringify({ credential, ...more }),
  })
  return (await answer.json()) as { active: boolean; audience?: string[]; reason?: string }
}

test('a token for any spelling of a resource is a token for it, with the one audience in it', async () => {
  for (const resource of SPELLINGS) {
    const { access_token } = await tokenFor(resource)
    const { active, audience } = await verify(access_token)
    assert.deepEqual([active, audience], [true, [API]], resource)
  }
  for (const resource of ELSEWHERE) assert.equal((await tokenFor(resource)).error, 'invalid_target', resource)
})

test('authorization, redemption and refresh may each spell the resource in their own way, and reach no other', async () => {
  for (const [i, resource] of SPELLINGS.entries()) {
    const { verifier, challenge } = pkce()
    const who = person(server.url)
    await who.visit(authorizeUrl(app.client.id, challenge, { resource, scope: 'read' }))
    const signedIn = await signIn(who)
    // From the second time on the consent is remembered.
    const { sentTo } = signedIn.sentTo ? signedIn : await who.submit({ decision: 'allow' })
    const code = sentTo?.searchParams.get('code') ?? ''
    const next = SPELLINGS[(i + 1) % SPELLINGS.length] as string
    assert.equal((await redeem(server.url, app, code, verifier, { resource: OTHER })).error, 'invalid_target')
    const first = await redeem(server.url, app, code, verifier, { resource: next })
    assert.equal(first.status, 200, `${resource} ${next}`)
    const second = await refresh(server.url, app, first.refresh_token, { resource })
    assert.equal(second.status, 200, resource)
    assert.equal((await refresh(server.url, app, second.refresh_token, { resource: OTHER })).error, 'invalid_target')
    for (const { access_token } of [first, second]) assert.deepEqual((await verify(access_token)).audience, [API])
  }
})

test('keys, gates and questions may spell it in any way', async () => {
  for (const [i, spelling] of SPELLINGS.entries()) {
    const asked = { kind: 'api-key' as const, userId: user.id, name: 'key', scopes: ['read'], audience: [spelling] }
    const { secret } = await issueKey(server.world, OPERATOR, asked)
    for (const audience of SPELLINGS) assert.equal((await verify(secret, { audience })).active, true, audience)
    for (const audience of [...ELSEWHERE, OTHER])
      assert.equal((await verify(secret, { audience })).reason, 'wrong_audience', audience)
    await createGate(server.world, OPERATOR, { name: `gate-${i}`, audience: spelling })
    const passed = await fetch(`${server.url}/forward-auth/gates/gate-${i}`, { headers: { 'x-api-key': secret } })
    assert.equal(passed.status, 200, spelling)
  }
})

test('a guard may spell its audience in any way, offline too, and hears what happens to the API', async () => {
  for (const jwt of ['ask', 'offline'] as const)
    for (const audience of SPELLINGS) {
      const guard = openGuard({ ...connection, audience, jwt })
      const outcome = async (credential = '') => {
        const headers = new Headers({ authorization: `Bearer ${credential}` })
        return guard.check(webCarrier({ headers, url: '/' })).then(
          () => 'passed',
          (error: { code: string }) => error.code,
        )
      }
      const [good, bad] = [(await tokenFor(API)).access_token, (await tokenFor(OTHER)).access_token]
      assert.deepEqual([await outcome(good), await outcome(bad)], ['passed', 'wrong_audience'], `${jwt} ${audience}`)
      await guard.close()
    }
})

test('an API that was made strict loses what it was asked under another spelling', async () => {
  await using installation = await testServer()
  const asked = { audience: API, name: 'API', scopes: ['read'] }
  const { clientId, secret: clientSecret } = await createResource(installation.world, OPERATOR, asked)
  const owner = await addUser(installation.world)
  const { secret } = await issueKey(installation.world, OPERATOR, { kind: 'api-key', userId: owner.id, name: 'k' })
  const guard = openGuard({ url: installation.url, clientId, clientSecret, audience: 'HTTPS://API.example.com:443/v1' })
  const passes = () =>
    guard.check(webCarrier({ headers: new Headers({ 'x-api-key': secret }), url: '/' })).then(
      () => true,
      () => false,
    )
  await eventually(async () => (await passes()) && (await passes()))
  await changeResource(installation.world, OPERATOR, { audience: API, strictAudience: true })
  await eventually(async () => !(await passes()))
  await guard.close()
})

test('an API is registered under one spelling, once, and found under all', async () => {
  await using folder = await installationFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path }
  const api = (...words: string[]) => command(['api', ...words, '--json'], { env })
  const made = await api('create', '--audience', 'HTTPS://API.Example.com:443/v1', '--name', 'API')
  assert.equal(made.json['audience'], API, made.stderr)
  for (const audience of ['https://api.example.com/v1', 'https://API.example.com/%761/'])
    assert.equal((await api('create', '--audience', audience, '--name', 'Again')).code, 6, audience)
  assert.equal((await api('get', 'https://API.EXAMPLE.COM/v1')).json['audience'], API)
  assert.equal((await api('delete', 'https://API.EXAMPLE.COM:443/v1', '--yes')).json['deleted'], true)
})
