import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anonymous, person } from '../../../../test/kit/admin.ts'
import { testServer } from '../../../../test/kit/server.ts'

type Made = {
  client: { id: string; source: string; owner: { id: string }; scopes: string[]; redirect_uris: string[] }
  client_secret: string
}
const made = (body: unknown) => body as Made

/** What SECURITY 136 to 147 call for: the same rules at making and at changing. */
const UNFIT: [string, Record<string, unknown>][] = [
  ['javascript', { redirect_uris: ['javascript:alert(1)'] }],
  ['data', { redirect_uris: ['data:text/html,x'] }],
  ['plain http', { redirect_uris: ['http://app.example/cb'] }],
  ['fragment', { redirect_uris: ['https://app.example/cb#x'] }],
  ['wildcard', { redirect_uris: ['https://*.example/cb'] }],
  ['user info', { redirect_uris: ['https://good.example@evil.example/cb'] }],
  ['dot segments', { redirect_uris: ['https://app.example/a/../cb'] }],
  ['relative', { redirect_uris: ['/cb'] }],
  ['out-of-band', { redirect_uris: ['urn:ietf:wg:oauth:2.0:oob'] }],
  ['a very long address', { redirect_uris: [`https://app.example/${'a'.repeat(2000)}`] }],
  ['many addresses', { redirect_uris: Array.from({ length: 101 }, (_, i) => `https://app.example/${i}`) }],
  ['a name that turns direction', { name: 'Bank\u202Eknab' }],
  ['a name with a line break', { name: 'Bank\nApp' }],
  ['an empty name', { name: '  ' }],
  ['a very long name', { name: 'x'.repeat(100_000) }],
  ['a scope that is none', { scopes: ['read write'] }],
  ['a grant that does not exist', { grant_types: ['password'] }],
  ['a management scope', { scopes: ['users'] }],
  ['part of one', { scopes: ['credentials:read'] }],
  ['the admin scope of APIs', { scopes: ['admin:write'] }],
  ['a policy', { policy: { access_token_seconds: null } }],
]

test('a developer registers an application that is theirs; unfit registrations are refused at making and at changing', async () => {
  await using server = await testServer()
  const { ask, user } = await person(server, 'dev')
  const first = await ask('POST', '/v1/clients', {
    name: 'App',
    redirect_uris: ['https://app.example/cb'],
    scopes: ['read'],
  })
  assert.equal(first.status, 201)
  const { client } = made(first.body)
  assert.deepEqual([client.source, client.owner.id], ['portal', user.id])
  assert.equal(first.headers.get('location'), `/v1/clients/${client.id}`)
  for (const [what, fields] of UNFIT) {
    const fresh = await ask('POST', '/v1/clients', { name: 'App', ...fields })
    const later = await ask('PATCH', `/v1/clients/${client.id}`, fields)
    assert.ok([400, 403].includes(fresh.status), `${what} at making: ${fresh.status} ${fresh.text}`)
    assert.ok([400, 403].includes(later.status), `${what} at changing: ${later.status} ${later.text}`)
  }
  assert.deepEqual(made({ client: (await ask('GET', `/v1/clients/${client.id}`)).body }).client.scopes, ['read'])
  assert.equal(((await ask('GET', '/v1/clients?owner=me')).body['items'] as unknown[]).length, 1)
})

test('a secret is in the answer that makes it and in no other; rotating keeps the old one for the overlap', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'dev')
  const { client, client_secret } = made((await ask('POST', '/v1/clients', { name: 'App' })).body)
  const token = (secret: string) =>
    fetch(`${server.url}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client.id, client_secret: secret }),
    }).then(({ status }) => status)
  for (const path of ['/v1/clients?owner=me', `/v1/clients/${client.id}`, `/v1/clients/${client.id}/secrets`])
    assert.equal((await ask('GET', path)).text.includes(client_secret), false, path)
  const rotated = await ask('POST', `/v1/clients/${client.id}/secrets`, { overlap_seconds: 600 })
  assert.equal(rotated.status, 201)
  const next = rotated.body['client_secret'] as string
  assert.deepEqual([await token(client_secret), await token(next)], [200, 200])
  await ask('POST', `/v1/clients/${client.id}/secrets`, { overlap_seconds: 0 })
  assert.deepEqual([await token(client_secret), await token(next)], [401, 401])
})

test('what is deleted or disabled stops at once: its tokens, its secrets', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'dev')
  const { client, client_secret } = made((await ask('POST', '/v1/clients', { name: 'App', scopes: ['read'] })).body)
  const answer = await fetch(`${server.url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client.id, client_secret }),
  })
  const { access_token } = (await answer.json()) as { access_token: string }
  const whoami = () =>
    fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${access_token}` } }).then(
      ({ status }) => status,
    )
  assert.equal(await whoami(), 200)
  await ask('PATCH', `/v1/clients/${client.id}`, { active: false })
  assert.notEqual(await whoami(), 200)
  await ask('PATCH', `/v1/clients/${client.id}`, { active: true })
  assert.equal(await whoami(), 200)
  assert.equal((await ask('DELETE', `/v1/clients/${client.id}`)).status, 200)
  assert.equal(await whoami(), 401)
  assert.equal((await ask('GET', `/v1/clients/${client.id}`)).status, 404)
})

test('a person may not register applications without end', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'dev')
  for (let i = 0; i < 100; i++) assert.equal((await ask('POST', '/v1/clients', { name: `App ${i}` })).status, 201)
  assert.equal((await ask('POST', '/v1/clients', { name: 'One more' })).body['code'], 'state-conflict')
  assert.equal((await anonymous(server)('POST', '/v1/clients', { name: 'App' })).status, 401)
})

test('what belongs to somebody else is not found, whatever is asked of it', async () => {
  await using server = await testServer()
  const [eve, dev] = [await person(server, 'eve'), await person(server, 'dev')]
  const { client } = made((await eve.ask('POST', '/v1/clients', { name: 'App' })).body)
  const key = (await eve.ask('POST', '/v1/credentials', { kind: 'api_key', name: 'k' })).body['credential'] as {
    id: string
  }
  const paths: [string, string, unknown?][] = [
    ['GET', `/v1/clients/${client.id}`],
    ['PATCH', `/v1/clients/${client.id}`, { name: 'Mine' }],
    ['DELETE', `/v1/clients/${client.id}`],
    ['POST', `/v1/clients/${client.id}/secrets`, {}],
    ['GET', `/v1/clients/${client.id}/secrets`],
    ['GET', `/v1/clients/${client.id}/impact`],
    ['GET', `/v1/credentials/${key.id}`],
    ['POST', `/v1/credentials/${key.id}/revoke`],
    ['POST', `/v1/credentials/${key.id}/rotate`, {}],
    ['POST', '/v1/credentials/revoke', { ids: [key.id] }],
    ['POST', '/v1/credentials/revoke', { client_id: client.id }],
    ['GET', `/v1/users/${eve.user.id}`],
    ['PATCH', `/v1/users/${eve.user.id}`, { first_name: 'Mallory' }],
    ['POST', `/v1/users/${eve.user.id}/password`, { password: 'correct horse' }],
  ]
  for (const [method, path, body] of paths) {
    const foreign = await dev.ask(method, path, body)
    assert.equal(foreign.status, 404, `${method} ${path}`)
    const missing = path
      .replace(client.id, 'nothing')
      .replace(key.id, '0'.repeat(24))
      .replace(eve.user.id, '0'.repeat(24))
    const nobody = await dev.ask(
      method,
      missing,
      body && JSON.parse(JSON.stringify(body).replace(key.id, '0'.repeat(24)).replace(client.id, 'nothing')),
    )
    const { request_id: _a, ...one } = foreign.body
    const { request_id: _b, ...other } = nobody.body
    // Each repeats what it was asked for.
    const unnamed = (body: object) => ({ ...body, detail: String(Object(body).detail).replace(/".*"/, '') })
    assert.deepEqual(unnamed(one), unnamed(other), `${method} ${path} says no more than that of nothing`)
  }
})
