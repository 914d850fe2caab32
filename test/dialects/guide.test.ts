import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { rotateKey } from '../../src/core/credentials/rotate-key.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { type Api, shells } from '../guard/shells.ts'
import { eventually } from '../kit/eventually.ts'
import { api, application, issue, person } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The behaviours of the generic guide. Its protected data is somebody's API behind a guard. */

let server: TestServer
let client: { id: string; secret: string }
before(async () => {
  server = await testServer()
  const made = await application(server.world)
  client = { id: made.client.id, secret: made.secret }
})
after(() => server[Symbol.asyncDispose]())

const node = (options: GuardOptions): Promise<Api> => (shells['node'] as (typeof shells)[string])(options)
async function post(fields: Record<string, string>, headers: Record<string, string> = {}, query = '') {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...fields })
  const answer = await fetch(`${server.url}/oauth2/token${query}`, { method: 'POST', body, headers })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}
const basic = (id: string, secret: string) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` })

test('GE-01: the request of the guide gets a token with its type and its life', async () => {
  const { status, text, headers } = await post({ client_id: client.id, client_secret: client.secret })
  assert.equal(status, 200)
  const { access_token, ...rest } = JSON.parse(text) as Record<string, unknown>
  assert.equal(typeof access_token, 'string')
  assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 3600, scope: 'read write' })
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.equal(headers.get('pragma'), 'no-cache')
  assert.match(headers.get('content-type') ?? '', /^application\/json/)
})

test('GE-02: a wrong secret and an unknown client get byte-identical answers', async () => {
  const wrong = await post({ client_id: client.id, client_secret: 'wrong' })
  const unknown = await post({ client_id: 'nobody', client_secret: 'wrong' })
  assert.equal(wrong.status, 401)
  assert.match(wrong.text, /"invalid_client"/)
  assert.deepEqual([wrong.status, wrong.text], [unknown.status, unknown.text])
})

test('GE-03: the same proof by Basic passes; both at once do not', async () => {
  assert.equal((await post({}, basic(client.id, client.secret))).status, 200)
  const both = await post({ client_id: client.id, client_secret: client.secret }, basic(client.id, client.secret))
  assert.equal(both.status, 400)
  assert.match(both.text, /"invalid_request"/)
})

test('GE-04: a secret in the address of the token endpoint is not read', async () => {
  const answer = await post({}, {}, `?client_id=${client.id}&client_secret=${client.secret}`)
  assert.equal(answer.status, 401)
})

test('GE-05: a token opens GET /v1/users; an expired one is refused as invalid', async () => {
  const admin = await createUser(server.world, OPERATOR, { handle: 'root', role: 'admin' })
  const made = await issue(server.world, 'application-token', admin, ['users:read'])
  const ask = (token: string) => fetch(`${server.url}/v1/users`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal((await ask(made.presented)).status, 200)

  const { secret } = await issueKey(server.world, OPERATOR, {
    kind: 'application-token',
    userId: admin.id,
    name: 'short',
    scopes: ['users:read'],
    expiresAt: Date.now() + 50,
  })
  await eventually(async () => {
    const answer = await ask(secret)
    return answer.status === 401 && /invalid_token/.test(answer.headers.get('www-authenticate') ?? '')
  })
})

test('GE-06: X-API-Key opens a guarded route in any letter case of its name', async () => {
  const guarded = await node({ server, profile: 'apikey', scopes: 'read' })
  const { presented } = await issue(server.world, 'api-key', await person(server.world, 'ge6'))
  for (const name of ['X-API-Key', 'x-api-key', 'X-Api-KEY'])
    assert.equal((await fetch(guarded.url, { headers: { [name]: presented } })).status, 200, name)
  await guarded.close()
})

test('a missing key, a bad one and one without the permission are 401, 401 and 403, and say which header is wanted', async () => {
  const guarded = await node({ server, profile: 'apikey', scopes: 'write' })
  const { presented } = await issue(server.world, 'api-key', await person(server.world, 'ge0'))
  const ask = async (headers: Record<string, string>) => {
    const answer = await fetch(guarded.url, { headers })
    const { error } = (await answer.json()) as { error?: string }
    return [answer.status, error, answer.headers.get('www-authenticate')?.split(', error_description')[0]]
  }
  assert.deepEqual(await ask({}), [401, undefined, 'ApiKey realm="api", header="X-API-Key"'])
  assert.deepEqual(await ask({ 'x-api-key': 'bad' }), [
    401,
    'invalid_api_key',
    'ApiKey realm="api", header="X-API-Key", error="invalid_token"',
  ])
  assert.deepEqual((await ask({ 'x-api-key': presented })).slice(0, 2), [403, 'insufficient_scope'])
  await guarded.close()
})

test('GE-07: a key in the address works where the operator allows it, and nowhere else', async () => {
  for (const [settings, status] of [
    [{}, 200],
    [{ CLAVIGER_API_KEY_IN_QUERY: 'off' }, 401],
    [{ CLAVIGER_DIALECTS: 'zocial' }, 401],
  ] as const) {
    await using installation = await testServer(settings)
    const { presented } = await issue(installation.world, 'api-key', await person(installation.world))
    const whoami = await fetch(`${installation.url}/v1/whoami?api_key=${presented}`)
    assert.equal(whoami.status, status)
    assert.equal(whoami.headers.get('cache-control'), 'no-store')
    for (const connection of [{ server: installation }, await api(installation)]) {
      const guarded = await node({ ...connection, apiKeyParameter: 'api_key' })
      // A key that the guard already knows from a header is not let in by the address for that.
      assert.equal((await fetch(guarded.url, { headers: { 'x-api-key': presented } })).status, 200)
      const answer = await fetch(`${guarded.url}?api_key=${presented}`)
      assert.equal(answer.status, status)
      if (status === 200) assert.equal(answer.headers.get('referrer-policy'), 'no-referrer')
      await guarded.close()
    }
  }
})

test('GE-07: the parameter may have another name', async () => {
  await using installation = await testServer({ CLAVIGER_API_KEY_PARAMETER: 'key' })
  const { presented } = await issue(installation.world, 'api-key', await person(installation.world))
  assert.equal((await fetch(`${installation.url}/v1/whoami?key=${presented}`)).status, 200)
  assert.equal((await fetch(`${installation.url}/v1/whoami?api_key=${presented}`)).status, 401)
})

test('GE-08: a rotated key works until its grace period ends, at a far guard that remembered it, too', async () => {
  const guarded = await node({ ...(await api(server)), profile: 'apikey' })
  const old = await issue(server.world, 'api-key', await person(server.world, 'ge8'))
  const status = async (key: string) => (await fetch(guarded.url, { headers: { 'x-api-key': key } })).status
  for (let i = 0; i < 5; i++) assert.equal(await status(old.presented), 200)
  const next = await rotateKey(server.world, OPERATOR, { credentialId: old.credentialId, overlapSeconds: 2 })
  assert.equal(await status(next.secret), 200)
  assert.equal(await status(old.presented), 200)
  await eventually(async () => (await status(old.presented)) === 401)
  assert.equal(await status(next.secret), 200)
  await guarded.close()
})
