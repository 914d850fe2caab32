import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPostgres } from '../../src/store/postgres.ts'
import { startPostgres } from '../kit/postgres.ts'

test('a database that is closed while its connections are still being made closes, every time', async () => {
  await using postgres = await startPostgres()
  const url = await postgres.database()
  for (const turns of [0, 1, 2, 4, 8, 16, 32]) {
    const engine = await openPostgres(url)
    for (let i = 0; i < turns; i++) await new Promise(resolve => setImmediate(resolve))
    await engine.close()
  }
  const engine = await openPostgres(url)
  assert.equal((await engine.db.introspection.getTables()).length, 0)
  await engine.close()
})
