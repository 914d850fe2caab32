import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { person } from '../../../test/kit/admin.ts'
import { testServer } from '../../../test/kit/server.ts'

const KEY = { 'idempotency-key': 'the-same-key-1' }
const ASK = { kind: 'api_key', name: 'k' }
const keysOf = async (ask: Awaited<ReturnType<typeof person>>['ask']) =>
  (await ask('GET', '/v1/credentials?owner=me&kind=api_key')).body['items'] as unknown[]

test('ten requests with one key at the same moment make one key, and all ten get its secret', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'ada')
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask('POST', '/v1/credentials', ASK, KEY)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    Array(10).fill(201),
  )
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
  assert.equal(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null).length, 1)
  assert.equal((await keysOf(ask)).length, 1)
})

test('a repeat gets the first answer and its Location; another body, another person, another key do not', async () => {
  await using server = await testServer()
  const [ada, bob] = [await person(server, 'ada'), await person(server, 'bob')]
  const first = await ada.ask('POST', '/v1/credentials', ASK, KEY)
  const repeat = await ada.ask('POST', '/v1/credentials', ASK, KEY)
  assert.equal(repeat.text, first.text)
  assert.equal(repeat.headers.get('location'), first.headers.get('location'))
  const mismatch = await ada.ask('POST', '/v1/credentials', { ...ASK, name: 'other' }, KEY)
  assert.equal(mismatch.status, 422)
  assert.equal(mismatch.body['code'], 'idempotency-mismatch')
  assert.notEqual((await bob.ask('POST', '/v1/credentials', ASK, KEY)).text, first.text)
  const other = await ada.ask('POST', '/v1/credentials', ASK, { 'idempotency-key': 'another-key-2' })
  assert.notEqual(other.text, first.text)
  assert.equal((await keysOf(ada.ask)).length, 2)
})

test('a refused request did nothing, so its key is free for the corrected one', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'ada')
  assert.equal((await ask('POST', '/v1/credentials', { ...ASK, expires_at: 1 }, KEY)).status, 400)
  assert.equal((await ask('POST', '/v1/credentials', ASK, KEY)).status, 201)
})

test('when the first request died on its way, its key is never used for a second one', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'ada')
  const { world } = server
  const real = world.credentials.issueTo
  world.credentials.issueTo = () => Promise.reject(new Error('the disk went away'))
  assert.equal((await ask('POST', '/v1/credentials', ASK, KEY)).status, 500)
  world.credentials.issueTo = real
  const clock = world.now
  let asked = 0
  world.now = () => {
    asked++
    return clock() + asked * 3000 // the wait for the first one ends at once
  }
  const again = await ask('POST', '/v1/credentials', ASK, KEY)
  world.now = clock
  assert.equal(again.body['code'], 'state-conflict', again.text)
  assert.equal((await keysOf(ask)).length, 0)
})

test('the stored answer cannot be read from the database, not even with the master key beside it', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'ada')
  const made = await ask('POST', '/v1/credentials', ASK, KEY)
  const secret = made.body['secret'] as string
  for (const file of ['claviger.db', 'claviger.db-wal']) {
    const bytes = readFileSync(join(server.dataDir, file)).toString('latin1')
    assert.equal(bytes.includes(secret), false, file)
    assert.equal(bytes.includes(KEY['idempotency-key']), false, file)
  }
})

test('an Idempotency-Key that says nothing, or stands twice, is refused', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'ada')
  for (const key of ['short', 'x'.repeat(201), 'has spaces in it'])
    assert.equal((await ask('POST', '/v1/credentials', ASK, { 'idempotency-key': key })).status, 400, key)
})
