import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { bearer, person as signedIn, tokenOf } from '../kit/admin.ts'
import { eventually } from '../kit/eventually.ts'
import { api, person } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* Some resource servers refuse a token whose introspection names no `exp` (optional in RFC 7662 section 2.2). */

type Api = Awaited<ReturnType<typeof api>>
let server: TestServer
let endless: string
let ending: string
let key: string
let strict: Api
let plain: Api

before(async () => {
  server = await testServer()
  const { world } = server
  const user = await person(world)
  const make = async (kind: 'application-token' | 'api-key', expiresAt?: number) => {
    const ask = { kind, userId: user.id, name: kind, scopes: ['read'], ...(expiresAt !== undefined && { expiresAt }) }
    return (await issueKey(world, OPERATOR, ask)).secret
  }
  endless = await make('application-token')
  key = await make('api-key')
  ending = await make('application-token', Date.now() + 600_000)
  strict = await api(server, 'https://strict.example')
  plain = await api(server, 'https://plain.example')
})
after(() => server.stop())

async function ask({ clientId, clientSecret }: Api, path: string, body: URLSearchParams | string) {
  const answer = await fetch(server.url + path, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
      ...(typeof body === 'string' && { 'content-type': 'application/json' }),
    },
    body,
  })
  return (await answer.json()) as { active: boolean; exp?: number; expires_at?: number | null }
}
const introspect = (as: Api, token: string) => ask(as, '/oauth2/introspect', new URLSearchParams({ token }))
const now = () => Math.floor(Date.now() / 1000)
const cli = (...words: string[]) => command(['api', ...words, '--json'], { env: { CLAVIGER_DATA_DIR: server.dataDir } })

test('without the setting a credential without an end has no exp', async () => {
  for (const token of [endless, key]) {
    const answer = await introspect(plain, token)
    assert.deepEqual([answer.active, 'exp' in answer], [true, false])
  }
})

test('an API that asks for it is told an end that moves on each time, and only where there is none', async () => {
  assert.equal(
    (await cli('update', 'https://strict.example', '--rolling-exp', '30d')).json['rolling_exp_seconds'],
    2_592_000,
  )
  await eventually(async () => (await introspect(strict, endless)).exp !== undefined)
  for (const token of [endless, key]) {
    const before = now()
    const { active, exp = 0 } = await introspect(strict, token)
    assert.equal(active, true)
    assert.ok(exp >= before + 2_592_000 && exp <= now() + 2_592_000, String(exp))
  }
  const { exp = 0 } = await introspect(strict, ending)
  assert.ok(exp < now() + 1000)
  assert.equal((await introspect(plain, endless)).exp, undefined)
  // The guard knows what has no end, and needs no date.
  const verified = await ask(strict, '/v1/verify', JSON.stringify({ credential: endless }))
  assert.deepEqual([verified.active, verified.expires_at], [true, null])
  assert.deepEqual(await introspect(strict, 'unknown'), { active: false })
})

test('the setting is made, read, changed and taken away by command and by API; a senseless one is refused', async () => {
  const made = await cli('create', '--audience', 'https://cli.example', '--name', 'C', '--rolling-exp', '1y')
  assert.equal(made.json['rolling_exp_seconds'], 31_536_000)
  const id = String(made.json['client_id'])
  const never = await cli('update', id, '--rolling-exp', 'never', '--name', 'Renamed', '--strict-audience')
  assert.deepEqual(
    [never.json['rolling_exp_seconds'], never.json['name'], never.json['strict_audience']],
    [null, 'Renamed', true],
  )
  assert.equal((await cli('update', id, '--no-strict-audience')).json['strict_audience'], false)
  for (const wrong of ['30', 'soon', '1s', '11y', '-1d', '']) {
    const refused = await cli('update', id, '--rolling-exp', wrong)
    assert.equal(refused.code, 2, wrong)
  }
  assert.equal((await cli('update', 'https://none.example', '--name', 'x')).code, 5)

  const { user } = await signedIn(server, 'boss', 'owner')
  const call = bearer(server, await tokenOf(server, user, ['resources:read', 'resources:write']))
  const path = `/v1/resource-servers/${id}`
  assert.equal((await call('PATCH', path, { rolling_exp_seconds: 3600 })).body['rolling_exp_seconds'], 3600)
  assert.equal((await call('GET', path)).body['rolling_exp_seconds'], 3600)
  assert.equal((await call('PATCH', path, { name: 'Again' })).body['rolling_exp_seconds'], 3600)
  for (const wrong of [0, 59, -1, 1.5, '3600', 1e12])
    assert.equal((await call('PATCH', path, { rolling_exp_seconds: wrong })).status, 400, String(wrong))
  assert.equal((await call('PATCH', path, { rolling_exp_seconds: null })).body['rolling_exp_seconds'], null)
})
