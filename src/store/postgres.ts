import { setTimeout as wait } from 'node:timers/promises'
import { Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely'
import pg from 'pg'
import { CREDENTIAL_COLUMNS, DatabaseProblem, type Engine, type InsertRows, JOURNAL_COLUMNS } from './engine.ts'
import { closing, isConflict, tooMany } from './outage.ts'
import { journalEnd } from './postgres-journal.ts'
import { CHANNEL, listen } from './postgres-listen.ts'
import { guardPool } from './postgres-pool.ts'
import { openPulse } from './postgres-pulse.ts'
import type { Tables } from './tables.ts'

/** An arbitrary number that no other program uses as a lock. */
const MIGRATION_LOCK = 8_420_2026
const GROUP_SIZE = 1024
/** The largest number of waiting inserts; further callers get an outage at once. */
const MOST_WAITING = 20_000
const MOST_ATTEMPTS = 5
/** int8 is read as a number, because our values stay far below 2^53. */
const INT8 = 20

export async function openPostgres(url: string, { connections = 10, statementSeconds = 10 } = {}): Promise<Engine> {
  const settings = {
    connectionString: url,
    application_name: 'claviger',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    types: {
      getTypeParser: ((oid: number, format?: never) =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as never,
    },
  }
  const pool = new pg.Pool({
    ...settings,
    max: connections,
    // The server ends a statement first. If the server cannot answer, the client ends it.
    statement_timeout: statementSeconds * 1000,
    lock_timeout: statementSeconds * 500,
    idle_in_transaction_session_timeout: statementSeconds * 2000,
    query_timeout: statementSeconds * 1000 + 2000,
  })
  // A lost connection rejects its queries; without a listener its `error` event would end the process.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  const timeline = await probe(pool, url)
  const pulse = openPulse(settings)
  const guarded = guardPool(pool, pulse)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guarded }) })

  type Waiting = { rows: InsertRows; resolve: () => void; reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  let flushing: Promise<void> | undefined
  let closed = false

  function insert(rows: InsertRows): Promise<void> {
    if (closed) return Promise.reject(closing())
    if (waiting.length >= MOST_WAITING) return Promise.reject(tooMany('writes are waiting'))
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
      } catch (error) {
        if (group.length === 1 || !(error instanceof pg.DatabaseError)) {
          // After a lost connection the outcome of the statement is unknown, so the statement is not repeated.
          for (const one of group) one.reject(error)
          continue
        }
        // One invalid row fails the whole statement, so each insert runs alone to find the invalid one.
        await Promise.all(group.map(one => insertTogether([one.rows]).then(one.resolve, one.reject)))
      }
    }
    flushing = undefined
  }

  /** Inserts any number of rows in one statement, and so in one transaction. */
  async function insertTogether(all: InsertRows[]): Promise<void> {
    const credentials = JSON.stringify(all.flatMap(rows => rows.credentials ?? []))
    const journal = JSON.stringify(all.flatMap(rows => rows.journal ?? []))
    const client = await guarded.connect()
    try {
      await client.query(INSERT_TOGETHER, [credentials, journal])
    } finally {
      client.release()
    }
  }

  async function write<T>(work: (tx: Kysely<Tables>) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await db.transaction().execute(work)
      } catch (error) {
        if (!isConflict((error as Error).cause) || attempt === MOST_ATTEMPTS) throw error
        await wait(Math.random() * 20 * attempt)
      }
    }
  }

  const engine: Engine = {
    name: 'postgres',
    db,
    write: work => (closed ? Promise.reject(closing()) : write(work)),
    insert,
    async exclusively(work) {
      // A separate connection without timeouts, because a migration may take long and other processes wait for it.
      const single = new pg.Pool({ ...settings, max: 1 })
      single.on('error', () => {})
      single.on('connect', client => client.on('error', () => {}))
      const alone = guardPool(single, pulse)
      const own = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: alone }) })
      try {
        await own.transaction().execute(async tx => {
          await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(tx)
          await work(tx)
        })
      } finally {
        await alone.end()
      }
    },
    onRevocation: async () => {},
    notify: async tx => void (await sql`select pg_notify(${CHANNEL}, '')`.execute(tx)),
    // now() would return the start of the transaction, which may have waited for a lock since then.
    clock: () => sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    journalEnd: journalEnd(db),
    version: () => Number.NaN,
    timeline,
    async close() {
      if (closed) return
      closed = true
      await flushing
      await ears.close()
      await guarded.end()
      pulse.close()
    },
  }
  const ears = listen(settings, () => engine.onRevocation())
  return engine
}

const columns = (names: readonly string[]): string => names.join(', ')
const INSERT_TOGETHER = `
  with c as (
    insert into credentials (${columns(CREDENTIAL_COLUMNS)})
    select ${columns(CREDENTIAL_COLUMNS)} from json_populate_recordset(null::credentials, $1)
  )
  insert into journal (${columns(JOURNAL_COLUMNS)})
  select ${columns(JOURNAL_COLUMNS)} from json_populate_recordset(null::journal, $2)`

/** The timeline is the first part of the name of a WAL file; a replica writes no WAL file. */
const TIMELINE = `case when pg_is_in_recovery() then 'replica' else substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end`

/** Tests the connection. Returns the expression of the timeline; an empty text if the database does not allow it, as some hosted databases. */
async function probe(pool: pg.Pool, url: string): Promise<RawBuilder<string>> {
  try {
    await pool.query('select 1')
    const tells = await pool.query(`select ${TIMELINE}`).then(
      () => true,
      error => {
        if (error instanceof pg.DatabaseError) return false
        throw error
      },
    )
    return sql.raw(tells ? TIMELINE : "''")
  } catch (error) {
    await pool.end()
    const where = new URL(url)
    throw new DatabaseProblem(
      `PostgreSQL at ${where.host}${where.pathname} does not answer: ${(error as Error).message || (error as NodeJS.ErrnoException).code}. Check CLAVIGER_DATABASE_URL and that the server runs.`,
      'unreachable',
    )
  }
}
