import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DATABASE_FILE } from '../../src/server/settings/master-key.ts'
import { migrate } from '../../src/store/migrate.ts'
import { headOfLog } from '../../src/store/sql/log-incarnation.ts'
import { openSqlite } from '../../src/store/sqlite.ts'

/*
 * The migrations take longer than everything else at the first start of a server, and make the same tables each time: this
 * process runs them once.
 */

let made: Promise<{ tables: Buffer; incarnation: string }> | undefined

/** Puts a database into this folder as the migrations leave it, before anything is stored; its log has a name of its own. */
export async function newDatabase(folder: string): Promise<void> {
  made ??= migrated()
  const { tables, incarnation } = await made
  const own = Buffer.from(tables)
  own.write(randomBytes(incarnation.length / 2).toString('hex'), own.indexOf(incarnation), 'latin1')
  await writeFile(join(folder, DATABASE_FILE), own, { mode: 0o600 })
}

async function migrated() {
  const folder = await mkdtemp(join(tmpdir(), 'claviger-tables-'))
  try {
    const engine = openSqlite(join(folder, DATABASE_FILE))
    await migrate(engine)
    const { incarnation } = await headOfLog(engine)
    await engine.close()
    return { tables: await readFile(join(folder, DATABASE_FILE)), incarnation }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
