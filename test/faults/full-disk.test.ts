import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { addClient, askTokens, isActive } from '../kit/cast.ts'
import { testServer } from '../kit/server.ts'

/** To SQLite a database that may not grow any more is a full disk: the same error at the same places. */
test('a full disk turns writes away with 503, goes on checking, and is over when there is room again', async () => {
  await using server = await testServer()
  const app = await addClient(server.world)
  const issue = () => askTokens(server.url, app, { grant_type: 'client_credentials' })
  const pages = async (most: number) =>
    server.installation.engine.write(tx => sql`${sql.raw(`pragma max_page_count = ${most}`)}`.execute(tx))

  const kept: string[] = [(await issue()).access_token as string]
  await pages(1) // the least it can be is what is in use
  const answers = []
  for (let i = 0; i < 400 && answers.at(-1)?.status !== 503; i++) {
    answers.push(await issue())
    if (answers.at(-1)?.status === 200) kept.push(answers.at(-1)?.access_token as string)
  }
  const refused = answers.at(-1)
  assert.equal(refused?.status, 503)
  assert.equal(refused?.access_token, undefined)
  assert.ok(answers.every(({ status }) => status === 200 || status === 503))
  assert.equal(await isActive(server.url, app, kept[0]), true)

  await pages(1_000_000)
  const after = await issue()
  assert.equal(after.status, 200)
  for (const token of [...kept, after.access_token]) assert.equal(await isActive(server.url, app, token), true)
})

test('a database held by another process for a moment makes writers wait, and nobody fails', async () => {
  await using server = await testServer()
  const app = await addClient(server.world)
  const { openSqlite } = await import('../../src/store/sqlite.ts')
  const other = openSqlite(`${server.dataDir}/claviger.db`)
  const held = other.write(() => new Promise(done => setTimeout(done, 400)))
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => askTokens(server.url, app, { grant_type: 'client_credentials' })),
  )
  await held
  await other.close()
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
})
