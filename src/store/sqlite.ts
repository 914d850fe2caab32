import { existsSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import {
  CREDENTIAL_COLUMNS,
  DatabaseProblem,
  type Engine,
  type InsertRows,
  JOURNAL_COLUMNS,
  type Transaction,
} from './engine.ts'
import type { Tables } from './tables.ts'

/** The most jobs that share one commit; bounds how long one transaction holds the file. */
const GROUP_SIZE = 512
/** WAL databases written by older libraries could be corrupted (sqlite.org/wal.html, fixed in 3.51.3). */
const OLDEST_SAFE = [3, 51, 3] as const

export function openSqlite(path: string): Engine {
  const existed = path !== ':memory:' && existsSync(path)
  const writer = connect(path)
  checkLibrary(writer)
  checkFile(writer, path, existed)
  // An in-memory database lives in one connection; a file gets a second one, so that readers never wait for a commit.
  const reader = path === ':memory:' ? writer : connect(path)
  const tx = kyselyOver(writer)
  const db = reader === writer ? tx : kyselyOver(reader)

  const insertCredential = lazily(writer, insertStatement('credentials', CREDENTIAL_COLUMNS))
  const insertJournal = lazily(writer, insertStatement('journal', JOURNAL_COLUMNS))

  let queue: Job[] = []
  let draining: Promise<void> | undefined
  let closed = false

  function enqueue<T>(work: (tx: Transaction) => Promise<T> | T): Promise<T> {
    if (closed) return Promise.reject(new Error('the database is closed'))
    return new Promise<T>((resolve, reject) => {
      queue.push({ work, resolve: resolve as (value: unknown) => void, reject })
      draining ??= new Promise<void>(done => setImmediate(() => void drain().then(done)))
    })
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const group = queue.slice(0, GROUP_SIZE)
      queue = queue.slice(GROUP_SIZE)
      await commit(group)
    }
    draining = undefined
  }

  /** One transaction for the whole group; a job that fails is undone by itself and takes nobody along. */
  async function commit(group: Job[]): Promise<void> {
    const settled: (() => void)[] = []
    try {
      writer.exec('begin immediate')
      for (const job of group) {
        writer.exec('savepoint job')
        try {
          const value = await job.work(tx)
          settled.push(() => job.resolve(value))
        } catch (error) {
          writer.exec('rollback to job')
          settled.push(() => job.reject(error))
        }
        writer.exec('release job')
      }
      writer.exec('commit')
    } catch (error) {
      if (writer.isTransaction) writer.exec('rollback')
      for (const job of group) job.reject(error)
      return
    }
    for (const settle of settled) settle()
  }

  function insertNow(rows: InsertRows): void {
    for (const row of rows.credentials ?? []) insertCredential().run(...values(row, CREDENTIAL_COLUMNS))
    for (const row of rows.journal ?? []) insertJournal().run(...values(row, JOURNAL_COLUMNS))
  }

  return {
    name: 'sqlite',
    db,
    write: enqueue,
    insert: rows => enqueue(() => insertNow(rows)),
    exclusively: work => enqueue(work),
    onRevocation: async () => {},
    async close() {
      closed = true
      await draining
      if (reader !== writer) reader.close()
      writer.close()
    },
  }
}

type Job = { work: (tx: Transaction) => unknown; resolve: (value: unknown) => void; reject: (error: unknown) => void }

function connect(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 })
  try {
    // FULL: a commit is on the disk before anybody is told. The WAL is checkpointed as it grows.
    database.exec(
      'pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -65536',
    )
  } catch (error) {
    database.close()
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

function checkFile(database: DatabaseSync, path: string, existed: boolean): void {
  if (!existed) return
  const [row] = database.prepare('pragma quick_check(1)').all() as { quick_check: string }[]
  if (row?.quick_check === 'ok') return
  database.close()
  throw new DatabaseProblem(
    `The database ${path} is damaged (${row?.quick_check ?? 'no answer'}). Restore it from a backup, or move it away to start anew.`,
  )
}

/** Kysely's SQLite dialect expects the interface of another driver; this is all of it that it uses. */
function kyselyOver(database: DatabaseSync): Kysely<Tables> {
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
          const statement = prepare(text)
          return {
            reader: statement.columns().length > 0,
            all: parameters => statement.all(...(parameters as SQLInputValue[])),
            run: parameters => statement.run(...(parameters as SQLInputValue[])),
            iterate: parameters => statement.iterate(...(parameters as SQLInputValue[])) as IterableIterator<unknown>,
          }
        },
      },
    }),
  })
}

const insertStatement = (table: string, columns: readonly string[]): string =>
  `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`

const values = <T>(row: T, columns: readonly (keyof T)[]): SQLInputValue[] =>
  columns.map(column => row[column] as SQLInputValue)

/** The table does not exist yet when the database is opened for the first time. */
function lazily(database: DatabaseSync, text: string): () => StatementSync {
  let statement: StatementSync | undefined
  return () => {
    statement ??= database.prepare(text)
    return statement
  }
}
