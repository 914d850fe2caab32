import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { METHODS, showPath } from '../../src/http/place.ts'
import { dialectsFor, EVERY_SWITCH } from '../../src/server/dialects.ts'
import { closeBrowser, openPage } from '../kit/browser.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { issue } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Scripts of other origins (Fetch section 3.3): welcome where no cookie counts, with whatever headers their tools add. */

let server: TestServer
before(async () => {
  server = await testServer()
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

const ORIGIN = { origin: 'https://app.example' }
const TOOLS = [
  'x-requested-with',
  'traceparent',
  'tracestate',
  'baggage',
  'sentry-trace',
  'x-api-key',
  'x-my-own_header~1',
]

const preflight = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, {
    method: 'OPTIONS',
    headers: { ...ORIGIN, 'access-control-request-method': 'POST', ...headers },
  })
const listed = (answer: Response, name: string): string[] => answer.headers.get(name)?.split(', ') ?? []

/** Every path of every table, and whether a row there is open to other origins. */
const ROUTES = dialectsFor(EVERY_SWITCH).flatMap(({ routes }) => routes)
const PATHS = [...Map.groupBy(ROUTES, ({ at }) => showPath(at.path))].map(([template, rows]) => ({
  path: template.replaceAll(/:\w+/g, '1').replace('*', 'x'),
  open: rows.some(({ cors }) => cors),
  methods: rows.flatMap(({ at: { methods } }) => (methods === 'any' ? METHODS : methods)),
}))
const OPEN = PATHS.filter(({ open, methods }) => open && !methods.includes('OPTIONS'))

test('a preflight allows the headers that it asks for, at every path that is open to other origins', async () => {
  assert.ok(OPEN.length > 20)
  for (const { path } of OPEN) {
    const answer = await preflight(path, { 'access-control-request-headers': ['Authorization', ...TOOLS].join(',') })
    assert.equal(answer.status, 204, path)
    assert.equal(answer.headers.get('access-control-allow-origin'), '*', path)
    assert.deepEqual(listed(answer, 'access-control-allow-headers'), ['authorization', ...TOOLS], path)
    assert.equal(answer.headers.get('vary'), 'access-control-request-headers', path)
  }
})

test('a list that is too long, and what is no name of a header, are not repeated', async () => {
  const path = '/oauth2/token'
  const allowed = async (asked: string) =>
    listed(await preflight(path, { 'access-control-request-headers': asked }), 'access-control-allow-headers')
  const usual = listed(await preflight(path), 'access-control-allow-headers')
  for (const name of ['authorization', 'content-type', 'x-api-key', 'x-requested-with', 'mcp-protocol-version'])
    assert.ok(usual.includes(name), name)
  assert.deepEqual(await allowed('x-a, x-A ,X-a,x-b'), ['x-a', 'x-b'], 'each once')
  assert.deepEqual(await allowed('x-a, "b", c d, <e>, é, *'), ['x-a', '*'], 'names alone')
  assert.deepEqual(await allowed(''), usual)
  assert.deepEqual(await allowed(', ,'), usual)
  assert.deepEqual(await allowed(`x-a, ${'b'.repeat(101)}`), ['x-a'])
  assert.deepEqual(await allowed(Array.from({ length: 2000 }, (_, i) => `x-${i}`).join(',')), usual)
})

test('nothing is ever open with credentials, and what a cookie opens is not open at all', async () => {
  for (const { path, open, methods } of PATHS) {
    const asked = await preflight(path, { cookie: 'claviger-session=x' })
    assert.equal(asked.headers.get('access-control-allow-credentials'), null, path)
    assert.ok(['*', null].includes(asked.headers.get('access-control-allow-origin')), path)
    if (open || methods.includes('OPTIONS')) continue
    assert.equal(asked.headers.get('access-control-allow-methods'), null, path)
  }
  for (const path of ['/oauth2/authorize', '/login', '/consent', '/console', '/account', '/v1/users', '/v1/session'])
    assert.equal((await preflight(path)).headers.get('access-control-allow-origin'), null, path)
})

test('refusals can be read as well: another method, a body that is too large, a document that is not there', async () => {
  const large = new URLSearchParams({ grant_type: 'x'.repeat(200_000) })
  const cases: [string, RequestInit, number][] = [
    ['/oauth2/token', { method: 'PUT' }, 405],
    ['/oauth2/token', { method: 'POST', body: large }, 413],
    ['/oauth2/token', { method: 'POST' }, 401],
    ['/v1/whoami', {}, 401],
    ['/v1/whoami', { method: 'POST' }, 405],
    ['/.well-known/oauth-protected-resource', {}, 404],
    ['/.well-known/oauth-authorization-server/tenant', {}, 404],
  ]
  for (const [path, init, status] of cases) {
    const answer = await fetch(server.url + path, { ...init, headers: ORIGIN })
    assert.equal(answer.status, status, path)
    assert.equal(answer.headers.get('access-control-allow-origin'), '*', `${path} ${status}`)
    assert.equal(answer.headers.get('access-control-expose-headers'), '*', 'all of them can be read')
  }
})

test('in a real browser a page of another origin calls with its tools, reads why it was refused, and gets no cookie along', async () => {
  const { client, secret = '' } = await addClient(server.world)
  const { presented } = await issue(server.world, 'api-key', await addUser(server.world))
  const site = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>site</p>'))
  await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
  const page = await openPage()
  try {
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
    const ask = (path: string, init: object) =>
      page.evaluate(
        async ([url, options]) => {
          const answer = await fetch(url as string, options as RequestInit).catch(error => String(error))
          if (typeof answer === 'string') return { failed: answer }
          return {
            status: answer.status,
            challenge: answer.headers.get('www-authenticate'),
            id: answer.headers.get('x-request-id'),
          }
        },
        [server.url + path, init] as const,
      )
    const tools = Object.fromEntries(TOOLS.map(name => [name, 'x']))
    const seen = await ask('/v1/whoami', { headers: { ...tools, 'x-api-key': presented } })
    assert.equal(seen.status, 200, JSON.stringify(seen))
    const refused = await ask('/v1/whoami', { headers: { ...tools, 'x-api-key': 'unknown' } })
    assert.match(refused.challenge ?? '', /^Bearer /)
    assert.match(refused.id ?? '', /^\w+$/)
    const body = `grant_type=client_credentials&client_id=${client.id}&client_secret=${secret}`
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    assert.equal((await ask('/oauth2/token', { method: 'POST', body, headers: { ...type, ...tools } })).status, 200)
    assert.match((await ask('/v1/whoami', { credentials: 'include' })).failed ?? '', /Failed to fetch/)
    assert.match((await ask('/v1/users', { headers: tools })).failed ?? '', /Failed to fetch/)
  } finally {
    await page.close()
    site.close()
  }
})
