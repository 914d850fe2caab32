import { sql } from 'kysely'
import type { Engine } from './engine.ts'

/** Reports the version of the database, its integrity, and the duration of one durable write, for `claviger doctor`. */
export async function examineEngine(engine: Engine): Promise<Examined> {
  const began = performance.now()
  await engine.write(async tx => {
    const value = String(Date.now())
    await tx
      .insertInto('settings')
      .values({ name: 'examined-at', value })
      .onConflict(c => c.column('name').doUpdateSet({ value }))
      .execute()
  })
  const writeMilliseconds = performance.now() - began
  if (engine.name === 'postgres') {
    const { rows } = await sql<{ version: string }>`select version() as version`.execute(engine.db)
    return { version: rows[0]?.version.split(' ').slice(0, 2).join(' ') ?? '', integrity: 'ok', writeMilliseconds }
  }
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(5)`.execute(engine.db)
  return {
    version: `SQLite ${process.versions.sqlite}`,
    integrity: rows.map(row => row.integrity_check).join('; '),
    writeMilliseconds,
  }
}

export type Examined = { version: string; integrity: string; writeMilliseconds: number }
