import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { after, before, test } from 'node:test'
import { blockRegistrations } from '../../src/core/clients/registration/block-registrations.ts'
import { changeResource } from '../../src/core/resources/change-resource.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { DAY, HOUR, MINUTE } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { authorizeUrl, pkce } from '../kit/cast.ts'
import { type DocumentServer, documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* A stored document is asked for by its ETag, so that an unchanged one is not sent again (RFC 9110 section 13.1.2). */

const API = 'https://api.example'
let server: TestServer
let documents: DocumentServer
let ahead = 0
before(async () => {
  documents = await documentServer()
  server = await testServer(READS_LOOPBACK)
  const { now } = server.world
  server.world.now = () => now() + ahead
})
after(async () => {
  await server.stop()
  await documents[Symbol.asyncDispose]()
})

const visit = (id: string) =>
  person(server.url).visit(authorizeUrl(id, pkce().challenge, { redirect_uri: 'http://127.0.0.1/callback' }))
const stored = (id: string) => server.world.clientDocuments.byClient(id)
const clientOf = (id: string) => server.world.clients.byId(id)

type Version = { etag?: string; fields?: object; cache?: string; unchanged?: (response: ServerResponse) => void }
/** A document with an ETag. `conditions`: what each request named as the ETag that it knows. */
function versioned(path: string, first: Version) {
  let now = first
  const conditions: (string | undefined)[] = []
  const id = documents.publish(path, response => {
    const condition = response.req.headers['if-none-match']
    conditions.push(condition)
    const { etag, fields, cache, unchanged } = now
    if (cache !== undefined) response.setHeader('cache-control', cache)
    if (etag !== undefined) response.setHeader('etag', etag)
    if (condition !== undefined && unchanged) return unchanged(response)
    if (condition !== undefined && condition === etag) return void response.writeHead(304).end()
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        client_id: id,
        client_name: 'Versioned',
        redirect_uris: ['http://127.0.0.1/callback'],
        ...fields,
      }),
    )
  })
  const publish = (next: Version) => {
    now = next
  }
  return { id, conditions, publish }
}

test('an unchanged document is not sent again, and serves for as long as the answer 304 says', async () => {
  const { id, conditions, publish } = versioned('/unchanged', { etag: '"v1"', cache: 'max-age=600' })
  await visit(id)
  publish({ etag: '"v1"', cache: 'max-age=1200' })
  ahead += 10 * MINUTE
  assert.equal((await visit(id)).status, 200)
  assert.deepEqual(conditions, [undefined, '"v1"'])
  ahead += 19 * MINUTE
  assert.equal((await visit(id)).status, 200)
  assert.equal(conditions.length, 2)
  publish({ etag: '"v1"', cache: 'max-age=999999999' })
  ahead += MINUTE
  await visit(id)
  const found = await stored(id)
  assert.ok(found && found.freshUntil - found.askedAt === DAY, 'the limits of the cache time hold')
  assert.equal((await server.world.journal.list({ clientId: id, event: 'changed' }, { limit: 5 })).items.length, 0)
})

test('a changed document is read, and asked for by its new ETag; without one it is asked for whole', async () => {
  const { id, conditions, publish } = versioned('/changed', { etag: 'W/"v1"' })
  await visit(id)
  publish({ etag: '"v2"', fields: { client_name: 'Renamed' } })
  ahead += HOUR
  await visit(id)
  assert.equal((await clientOf(id))?.name, 'Renamed')
  publish({ fields: { client_name: 'Renamed' } })
  for (const _ of [1, 2]) {
    ahead += HOUR
    await visit(id)
  }
  assert.deepEqual(conditions, [undefined, 'W/"v1"', '"v2"', undefined])
})

test('a document that was gone and comes back unchanged gives access again', async () => {
  const { id, publish } = versioned('/back', { etag: '"v1"' })
  await visit(id)
  publish({ etag: '"v1"', unchanged: response => void response.writeHead(404).end() })
  ahead += HOUR
  assert.equal((await visit(id)).status, 400)
  publish({ etag: '"v1"' })
  assert.equal((await visit(id)).status, 200)
  assert.equal((await stored(id))?.trouble, undefined)
  const { items } = await server.world.journal.list({ clientId: id, event: 'changed' }, { limit: 5 })
  assert.deepEqual(
    items.map(({ detail }) => detail?.['what']),
    ['client document there again', 'client document withdrawn'],
  )
})

test('a confirmed copy serves for a week from its confirmation while its server is down', async () => {
  const { id } = versioned('/confirmed', { etag: '"v1"' })
  await visit(id)
  ahead += 20 * HOUR
  await visit(id)
  documents.down()
  ahead += 6 * DAY + 20 * HOUR
  const { status } = await visit(id)
  documents.up()
  assert.equal(status, 200)
})

test('a day after it was read, a document is read whole: what this server takes from it depends on its own settings', async () => {
  const { id, conditions } = versioned('/whole', { etag: '"v1"', fields: { scope: 'read later' } })
  await createResource(server.world, OPERATOR, { audience: API, name: 'API', scopes: ['read'] })
  await visit(id)
  assert.deepEqual((await clientOf(id))?.scopes, ['read'])
  await changeResource(server.world, OPERATOR, { audience: API, scopes: ['read', 'later'] })
  ahead += 23 * HOUR
  await visit(id)
  ahead += HOUR
  await visit(id)
  assert.deepEqual(conditions, [undefined, '"v1"', undefined])
  assert.deepEqual((await clientOf(id))?.scopes, ['read', 'later'])
})

test('the answer 304 is worth nothing where nothing is stored, nor for another ETag', async () => {
  const bare = documents.publish('/bare', response => void response.writeHead(304, { etag: '"v1"' }).end())
  assert.equal((await visit(bare)).status, 503)
  assert.equal(await clientOf(bare), undefined)
  const { id, publish } = versioned('/other', { etag: '"v1"' })
  await visit(id)
  const read = await stored(id)
  publish({ etag: '"v2"', unchanged: response => void response.writeHead(304).end() })
  ahead += HOUR
  assert.equal((await visit(id)).status, 200, 'the stored copy serves, as in an outage')
  const after = await stored(id)
  assert.deepEqual([after?.trouble?.is, after?.readAt], ['unreachable', read?.readAt])
})

test('an ETag that is long or malformed is not kept, and none is sent to another address', async () => {
  const long = `"${'x'.repeat(198)}"`
  for (const [number, etag] of [long, `"x${long.slice(1)}`, 'v1', '"a", "b"', '"a"b"', '"é"', 'w/"v1"'].entries()) {
    const { id, conditions } = versioned(`/tag/${number}`, { etag })
    await visit(id)
    ahead += HOUR
    assert.equal((await visit(id)).status, 200)
    assert.deepEqual(conditions, [undefined, number === 0 ? etag : undefined], etag)
  }
})

test('a client without a stored document does not wait for the answer to an ETag that it never had', async () => {
  const { documentReader } = server.world
  const { promise: asked, resolve: nowAsked } = Promise.withResolvers<void>()
  const { promise: open, resolve: answer } = Promise.withResolvers<void>()
  const id = documents.publish('/shared', async response => {
    if (response.req.headers['if-none-match'] === undefined) return void response.end('whole')
    nowAsked()
    await open
    response.writeHead(304).end()
  })
  const conditional = documentReader.read(id, '"v1"')
  await asked
  const whole = documentReader.read(id)
  answer()
  const statuses = (await Promise.all([conditional, whole])).map(one => one.is === 'answer' && one.status)
  assert.deepEqual(statuses, [304, 200])
})

test('a host that staff block is refused although its document is unchanged', async () => {
  const redirect_uris = ['http://127.0.0.1/callback', 'https://etag-blocked.example/cb']
  const { id, conditions } = versioned('/blocked', { etag: '"v1"', fields: { redirect_uris } })
  await visit(id)
  await blockRegistrations(server.world, OPERATOR, { subject: 'host', value: 'etag-blocked.example', disable: false })
  ahead += HOUR
  assert.match((await visit(id)).html, /registration-blocked/)
  assert.deepEqual(conditions, [undefined, '"v1"'])
})
