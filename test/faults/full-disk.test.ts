import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import {
  addClient,
  addUser,
  askTokens,
  giveCode,
  isActive,
  pkce,
  redeem,
  refresh,
  type TokenAnswer,
} from '../kit/cast.ts'
import { testServer } from '../kit/server.ts'

/** To SQLite a database that may not grow any more is a full disk: the same error at the same places. */
test('a full disk turns writes away with 503, goes on checking, and is over when there is room again', async () => {
  await using server = await testServer()
  const [app, user] = [await addClient(server.world), await addUser(server.world)]
  const { verifier, challenge } = pkce()
  const code = await giveCode(server.world, app.client, user, challenge)
  const pages = async (most: number) =>
    server.installation.engine.write(tx => sql`${sql.raw(`pragma max_page_count = ${most}`)}`.execute(tx))

  let last = await redeem(server.url, app, code, verifier)
  const kept = [last.access_token]
  await pages(1) // the least it can be is what is in use
  const answers: TokenAnswer[] = []
  for (let i = 0; i < 400 && answers.at(-1)?.status !== 503; i++) {
    const answer = await refresh(server.url, app, last.refresh_token)
    answers.push(answer)
    if (answer.status !== 200) continue
    last = answer
    kept.push(answer.access_token)
  }
  const refused = answers.at(-1)
  assert.equal(refused?.status, 503)
  assert.equal(refused?.access_token, undefined)
  assert.ok(answers.every(({ status }) => status === 200 || status === 503))
  for (const token of kept) assert.equal(await isActive(server.url, app, token), true)
  const own = await askTokens(server.url, app, { grant_type: 'client_credentials' })
  assert.equal(own.status, 200, 'what is not stored needs no room')

  await pages(1_000_000)
  const after = await refresh(server.url, app, last.refresh_token)
  assert.equal(after.status, 200)
  for (const token of [...kept, own.access_token, after.access_token])
    assert.equal(await isActive(server.url, app, token), true)
})

test('a database held by another process for a moment makes writers wait, and nobody fails', async () => {
  await using server = await testServer()
  const [app, user] = [await addClient(server.world), await addUser(server.world)]
  const { verifier, challenge } = pkce()
  const codes = await Promise.all(Array.from({ length: 20 }, () => giveCode(server.world, app.client, user, challenge)))
  const { openSqlite } = await import('../../src/store/sqlite.ts')
  const other = openSqlite(`${server.dataDir}/claviger.db`)
  const held = other.write(() => new Promise(done => setTimeout(done, 400)))
  const answers = await Promise.all(codes.map(code => redeem(server.url, app, code, verifier)))
  await held
  await other.close()
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
})
