import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { addClient } from '../kit/cast.ts'
import { asked, type Caller, callerFor, listedFields, ROWS, type Row } from '../kit/every-row.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { heldKeys, usedHeap } from '../kit/watched-collections.ts'

/* What strangers send is bounded in size as well as in number: each field of each row has a longest text. */

const MARK = 'zq'
/** Of its own each time, and far longer than any honest field. */
let made = 0
const oversized = (length: number): string => `${++made}-`.padEnd(length, MARK)
const PLACES = ['query', 'form', 'multipart', 'json'] as const
type Place = (typeof PLACES)[number]

let server: TestServer
before(async () => {
  // Behind a proxy that speaks for callers of other networks: those are counted, this machine is not.
  server = await testServer({ CLAVIGER_LIMITS: 'on', CLAVIGER_TRUST_PROXY: '127.0.0.1' })
})
after(() => server.stop())

function send({ method }: Row, { path, headers, fields }: Caller, place: Place, more: Record<string, string>) {
  const url = place === 'query' ? `${server.url}${path}?${new URLSearchParams(more)}` : server.url + path
  const all = { ...fields, ...(place === 'query' ? {} : more) }
  const init: RequestInit = { method, headers, redirect: 'manual', signal: AbortSignal.timeout(20_000) }
  if (method === 'GET') return fetch(url, init)
  if (place === 'json')
    return fetch(url, {
      ...init,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(more),
    })
  if (place === 'form' || place === 'query') return fetch(url, { ...init, body: new URLSearchParams(all) })
  const body = new FormData()
  for (const [name, value] of Object.entries(all)) body.set(name, value)
  return fetch(url, { ...init, body })
}

/** Which fields this row reads: asked until nothing new is asked for. */
async function fieldsOf(row: Row): Promise<Set<string>> {
  const names = new Set(listedFields(row))
  for (let before = -1; before < names.size; ) {
    before = names.size
    asked.clear()
    for (const place of PLACES) {
      const some = Object.fromEntries([...names].map(name => [name, '1']))
      const answer = await send(row, await callerFor(server, row), place, some)
      await answer.body?.cancel()
    }
    for (const name of asked.keys()) names.add(name)
  }
  return names
}

const marked = (keys: string[]) =>
  keys.filter(key => key.includes(MARK.repeat(10))).map(key => `${key.slice(0, 20)}: ${key.length}`)

const streams = ({ path }: Row) => path === '/v1/feed'

for (const row of ROWS.filter(row => !streams(row)))
  test(`${row.method} ${row.path} refuses each field that is too long, in its own shape, and keeps nothing of it`, async () => {
    for (const name of await fieldsOf(row)) {
      for (const place of row.method === 'GET' ? (['query'] as const) : PLACES) {
        const length = place === 'query' ? 12_000 : 126_000
        const caller = await callerFor(server, row)
        asked.clear()
        const answer = await send(row, caller, place, { [name]: oversized(length) })
        const text = await answer.text()
        const told = `${place} ${name}: ${answer.status} ${text.slice(0, 300)} ${answer.headers.get('location')}`
        assert.ok(answer.status < 500, told)
        assert.ok(!text.includes(MARK.repeat(100)), `repeated what was sent: ${told}`)
        // The language of a page is a wish: one that cannot be read is none.
        if (asked.get(name) !== 'long' || ['lang', 'ui_locales'].includes(name)) continue
        const location = answer.headers.get('location')
        if (location === null) assert.ok(answer.status >= 400, told)
        const said = location === null ? text : decodeURIComponent(location)
        assert.match(said, row.dialect === 'forward-auth' ? /./ : /longer than \d+ characters/, told)
      }
    }
    assert.deepEqual(marked(await heldKeys()), [])
  })

const HEADERS = ['authorization', 'cookie', 'user-agent', 'accept', 'accept-language', 'origin', 'x-api-key']
const OTHERS = ['idempotency-key', 'last-event-id', 'x-forwarded-for', 'x-forwarded-uri', 'content-type']

test('headers as long as they may be are answered at every row, and nothing of them is kept', async () => {
  for (const row of ROWS.filter(row => !streams(row))) {
    const { path, headers } = await callerFor(server, row)
    for (const name of [...HEADERS, ...OTHERS]) {
      const value = { authorization: 'Basic ', cookie: 'claviger-session=clv_ses_' }[name] ?? ''
      const answer = await fetch(server.url + path, {
        method: row.method,
        headers: { ...headers, [name]: value + oversized(12_000) },
        redirect: 'manual',
      })
      const text = await answer.text()
      assert.ok(answer.status < 500, `${name} at ${row.method} ${path}: ${answer.status}`)
      assert.ok(!text.includes(MARK.repeat(1000)), `${name} at ${row.method} ${path}`)
    }
  }
  assert.deepEqual(marked(await heldKeys()), [])
})

test('no row of the database has grown by what strangers sent', async () => {
  await server.world.recorder.flush()
  const { db } = server.installation.engine
  for (const { name, columns } of await db.introspection.getTables())
    for (const column of columns) {
      const longest = sql<number | null>`max(length(${sql.ref(column.name)}))`
      const row = await db
        .selectFrom(name as 'journal')
        .select(longest.as('longest'))
        .executeTakeFirst()
      assert.ok((row?.longest ?? 0) <= 4096, `${name}.${column.name} has a text of ${row?.longest} characters`)
    }
})

test('thousands of long names from one address leave nothing behind in memory', async () => {
  const form = (path: string, i: number, fields: Record<string, string>) =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { 'x-forwarded-for': `203.0.${i % 200}.${i % 250}` },
      body: new URLSearchParams(fields),
    }).then(answer => answer.text())
  const guess = async (i: number) => {
    const client_id = oversized(8000)
    await form('/oauth2/token', i, { grant_type: 'client_credentials', client_id, client_secret: 'x' })
    await form('/oauth/token', i, { grant_type: 'client_credentials', client_id, client_secret: client_id })
  }
  for (let i = 0; i < 200; i++) await guess(i)
  for (let i = 0; i < 20; i++)
    for (const path of ['/token', '/token/new.json']) await form(path, i, { username: oversized(8000), password: 'x' })
  const padding = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`x${i}`, oversized(8000)]))
  const clients = await Promise.all(Array.from({ length: 60 }, () => addClient(server.world)))
  await server.world.recorder.flush()
  const before = usedHeap()
  for (let i = 0; i < 1000; i++) await guess(i)
  // A good name in a long request keeps none of the rest alive.
  for (const { client } of clients) await form('/oauth2/token', 1, { client_id: client.id, ...padding })
  await server.world.recorder.flush()
  const grown = usedHeap() - before
  assert.ok(grown < 4_000_000, `the heap grew by ${grown} bytes`)
  assert.deepEqual(marked(await heldKeys()), [])
})
