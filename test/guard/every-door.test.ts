import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createGate } from '../../src/core/resources/create-gate.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { issue, person } from '../kit/house.ts'
import { type RawRequest, rawRequest } from '../kit/raw-request.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { DOORS } from './doors.ts'

/* One table of requests, every door, one decision: a checker reads the credential, and nothing else of a request. */

const LARGE = 'x'.repeat(200 * 1024)
const text = (type: string): [string, string] => ['Content-Type', type]

const REQUESTS: Record<string, RawRequest> = {
  plain: { path: '/orders/1' },
  ...Object.fromEntries(
    ['HEAD', 'PROPFIND', 'REPORT', 'LOCK', 'MKCOL', 'PURGE', 'SEARCH', 'M-SEARCH', 'DELETE', 'OPTIONS'].map(method => [
      method,
      { method, path: '/orders/1' },
    ]),
  ),
  ...Object.fromEntries(
    [
      '/caf%E9',
      '/100%',
      '/%zz/%',
      '/%00',
      '/?q=100%',
      '/?q=%E9&q=%',
      '/?scope=week&profile=me&audience=public',
      '/a//b/../c/./d',
      '/%2e%2e/a%2Fb',
      '/a;b=c:d@e!$',
      `/${'long/'.repeat(1600)}`,
      `/?${'a=b&'.repeat(2000)}`,
    ].map(path => [path.slice(0, 40), { path }]),
  ),
  'two lines of X-Forwarded-For': {
    path: '/',
    headers: [
      ['X-Forwarded-For', '203.0.113.9'],
      ['X-Forwarded-For', '198.51.100.7'],
    ],
  },
  'addresses that are none': {
    path: '/',
    headers: [['X-Forwarded-For', 'unknown, _hidden, 203.0.113.9:51234, "[::1%eth0]"']],
  },
  'two lines of X-Forwarded-Uri': {
    path: '/',
    headers: [
      ['X-Forwarded-Uri', '/a?api_key=1'],
      ['X-Forwarded-Uri', '/b%'],
    ],
  },
  'a type that is none': { path: '/', method: 'POST', headers: [text('text')], body: 'x' },
  'a type that is empty': { path: '/', method: 'POST', headers: [text('')], body: 'x' },
  'two types': { path: '/', method: 'POST', headers: [text('text/plain'), text('application/json')], body: '{}' },
  'a type without a body': { path: '/', method: 'POST', headers: [text('application/json')] },
  'JSON that is none': { path: '/', method: 'POST', headers: [text('application/json')], body: '{"a":' },
  'a form that is none': {
    path: '/',
    method: 'POST',
    headers: [text('application/x-www-form-urlencoded')],
    body: 'a=%zz&%',
  },
  'multipart without a boundary': { path: '/', method: 'PUT', headers: [text('multipart/form-data')], body: 'x' },
  'an encoding of its own': { path: '/', method: 'PUT', headers: [['Content-Encoding', 'br']], body: 'x' },
  'a large body': { path: '/', method: 'POST', headers: [text('application/octet-stream')], body: LARGE },
  'a large form': {
    path: '/',
    method: 'POST',
    headers: [text('application/x-www-form-urlencoded')],
    body: `a=${LARGE}`,
  },
  'a large body in chunks': {
    path: '/',
    method: 'PATCH',
    headers: [text('application/json')],
    body: LARGE,
    chunked: true,
  },
  'a body where there is none': { path: '/', method: 'GET', headers: [text('text/plain')], body: LARGE },
  'large headers': { path: '/', headers: [['Cookie', `session=${'c'.repeat(20 * 1024)}`]] },
  'many headers': {
    path: '/',
    headers: Array.from({ length: 90 }, (_, i): [string, string] => [`X-${i}`, 'v'.repeat(200)]),
  },
  'a cookie that cannot be decoded': { path: '/', headers: [['Cookie', 'a=%E0%A4%A; b="; =c']] },
  'a web socket': {
    path: '/live',
    headers: [
      ['Upgrade', 'websocket'],
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ['Sec-WebSocket-Version', '13'],
    ],
  },
}

const CALLERS = ['good', 'narrow', 'unknown', 'nothing'] as const
const DECISION = { good: 200, narrow: 403, unknown: 401, nothing: 401 } as const

async function tryDoor(
  url: string,
  prefix: string,
  credentials: Record<string, string | undefined>,
): Promise<string[]> {
  const wrong: string[] = []
  for (const [name, request] of Object.entries(REQUESTS)) {
    for (const caller of CALLERS) {
      const credential = credentials[caller]
      const headers = [
        ...(request.headers ?? []),
        ...(credential ? [['Authorization', `Bearer ${credential}`] as const] : []),
      ]
      const { status } = await rawRequest(url, { ...request, path: prefix + request.path, headers })
      if (status !== DECISION[caller]) wrong.push(`${name}, ${caller}: ${status}`)
    }
  }
  return wrong
}

async function prepared(server: TestServer) {
  const user = await person(server.world)
  await createGate(server.world, OPERATOR, { name: 'orders', scopes: ['read'] })
  return {
    good: (await issue(server.world, 'access-token', user, ['read'])).presented,
    narrow: (await issue(server.world, 'access-token', user, ['write'])).presented,
    unknown: 'not-a-credential',
    nothing: undefined,
  }
}

test('forward-auth decides by the credential alone, whatever else is in the request', async () => {
  await using server = await testServer()
  const credentials = await prepared(server)
  assert.deepEqual(await tryDoor(server.url, '/forward-auth/gates/orders', credentials), [])
})

for (const [framework, open] of Object.entries(DOORS))
  test(`the guard of ${framework} decides the same of every request as forward-auth`, async () => {
    await using server = await testServer()
    const credentials = await prepared(server)
    const door = await open({ server, scopes: 'read' })
    try {
      assert.deepEqual(await tryDoor(door.url, '', credentials), [])
    } finally {
      await door.close()
    }
  })
