import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { migrate } from '../migrate.ts'
import { openSqlite } from '../sqlite.ts'
import { openStores } from '../stores.ts'
import { storagePromises } from './all.ts'
import type { Opened } from './samples.ts'

async function empty() {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-store-'))
  const address = join(folder, 'claviger.db')
  const remove = async () => rmSync(folder, { recursive: true })
  return { address, open: async () => openSqlite(address), [Symbol.asyncDispose]: remove }
}

async function open(): Promise<Opened & AsyncDisposable> {
  const { address, [Symbol.asyncDispose]: remove } = await empty()
  const again = async () => {
    const engine = openSqlite(address)
    return { engine, stores: openStores(engine) }
  }
  const opened = await again()
  await migrate(opened.engine)
  const close = async () => {
    await opened.engine.close()
    await remove()
  }
  return { ...opened, again, [Symbol.asyncDispose]: close }
}

test('a commit is on the disk before it is answered', async () => {
  await using store = await open()
  const { rows } = await store.engine.write(tx => sql<{ synchronous: number }>`pragma synchronous`.execute(tx))
  assert.equal(rows[0]?.synchronous, 2)
})

storagePromises(open, empty)
