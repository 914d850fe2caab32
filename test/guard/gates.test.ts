import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeGate } from '../../src/core/resources/change-gate.ts'
import { type CreateGate, createGate } from '../../src/core/resources/create-gate.ts'
import { deleteGate } from '../../src/core/resources/delete-gate.ts'
import type { World } from '../../src/core/world.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { eventually } from '../kit/eventually.ts'
import { api, issue, person } from '../kit/house.ts'
import { rawRequest } from '../kit/raw-request.ts'
import { testServer } from '../kit/server.ts'

const gate = (world: World, name: string, more: Partial<CreateGate> = {}) =>
  createGate(world, OPERATOR, { name, ...more })

/** Asks as a proxy does; the path is written into the request line as it is. */
const asking =
  (server: { url: string }, headers: Record<string, string>) =>
  async (path: string, more: Record<string, string> = {}, method = 'GET') =>
    rawRequest(server.url, { method, path: `/forward-auth${path}`, headers: Object.entries({ ...headers, ...more }) })

test('what a gate asks for is checked: scopes, audience, and the credentials its profile accepts', async () => {
  await using server = await testServer()
  const { world } = server
  const user = await person(world)
  await api(server, 'https://x.example')
  await gate(world, 'readers', { scopes: ['read'] })
  await gate(world, 'writers', { scopes: ['read', 'write'] })
  await gate(world, 'orders', { audience: 'https://x.example' })
  await gate(world, 'elsewhere', { audience: 'https://elsewhere.example' })
  await gate(world, 'zebra', { profile: 'zebbra' })
  const [token, pair] = [await issue(world, 'access-token', user), await issue(world, 'user-token', user)]
  const asToken = asking(server, { authorization: `Bearer ${token.presented}` })
  assert.equal((await asToken('/gates/readers')).status, 200)
  assert.equal((await asToken('/gates/writers')).status, 403)
  assert.equal((await asToken('/gates/orders')).status, 200)
  assert.equal((await asToken('/gates/elsewhere')).status, 401)
  assert.equal((await asToken('/gates/zebra')).status, 401)
  const asUser = asking(server, { authorization: `Bearer ${pair.presented}` })
  assert.equal((await asUser('/gates/zebra')).status, 200)
  assert.equal((await asUser('/gates/readers')).status, 403)
  assert.equal((await asToken('/gates/zebra')).body.includes('"detail"'), true, 'refusals read as the profile has them')
})

test('a query at a gate is the data of the caller, whatever it is called, and sets nothing', async () => {
  await using server = await testServer()
  const { world } = server
  const user = await person(world)
  await gate(world, 'orders', { audience: 'https://x.example', scopes: ['read'] })
  const { presented } = await issue(world, 'access-token', user)
  const foreign = asking(server, { authorization: `Bearer ${presented}` })
  const queries = [
    '',
    '?scope=week',
    '?profile=me',
    '?audience=public',
    '?audience=https://other.example&scope=&profile=zebbra',
    '?scope=a&scope=b',
    '?scope[a]=b',
    '?%',
    '?q=100%',
    '?gate=loose&name=loose',
  ]
  for (const query of queries)
    for (const path of ['/gates/orders', '/gates/orders/', '/gates/orders/week/3'])
      assert.equal((await foreign(path + query)).status, 401, `not for this audience: ${path}${query}`)
  await changeGate(world, OPERATOR, { name: 'orders', audience: null })
  for (const query of queries)
    for (const path of ['/gates/orders', '/gates/orders/', '/gates/orders/week/3'])
      assert.equal((await foreign(path + query)).status, 200, path + query)
})

test('no header of the caller chooses a gate or sets what it asks for', async () => {
  await using server = await testServer()
  const { world } = server
  await gate(world, 'strict', { scopes: ['write'] })
  await gate(world, 'loose')
  const { presented } = await issue(world, 'api-key', await person(world))
  const ask = asking(server, { 'x-api-key': presented })
  for (const name of [
    'x-forwarded-uri',
    'x-original-url',
    'x-forwarded-prefix',
    'x-gate',
    'scope',
    'x-scope',
    'x-auth-scopes',
  ])
    for (const value of ['/forward-auth/gates/loose?scope=read', 'write', 'loose'])
      assert.equal((await ask('/gates/strict', { [name]: value })).status, 403, `${name}: ${value}`)
})

test('the name of a gate is the segment as it was sent: never decoded, never a dot segment, never another spelling', async () => {
  await using server = await testServer()
  const { world } = server
  await gate(world, 'orders')
  await gate(world, 'strict', { scopes: ['write'] })
  const { presented } = await issue(world, 'api-key', await person(world))
  const ask = asking(server, { 'x-api-key': presented })
  const unknown = [
    '/gates',
    '/gates/',
    '/gates//orders',
    '/gates/Orders',
    '/gates/or%64ers',
    '/gates/orders%2F',
    '/gates/orders%20',
    '/gates/orders;x',
    '/gates/orders#x',
    '/gates/./orders',
    '/gates/../gates/orders',
    '/gates/%2e/orders',
    '/gates/unknown',
    '/gates/toString',
    '/gates?orders',
  ]
  for (const path of unknown) {
    const answer = await ask(path)
    assert.equal(answer.status, 403, path)
    assert.match(answer.body, /claviger gate (list|create)/, path)
  }
  // No gate is named by these: the defaults hold.
  for (const path of ['/%67ates/strict', '//gates/strict']) assert.equal((await ask(path)).status, 200, path)
  // What follows the name is the path of the caller.
  for (const rest of ['/../orders', '/%2e%2e/orders', '/..%2forders', '/gates/orders', '//orders', '/;/../orders'])
    assert.equal((await ask(`/gates/strict${rest}`)).status, 403, rest)
  for (const rest of ['/../strict', '/%2e%2e/strict', '/gates/strict', '//strict'])
    assert.equal((await ask(`/gates/orders${rest}`)).status, 200, rest)
})

test('a gate that does not exist, or whose dialect is off, is closed, and the log says so once', async () => {
  const lines: string[] = []
  await using server = await testServer({ CLAVIGER_DIALECTS: 'apikey' }, lines)
  const { world } = server
  await gate(world, 'old', { profile: 'zebbra' })
  const { presented } = await issue(world, 'user-token', await person(world))
  const ask = asking(server, { authorization: `Bearer ${presented}` })
  for (let i = 0; i < 3; i++) {
    assert.equal((await ask('/gates/old')).status, 403)
    assert.equal((await ask(`/gates/none-${i}`)).status, 403)
  }
  assert.equal(lines.filter(line => line.includes('CLAVIGER_DIALECTS') && line.includes('"level":40')).length, 1)
  assert.equal(lines.filter(line => line.includes('There is no gate') && line.includes('"level":40')).length, 1)
})

test('a change of a gate, and its end, hold at once in this process and soon in another', async () => {
  await using server = await testServer()
  const { world } = server
  const { presented } = await issue(world, 'api-key', await person(world))
  const ask = async () => (await asking(server, { 'x-api-key': presented })('/gates/orders')).status
  await gate(world, 'orders')
  assert.equal(await ask(), 200)
  await changeGate(world, OPERATOR, { name: 'orders', scopes: ['write'] })
  assert.equal(await ask(), 403)
  await changeGate(world, OPERATOR, { name: 'orders', scopes: [] })
  assert.equal(await ask(), 200)
  await deleteGate(world, OPERATOR, { name: 'orders' })
  assert.equal(await ask(), 403)
  await gate(world, 'orders')
  await eventually(async () => (await ask()) === 200)
})

test('a preflight passes where the gate lets it, known by what the proxy wrote, and nothing else passes with it', async () => {
  await using server = await testServer()
  const { world } = server
  await gate(world, 'checked')
  await gate(world, 'by-method', { preflights: 'pass-by-method' })
  await gate(world, 'by-header', { preflights: 'pass-by-header' })
  const preflight = { origin: 'https://app.example', 'access-control-request-method': 'PUT' }
  const ask = asking(server, preflight)
  const byHeader = { 'x-forwarded-method': 'OPTIONS' }
  assert.equal((await ask('/gates/checked', byHeader, 'OPTIONS')).status, 401)
  assert.equal((await ask('/gates/by-method/x', {}, 'OPTIONS')).status, 200)
  assert.equal((await ask('/gates/by-header/x', byHeader)).status, 200)
  assert.equal((await ask('/gates/by-header', byHeader)).headers.get('x-auth-user'), '', 'it acts for no one')
  // What callers can write makes no preflight of another request.
  assert.equal((await ask('/gates/by-method', byHeader)).status, 401)
  assert.equal((await ask('/gates/by-header', {}, 'OPTIONS')).status, 401)
  assert.equal((await ask('/gates/by-header', { 'x-forwarded-method': 'options' })).status, 401)
  assert.equal((await ask('/gates/by-header', { 'x-forwarded-method': 'OPTIONS, GET' })).status, 401)
  const bare = asking(server, {})
  assert.equal((await bare('/gates/by-method', { origin: 'https://app.example' }, 'OPTIONS')).status, 401)
  assert.equal((await bare('/gates/by-method', { 'access-control-request-method': 'PUT' }, 'OPTIONS')).status, 401)
  const twice = [...Object.entries({ ...preflight, ...byHeader }), ['x-forwarded-method', 'OPTIONS'] as const]
  assert.equal((await rawRequest(server.url, { path: '/forward-auth/gates/by-header', headers: twice })).status, 401)
})

test('a key in the address of the caller is found in what the proxy says, and behind the prefix that Envoy writes', async () => {
  await using server = await testServer({ CLAVIGER_API_KEY_IN_QUERY: 'on' })
  const { world } = server
  await gate(world, 'partners', { profile: 'apikey' })
  const { presented } = await issue(world, 'api-key', await person(world))
  const ask = asking(server, {})
  assert.equal((await ask('/gates/partners', { 'x-forwarded-uri': `/v1/data?api_key=${presented}` })).status, 200)
  assert.equal((await ask('/gates/partners', { 'x-original-uri': `/v1/data?api_key=${presented}` })).status, 200)
  assert.equal((await ask('/gates/partners', { 'x-forwarded-uri': '/v1/data' })).status, 401)
  assert.equal((await ask(`/gates/partners/v1/data?q=100%&api_key=${presented}`)).status, 200)
  assert.equal((await ask('/gates/partners/v1/data')).status, 401)
})
