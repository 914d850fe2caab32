import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import { DatabaseProblem } from './engine.ts'
import { asOutage } from './outage.ts'
import type { Tables } from './tables.ts'

/** Older libraries could corrupt WAL databases (sqlite.org/wal.html, fixed in 3.51.3). */
const OLDEST_SAFE = [3, 51, 3] as const
/** A full check reads the whole file, so for larger files only `claviger doctor` runs it. */
const CHECKED_AT_START = 64 * 1024 * 1024
const OPEN_WAIT = 5000

/** Opens a database file and checks it if it is small. Only the owner can read a new file. */
export function openFile(path: string): { writer: DatabaseSync; reader: DatabaseSync } {
  const existed = existsSync(path)
  const writer = connect(path)
  checkLibrary(writer)
  if (existed && statSync(path).size <= CHECKED_AT_START) checkFile(writer, path)
  // A second connection for reading, which sees only committed data and never waits for a commit.
  const reader = connect(path)
  reader.exec('pragma query_only = 1')
  // The writer waits in turns of the event loop instead, so that other requests continue.
  writer.exec('pragma busy_timeout = 0')
  return { writer, reader }
}

function connect(path: string): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    closeSync(openSync(path, 'a', 0o600))
    database = new DatabaseSync(path, { timeout: OPEN_WAIT })
    // FULL: a commit is on the disk before it is answered. The WAL is checkpointed every 16 MB and truncated when it has grown.
    database.exec(
      `pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -32768;
       pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 67108864`,
    )
  } catch (error) {
    database?.close()
    const { syscall, code } = error as NodeJS.ErrnoException
    if (syscall === 'open')
      throw new DatabaseProblem(
        `The database file ${path} cannot be opened (${code}). Its folder must exist and this user must be allowed to write there; CLAVIGER_DATABASE_URL and CLAVIGER_DATA_DIR say where it is.`,
        'misplaced',
      )
    throw new DatabaseProblem(
      `The database ${path} cannot be opened: ${(error as Error).message}. Restore it from a backup, or move it away to start anew.`,
    )
  }
  return database
}

function checkLibrary(database: DatabaseSync): void {
  const { version } = database.prepare('select sqlite_version() as version').get() as { version: string }
  const parts = version.split('.').map(Number)
  const difference = OLDEST_SAFE.map((least, i) => (parts[i] ?? 0) - least).find(d => d !== 0) ?? 0
  if (difference < 0) {
    throw new DatabaseProblem(
      `This Node.js brings SQLite ${version}, which can corrupt databases; use a Node.js with SQLite ${OLDEST_SAFE.join('.')} or newer.`,
    )
  }
}

function checkFile(database: DatabaseSync, path: string): void {
  const answer = quickCheck(database)
  if (answer === 'ok') return
  database.close()
  throw new DatabaseProblem(
    `The database ${path} is damaged (${answer}). Restore it from a backup, or move it away to start anew.`,
  )
}

function quickCheck(database: DatabaseSync): string {
  try {
    const [row] = database.prepare('pragma quick_check(1)').all() as { quick_check: string }[]
    return row?.quick_check ?? 'no answer'
  } catch (error) {
    return (error as Error).message
  }
}

/**
 * Kysely's SQLite dialect expects another driver, so this adapts the part of the driver's interface that the dialect
 * uses.
 */
export function kyselyOver(database: DatabaseSync): Kysely<Tables> {
  const statements = new Map<string, StatementSync>()
  const prepare = (text: string): StatementSync => {
    const known = statements.get(text)
    if (known) return known
    const statement = database.prepare(text)
    if (statements.size >= 500) statements.clear()
    statements.set(text, statement)
    return statement
  }
  return new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: {
        close: () => {},
        prepare(text) {
          const statement = asking(() => prepare(text))
          const inputs = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
          return {
            reader: statement.columns().length > 0,
            all: parameters => asking(() => statement.all(...inputs(parameters))),
            run: parameters => asking(() => statement.run(...inputs(parameters))),
            iterate: parameters => statement.iterate(...inputs(parameters)) as IterableIterator<unknown>,
          }
        },
      },
    }),
  })
}

function asking<T>(ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    throw asOutage(error)
  }
}
