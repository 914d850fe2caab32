import type { SQLInputValue, StatementSync } from 'node:sqlite'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { CREDENTIAL_COLUMNS, type Engine, type InsertRows, JOURNAL_COLUMNS, type Transaction } from './engine.ts'
import { asOutage, closing, isBusy, tooMany } from './outage.ts'
import { kyselyOver, openFile } from './sqlite-file.ts'

/** The most jobs in one commit; limits how long one transaction locks the file. */
const GROUP_SIZE = 512
/** The largest number of waiting jobs; further callers get an outage at once. */
const MOST_WAITING = 20_000
/** How long to retry while another process locks the file, in milliseconds: for a commit, and for a whole migration of that process. */
const PATIENCE = { job: 5000, migration: 60_000 }

export function openSqlite(path: string): Engine {
  const { writer, reader } = openFile(path)
  const tx = kyselyOver(writer)
  const control = {
    savepoint: writer.prepare('savepoint job'),
    undo: writer.prepare('rollback to job'),
    release: writer.prepare('release job'),
    begin: writer.prepare('begin immediate'),
    commit: writer.prepare('commit'),
    rollback: writer.prepare('rollback'),
  }
  const dataVersion = reader.prepare('pragma data_version')
  /** The statements are prepared at first use, because a new database has no tables yet. */
  let inserts: { credential: StatementSync; journal: StatementSync } | undefined

  let queue: Job[] = []
  let draining: Promise<void> | undefined
  let closed = false

  function enqueue<T>(work: Job['work'], patience = PATIENCE.job): Promise<T> {
    if (closed) return Promise.reject(closing())
    if (queue.length >= MOST_WAITING) return Promise.reject(tooMany('writes are waiting'))
    return new Promise<T>((resolve, reject) => {
      queue.push({ work, patience, resolve: resolve as (value: unknown) => void, reject })
      draining ??= drain()
    })
  }

  /** Waits one turn of the event loop before each commit, so that requests which arrive meanwhile share it. */
  async function drain(): Promise<void> {
    while (queue.length > 0) {
      await nextTurn()
      const group = queue.slice(0, GROUP_SIZE)
      queue = queue.slice(GROUP_SIZE)
      await commit(group)
    }
    draining = undefined
  }

  /**
   * Runs a group of jobs in one transaction. If a job fails, the group runs again with a savepoint around each job, so
   * that only that job is undone. Savepoints cost a third of a small write, so the first run has none.
   */
  async function commit(group: Job[], how: 'quickly' | 'one by one' = 'quickly'): Promise<void> {
    const settled: (() => void)[] = []
    try {
      await begin(Math.max(...group.map(job => job.patience)))
      for (const job of group) {
        if (how === 'one by one') control.savepoint.run()
        try {
          const result = job.work(tx)
          const value = result instanceof Promise ? await result : result
          settled.push(() => job.resolve(value))
        } catch (error) {
          // A full disk or a failed write ends the whole transaction with all its jobs.
          if (!writer.isTransaction) throw error
          if (how === 'quickly') {
            control.rollback.run()
            return commit(group, 'one by one')
          }
          control.undo.run()
          settled.push(() => job.reject(asOutage(error)))
        }
        if (how === 'one by one') control.release.run()
      }
      control.commit.run()
    } catch (error) {
      if (writer.isTransaction) control.rollback.run()
      for (const job of group) job.reject(asOutage(error))
      return
    }
    for (const settle of settled) settle()
  }

  /** If another process locks the file, waits in short turns, so that this process continues to answer. */
  async function begin(patience: number): Promise<void> {
    const deadline = performance.now() + patience
    for (;;) {
      try {
        control.begin.run()
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error
        await wait(1 + Math.random() * 9)
      }
    }
  }

  function insertNow(rows: InsertRows): void {
    inserts ??= {
      credential: writer.prepare(insertStatement('credentials', CREDENTIAL_COLUMNS)),
      journal: writer.prepare(insertStatement('journal', JOURNAL_COLUMNS)),
    }
    for (const row of rows.credentials ?? []) inserts.credential.run(...values(row, CREDENTIAL_COLUMNS))
    for (const row of rows.journal ?? []) inserts.journal.run(...values(row, JOURNAL_COLUMNS))
  }

  return {
    name: 'sqlite',
    db: kyselyOver(reader),
    write: enqueue,
    insert: rows => enqueue(() => insertNow(rows)),
    exclusively: work => enqueue(work, PATIENCE.migration),
    onRevocation: async () => {},
    notify: async () => {}, // reading `version` is cheap enough for frequent polling
    clock: () => sql<number>`${Date.now()}`, // all processes run on this machine
    journalEnd: async () => Number.MAX_SAFE_INTEGER, // only one writer at a time, so ids become visible in order
    version: () => (dataVersion.get() as { data_version: number }).data_version,
    timeline: sql`''`,
    async close() {
      if (closed) return
      closed = true
      await draining
      reader.close()
      writer.close()
    },
  }
}

type Job = {
  work: (tx: Transaction) => unknown
  patience: number
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

const insertStatement = (table: string, columns: readonly string[]): string =>
  `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`

const values = <T>(row: T, columns: readonly (keyof T)[]): SQLInputValue[] =>
  columns.map(column => row[column] as SQLInputValue)
