import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { CREDENTIAL_COLUMNS, DatabaseProblem, type Engine, type InsertRows, JOURNAL_COLUMNS } from './engine.ts'
import type { Tables } from './tables.ts'

/** Any number that nobody else locks. */
const MIGRATION_LOCK = 8_420_2026
const GROUP_SIZE = 1024
/** int8: our numbers stay far below 2^53. */
const INT8 = 20

export async function openPostgres(url: string, { connections = 10, statementSeconds = 10 } = {}): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5000,
    statement_timeout: statementSeconds * 1000,
    types: {
      getTypeParser: ((oid: number, format?: never) =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as never,
    },
  })
  pool.on('error', () => {}) // an idle connection was lost; the pool opens another when one is needed
  await probe(pool, url)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })

  type Waiting = { rows: InsertRows; resolve: () => void; reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  let flushing: Promise<void> | undefined

  function insert(rows: InsertRows): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      waiting.push({ rows, resolve, reject })
      flushing ??= new Promise<void>(done => setImmediate(() => void flush().then(done)))
    })
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.slice(0, GROUP_SIZE)
      waiting = waiting.slice(GROUP_SIZE)
      try {
        await insertTogether(group.map(one => one.rows))
        for (const one of group) one.resolve()
      } catch {
        // One bad row spoils the statement: each on its own tells who is at fault.
        await Promise.all(group.map(one => insertTogether([one.rows]).then(one.resolve, one.reject)))
      }
    }
    flushing = undefined
  }

  /** One statement, hence one transaction, whatever the number of rows. */
  async function insertTogether(all: InsertRows[]): Promise<void> {
    const credentials = JSON.stringify(all.flatMap(rows => rows.credentials ?? []))
    const journal = JSON.stringify(all.flatMap(rows => rows.journal ?? []))
    await pool.query({ name: 'insert-together', text: INSERT_TOGETHER, values: [credentials, journal] })
  }

  return {
    name: 'postgres',
    db,
    write: work => db.transaction().execute(work),
    insert,
    exclusively: work =>
      db.transaction().execute(async tx => {
        await sql`set local statement_timeout = 0`.execute(tx)
        await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(tx)
        await work(tx)
      }),
    onRevocation: async () => {},
    async close() {
      await flushing
      await db.destroy()
    },
  }
}

const columns = (names: readonly string[]): string => names.join(', ')
const INSERT_TOGETHER = `
  with c as (
    insert into credentials (${columns(CREDENTIAL_COLUMNS)})
    select ${columns(CREDENTIAL_COLUMNS)} from json_populate_recordset(null::credentials, $1)
  )
  insert into journal (${columns(JOURNAL_COLUMNS)})
  select ${columns(JOURNAL_COLUMNS)} from json_populate_recordset(null::journal, $2)`

async function probe(pool: pg.Pool, url: string): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    const where = new URL(url)
    throw new DatabaseProblem(
      `PostgreSQL at ${where.host}${where.pathname} does not answer: ${(error as Error).message}. Check CLAVIGER_DATABASE_URL and that the server runs.`,
    )
  }
}
