import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pino } from 'pino'
import type { HttpRequest } from '../../src/http/http-request.ts'
import { METHODS } from '../../src/http/place.ts'
import { dialectsFor, EVERY_SWITCH } from '../../src/server/dialects.ts'
import { mount } from '../../src/server/mount.ts'
import { callerFor, ROWS, type Row } from '../kit/every-row.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* A body costs nothing before it is known that it is wanted: counted are the times that one is read. */

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.stop())

const BODY = Buffer.from(`--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${'x'.repeat(128_000)}\r\n--b--\r\n`)

/** How often its body was read, and the status. */
async function readsOf(method: string, url: string, more: Record<string, string> = {}): Promise<[number, number]> {
  let reads = 0
  const headers: Record<string, string> = {
    host: 'x',
    'content-type': 'multipart/form-data; boundary=b',
    'content-length': String(BODY.length),
    ...more,
  }
  const request: HttpRequest = {
    method,
    url,
    headers,
    hasBody: true,
    count: name => (headers[name] === undefined ? 0 : 1),
    peer: '203.0.113.7',
    async read() {
      reads++
      return BODY
    },
  }
  const application = mount(server.world, dialectsFor(EVERY_SWITCH), pino({ level: 'silent' }))
  const { status } = await application.answer(request)
  return [reads, status]
}

const filled = ({ segments }: Row): string =>
  `/${segments
    .map(part => {
      if (typeof part === 'string') return part
      return 'rest' in part ? 'x' : (part.only === 'digits' ? '1' : 'x'.repeat(part.length ?? 1)) + (part.end ?? '')
    })
    .join('/')}`

test('of a caller without a proof no body is read where the proof stands in the headers', async () => {
  // Their clients and forms prove themselves in the body, or anyone may send one.
  const inBody =
    /^\/(oauth2?\/|login|register|auth\/register|setup|token|auth\/token|consent|device|api\/v1\/apps$|logout|auth\/logout)/
  const rows = ROWS.filter(({ path }) => !inBody.test(path))
  assert.ok(rows.filter(({ method }) => method !== 'GET').length > 60)
  const wrong: string[] = []
  for (const row of rows) {
    const [reads] = await readsOf(row.method, filled(row))
    if (reads > 0) wrong.push(`${row.method} ${row.path}`)
  }
  assert.deepEqual(wrong, [])
})

test('a row that wants no body reads none, also of a caller who proved who it is', async () => {
  const wanted = [
    'POST /api/v1/tokens/:id/invalidate',
    'DELETE /api/v1/apps/:id',
    'POST /user/otp/create',
    'POST /user/otp/validate',
    'POST /workspace/inviteCode',
    'POST /model/add',
    'DELETE /user',
  ]
  const rows = ROWS.filter(({ method, path }) => wanted.includes(`${method} ${path}`))
  assert.equal(rows.length, wanted.length)
  for (const row of rows) {
    const { path, headers } = await callerFor(server, row)
    const [reads, status] = await readsOf(row.method, path, headers)
    assert.equal(reads, 0, row.path)
    assert.ok(status !== 401, `${row.path}: ${status}`)
  }
})

test('where nothing is, where another method is answered, and where a proxy asks, no body is read', async () => {
  for (const method of METHODS) {
    assert.deepEqual(await readsOf(method, '/v1/nothing'), [0, 404], method)
    assert.equal((await readsOf(method, '/forward-auth'))[0], 0, method)
  }
  assert.deepEqual(await readsOf('PUT', '/oauth2/token'), [0, 405])
})

test('a row that reads a body reads it once, also where its condition, its caller and the row itself want it', async () => {
  for (const path of ['/oauth2/token', '/oauth/token', '/register', '/token', '/token/new.json', '/login'])
    assert.equal((await readsOf('POST', path))[0], 1, path)
})
