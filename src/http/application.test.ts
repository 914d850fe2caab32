import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../model/refusals/refusal.ts'
import { type AppRow, type Owner, openApplication, type Seen } from './application.ts'
import type { HttpRequest } from './http-request.ts'
import { type On, readOn } from './place.ts'
import { readForm } from './request.ts'

/* HTTP as a function: rows in, answers out, no socket. */

const owner = (name: string, prefixes: string[], more: Partial<Owner> = {}): Owner => ({
  name,
  prefixes,
  refuse: ({ code, facts }) => ({
    status: code === 'not-found' ? 404 : code === 'method-not-allowed' ? 405 : code === 'bug' ? 500 : 400,
    ...(facts.allow && { headers: { allow: facts.allow.join(', ') } }),
    body: { no: code, by: name },
  }),
  headers: { 'x-owner': name },
  ...more,
})
const [home, shop] = [owner('home', ['/']), owner('shop', ['/shop'])]

const row = (on: On, handle: AppRow['handle'], more: Partial<AppRow> = {}): AppRow => ({
  at: readOn(on),
  of: 'home',
  owner: home,
  cors: false,
  headRefused: false,
  handle,
  refuse: (refusal, request) => home.refuse(refusal, request),
  ...more,
})

function application(rows: AppRow[]) {
  const seen: Seen[] = []
  const refused: string[] = []
  let ids = 0
  const { answer, refuse } = openApplication(rows, [home, shop], {
    proxies: [],
    newId: () => `id${++ids}`,
    onRefusal: ({ code }, _request, { template }) => refused.push(`${code} ${template}`),
    onAnswer: (_request, what) => seen.push(what),
  })
  return {
    refuse,
    seen,
    refused,
    ask: (method: string, url: string, more: Sent = {}) => answer(request(method, url, more)),
  }
}

type Sent = { headers?: Record<string, string>; body?: string }
const request = (method: string, url: string, { headers = {}, body = '' }: Sent = {}): HttpRequest => ({
  method,
  url,
  headers: { ...(body && { 'content-length': String(body.length) }), ...headers },
  hasBody: body !== '' || headers['content-length'] !== undefined,
  count: name => (headers[name] === undefined ? 0 : 1),
  peer: '203.0.113.9',
  read: async most => (body.length > most ? undefined : Buffer.from(body)),
})
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

test('a row is found by path and method, reads what was sent, and its answer carries id and headers of its owner', async () => {
  const { ask, seen } = application([
    row(['POST', '/things/:id'], async asked => {
      await asked.load()
      return {
        status: 201,
        headers: { location: '/x' },
        body: { id: asked.params['id'], q: asked.query.one('q'), name: readForm(asked).one('name'), ip: asked.ip },
      }
    }),
  ])
  const answer = await ask('POST', '/things/a%20b?q=1', { headers: FORM, body: 'name=n' })
  assert.deepEqual(answer, {
    status: 201,
    headers: {
      'x-request-id': 'id1',
      'x-owner': 'home',
      location: '/x',
      'content-type': 'application/json; charset=utf-8',
    },
    body: '{"id":"a b","q":"1","name":"n","ip":"203.0.113.9"}',
  })
  const [{ milliseconds, ...rest } = { milliseconds: -1 }] = seen
  assert.deepEqual(rest, { status: 201, by: 'home', template: '/things/:id' })
  assert.ok(milliseconds >= 0)
})

test('where no row answers, the one whose path it is says no; it lists the methods there are', async () => {
  const { ask, refused } = application([
    row(['GET', 'PUT', '/shop/:id'], async () => ({ status: 200 })),
    row(['POST', '/only'], async () => ({ status: 200 })),
    row(['GET', '/quiet'], async () => ({ status: 200 }), { headRefused: true }),
  ])
  const said = async (method: string, url: string) => {
    const { status, headers, body } = await ask(method, url)
    return [status, headers['allow'], JSON.parse(String(body)).by]
  }
  assert.deepEqual(await said('GET', '/nothing'), [404, undefined, 'home'])
  assert.deepEqual(await said('GET', '/shop'), [404, undefined, 'shop'])
  assert.deepEqual(await said('GET', '/shopping'), [404, undefined, 'home'])
  assert.deepEqual(await said('DELETE', '/shop/1'), [405, 'GET, PUT, HEAD', 'home'])
  assert.deepEqual(await said('PROPFIND', '/shop/1'), [405, 'GET, PUT, HEAD', 'home'])
  assert.deepEqual(await said('HEAD', '/only'), [405, 'POST', 'home'])
  assert.deepEqual(await said('HEAD', '/quiet'), [405, 'GET', 'home'])
  assert.equal((await ask('HEAD', '/shop/1')).status, 200)
  assert.equal(refused.length, 7)
  assert.ok(refused.includes('method-not-allowed /shop/:id'))
})

test('what a row throws is an answer in its own words: a refusal as it is, anything else as a bug without its cause', async () => {
  const own = { refuse: ({ code }: Refusal) => ({ status: 418, body: code }) }
  const { ask, refused } = application([
    row(['GET', '/no'], () => Promise.reject(new Refusal('scope-unknown')), own),
    row(['GET', '/bug'], () => Promise.reject(new TypeError('secret 123')), own),
    row(
      ['GET', '/thrown'],
      () => {
        throw new Error('at once')
      },
      own,
    ),
  ])
  assert.deepEqual((await ask('GET', '/no')).body, 'scope-unknown')
  for (const path of ['/bug', '/thrown']) assert.deepEqual((await ask('GET', path)).body, 'bug')
  assert.deepEqual(refused, ['scope-unknown /no', 'bug /bug', 'bug /thrown'])
})

test('of two rows at one place the one with a condition is asked first, and nothing is there when none fits', async () => {
  const browser = (asked: { headers: HttpRequest['headers'] }) => asked.headers['accept'] === 'text/html'
  const page = row(['GET', '/'], async () => ({ status: 200, body: 'page' }), { when: browser })
  const { ask } = application([row(['GET', '/'], async () => ({ status: 200, body: 'data' })), page])
  assert.equal((await ask('GET', '/')).body, 'data')
  assert.equal((await ask('GET', '/', { headers: { accept: 'text/html' } })).body, 'page')
  assert.equal((await application([page]).ask('GET', '/')).status, 404)
})

test('a body that is too large, or of a type that cannot be read, ends the connection; of GET none is read', async () => {
  const { ask, seen } = application([
    row(['POST', 'GET', '/'], async asked => ({ status: 200, body: (await asked.load()).type })),
    row(['ANY', '/gate/*'], async asked => ({ status: 200, body: (await asked.load()).type })),
  ])
  const large = { headers: FORM, body: 'x'.repeat(128 * 1024 + 1) }
  const { status, last } = await ask('POST', '/', large)
  assert.deepEqual([status, last], [400, true])
  assert.deepEqual((await ask('POST', '/', { headers: { 'content-type': 'nonsense' }, body: 'x' })).last, true)
  assert.equal((await ask('GET', '/', large)).body, 'none')
  assert.equal((await ask('POST', '/gate/%zz', large)).body, 'none', 'it belongs to others')
  assert.equal(seen[0]?.template, '/')
})

test('a body is read once, when its row asks for it; what is left of a large one ends the connection', async () => {
  let reads = 0
  const { answer } = openApplication(
    [
      row(['POST', '/twice'], async asked => {
        const [one, other] = await Promise.all([asked.load(), asked.load()])
        return { status: 200, body: String(one === other && asked.body === one) }
      }),
      row(['POST', '/never'], async ({ body }) => ({ status: 200, body: body.type })),
      row(['POST', '/forgets'], async asked => ({ status: 200, body: readForm(asked).names().join() })),
    ],
    [home],
    { proxies: [], newId: () => 'id', onRefusal: () => {}, onAnswer: () => {} },
  )
  const said = async (url: string, body = 'a=1') => {
    const asked = request('POST', url, { headers: FORM, body })
    const {
      status,
      body: text,
      last,
    } = await answer({
      ...asked,
      read(most) {
        reads++
        return asked.read(most)
      },
    })
    return [status, text, last]
  }
  assert.deepEqual(await said('/twice'), [200, 'true', undefined])
  assert.equal(reads, 1)
  assert.deepEqual(await said('/never'), [200, 'later', undefined])
  assert.deepEqual(await said('/never', 'x'.repeat(128 * 1024 + 1)), [200, 'later', true])
  assert.equal((await said('/nothing'))[0], 404)
  assert.equal(reads, 1)
  assert.equal((await said('/forgets'))[0], 500, 'a row that reads what it did not ask for is a bug')
})

test('every form of body is told by its media type, in any letters and with parameters', async () => {
  const { ask } = application([
    row(['POST', '/'], async asked => {
      const body = await asked.load()
      return { status: 200, body: body.type === 'broken' ? body.refusal.code : body.type }
    }),
  ])
  const told = async (type: string | undefined, body = 'a', more: Record<string, string> = {}) =>
    (await ask('POST', '/', { headers: { ...(type !== undefined && { 'content-type': type }), ...more }, body })).body
  assert.equal(await told('Application/X-WWW-Form-Urlencoded; charset=UTF-8'), 'form')
  assert.equal(await told('application/json;charset=utf-8', '{}'), 'json')
  assert.equal(await told('application/vnd.x+json', '[1]'), 'json')
  assert.equal(await told('application/json', '{'), 'request-malformed')
  assert.equal(await told('application/json', ''), 'none')
  assert.equal(await told('text/plain'), 'unread')
  assert.equal(await told(undefined), 'unread')
  assert.equal(await told(undefined, ''), 'none')
  assert.equal(
    await told(
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n',
    ),
    'multipart',
  )
  assert.equal(await told('multipart/form-data; boundary=b', 'none'), 'request-malformed')
  assert.equal(await told('application/x-www-form-urlencoded', 'a=%zz'), 'request-malformed')
  assert.equal(await told('application/json', '{}', { 'content-encoding': 'gzip' }), 'media-type-unsupported')
})

test('multipart is parsed only where a row reads it, and never with very many parts', async () => {
  const part = (i: number) => `--b\r\nContent-Disposition: form-data; name="f${i}"\r\n\r\n1\r\n`
  const body = (parts: number) => `${Array.from({ length: parts }, (_, i) => part(i)).join('')}--b--\r\n`
  const told = async (multipart: boolean, sent: string) => {
    const handle: AppRow['handle'] = async asked => {
      const body = await asked.load()
      return { status: 200, body: body.type === 'broken' ? body.refusal.text : body.type }
    }
    const { ask } = application([row(['POST', '/'], handle, { multipart })])
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    return (await ask('POST', '/', { headers, body: sent })).body
  }
  assert.equal(await told(false, body(1)), 'unread')
  assert.equal(await told(false, 'broken'), 'unread')
  assert.equal(await told(true, body(64)), 'multipart')
  assert.equal(await told(true, body(65)), 'The multipart body has more than 64 parts.')
})

test('HEAD of an answer that goes on ends at once, and lets go of what would have gone on', async () => {
  let cancelled = false
  const stream = () =>
    new ReadableStream<Uint8Array>({
      cancel() {
        cancelled = true
      },
    })
  const { ask } = application([row(['GET', '/feed'], async () => ({ status: 200, stream: stream() }))])
  const { status, body } = await ask('HEAD', '/feed')
  assert.deepEqual([status, cancelled], [200, true])
  assert.equal(await new Response(body as ReadableStream).text(), '')
})

test('browsers of other origins may call where the row allows it, and where nothing is if its owner says so', async () => {
  const { ask } = application([
    row(['GET', '/open'], async () => ({ status: 200 }), { cors: true }),
    row(['GET', '/closed'], async () => ({ status: 200 })),
  ])
  assert.equal((await ask('GET', '/open')).headers['access-control-allow-origin'], '*')
  assert.equal((await ask('GET', '/closed')).headers['access-control-allow-origin'], undefined)
  const preflight = await ask('OPTIONS', '/open')
  assert.deepEqual([preflight.status, preflight.headers['access-control-allow-methods']], [204, 'GET, HEAD'])
  assert.equal((await ask('OPTIONS', '/closed')).status, 405)
})

test('what was no request is refused by the owner of the path that could be seen, and ends the connection', () => {
  const { refuse, seen } = application([])
  const answer = refuse(new Refusal('request-malformed'), request('GET', '/shop/x?y'))
  assert.deepEqual([answer.status, answer.headers['x-owner'], answer.last], [400, 'shop', true])
  assert.equal(seen[0]?.unread?.code, 'request-malformed')
})
