import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { person as staff } from '../kit/admin.ts'
import { authorizeUrl, pkce } from '../kit/cast.ts'
import { type DocumentServer, documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* What staff see of clients that are described by documents, and what they can do: API and command line alike. */

let server: TestServer
let documents: DocumentServer
before(async () => {
  documents = await documentServer()
  server = await testServer(READS_LOOPBACK)
})
after(async () => {
  await server.stop()
  await documents[Symbol.asyncDispose]()
})

const ask = (id: string) =>
  person(server.url).visit(authorizeUrl(id, pkce().challenge, { redirect_uri: 'http://127.0.0.1/callback' }))
const at = (id: string, rest = '') => `/v1/client-documents/${encodeURIComponent(id)}${rest}`
type Event = { what: string; fields: string[]; redirects_added: string[]; name_after: string | null }

test('staff see when a document was read and what changed in it, and let it be read now', async () => {
  const boss = await staff(server, 'boss', 'admin')
  const id = documents.publish('/managed')
  await ask(id)
  documents.publish('/managed', {
    client_name: 'Other',
    redirect_uris: ['http://127.0.0.1/callback', 'https://b.example/cb'],
  })
  const read = async () => (await boss.ask('GET', at(id))).body as { state: string; sentence: string; history: Event[] }
  assert.equal((await read()).state, 'fresh')
  assert.equal((await boss.ask('POST', at(id, '/refresh'))).body['state'], 'fresh')
  documents.publish('/managed', response => response.writeHead(404).end())
  const gone = await boss.ask('POST', at(id, '/refresh'))
  assert.deepEqual([gone.status, gone.body['state']], [200, 'withdrawn'])
  assert.equal((await ask(id)).status, 400)
  documents.down()
  await boss.ask('POST', at(id, '/refresh'))
  const refused = await ask(documents.publish('/managed-unknown'))
  documents.up()
  assert.doesNotMatch(refused.html, /127\.0\.0\.1|closed/, 'strangers learn nothing of the network')
  assert.equal((await read()).state, 'withdrawn')
  documents.publish('/managed', {
    client_name: 'Other',
    redirect_uris: ['http://127.0.0.1/callback', 'https://b.example/cb'],
  })
  await boss.ask('POST', at(id, '/refresh'))
  const { history } = await read()
  assert.deepEqual(
    history.map(({ what }) => what),
    ['there-again', 'withdrawn', 'changed', 'first-read'],
  )
  const change = history[2]
  assert.deepEqual(
    change?.fields.toSorted(),
    ['metadata', 'name', 'redirectUris'].filter(one => change?.fields.includes(one)),
  )
  assert.deepEqual([change?.redirects_added, change?.name_after], [['https://b.example/cb'], 'Other'])
  const listed = await boss.ask('GET', '/v1/client-documents?q=other')
  assert.deepEqual(
    (listed.body['items'] as { client: { id: string } }[]).map(one => one.client.id),
    [id],
  )
})

test('staff read why a document cannot be reached', async () => {
  const boss = await staff(server, 'boss3', 'admin')
  const id = documents.publish('/unreachable')
  await ask(id)
  documents.down()
  const { body } = await boss.ask('POST', at(id, '/refresh'))
  documents.up()
  assert.equal(body['state'], 'unreachable')
  assert.match(
    String(body['sentence']),
    /^The server of the document cannot be reached\. \(127\.0\.0\.1:\d+ cannot be reached/,
  )
})

test('the command line tells and does the same', async () => {
  const id = documents.publish('/commanded')
  await ask(id)
  const run = (...words: string[]) => command([...words, '--json'], { env: { CLAVIGER_DATA_DIR: server.dataDir } })
  const shown = await run('client-document', 'get', id)
  assert.equal(shown.code, 0, shown.stderr)
  assert.deepEqual([shown.json['client_id'], shown.json['state']], [id, 'fresh'])
  const listed = await run('client-document', 'list')
  assert.ok(listed.stdout.includes(id))
  const blocked = await run('app', 'disable', id, '--yes')
  assert.equal(blocked.code, 0, blocked.stderr)
  await server.world.lookups.follow()
  assert.equal((await ask(id)).status, 403)
  const unknown = await run('client-document', 'get', 'https://nowhere.example/x')
  assert.notEqual(unknown.code, 0)
  assert.match(unknown.stderr, /no client document|no application/)
})

test('nobody without the permission sees or reads documents', async () => {
  const id = documents.publish('/private')
  await ask(id)
  const user = await staff(server, 'user')
  for (const [method, path] of [
    ['GET', '/v1/client-documents'],
    ['GET', at(id)],
    ['POST', at(id, '/refresh')],
  ] as const)
    assert.ok([403, 404].includes((await user.ask(method, path)).status), path)
  const app = await (await staff(server, 'boss2', 'admin')).ask('GET', at('clv_cid_nothing'))
  assert.equal(app.status, 404)
})
