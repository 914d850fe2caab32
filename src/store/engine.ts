import type { Kysely, RawBuilder } from 'kysely'
import type { NewCredentialRow, Tables } from './tables.ts'

export type EngineName = 'sqlite' | 'postgres'

/** A handle on the database inside one transaction. */
export type Transaction = Kysely<Tables>

/**
 * The database operations that the stores need; only implementations of this type differ between the two engines. If
 * the database cannot answer, the error is the refusal `unavailable`. The outcome of a write that ends so is unknown.
 */
export type Engine = {
  name: EngineName
  /** The database for reading, which sees only committed data. */
  db: Kysely<Tables>
  /**
   * Runs `work` in one transaction and resolves when the transaction is durable. SQLite commits concurrent transactions
   * together. `work` may run again after a conflict, so it must have no effects outside the database. To avoid
   * deadlocks, all code locks rows in this order: users, grants, credentials, names, counters.
   */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Inserts rows together with other waiting inserts, for operations that are frequent. Resolves when durable. */
  insert(rows: InsertRows): Promise<void>
  /** Holds the migration lock while `work` runs, inside one transaction. */
  exclusively(work: (tx: Transaction) => Promise<void>): Promise<void>
  /** Called after a commit that appended to the revocation log. A commit of this process waits for this call before `write` returns. */
  onRevocation: () => Promise<void>
  /** Notifies other processes of such a commit, if the database can. Processes that miss the notification find the commit by polling. */
  notify(tx: Transaction): Promise<void>
  /**
   * An expression for the time in milliseconds since 1970 when the statement runs, from one clock that all processes
   * of this database share. Decisions about age use this clock, so that clocks of different machines are not
   * compared.
   */
  clock(): RawBuilder<number>
  /** The id in the journal up to which all entries are visible, so that no cursor skips an entry that becomes visible later. */
  journalEnd(): Promise<number>
  /** Changes with each commit; NaN if the database cannot tell. */
  version(): number
  /** An expression that changes when a replica is promoted or the database is recovered to a point in time; otherwise empty. */
  timeline: RawBuilder<string>
  /** Refuses new work and finishes running work. */
  close(): Promise<void>
}

export type InsertRows = { credentials?: readonly NewCredentialRow[]; journal?: readonly JournalRow[] }
export type JournalRow = Omit<Tables['journal'], 'id'>

export const CREDENTIAL_COLUMNS = [
  'fingerprint',
  'kind',
  'hint',
  'name',
  'grant_id',
  'generation',
  'client_id',
  'user_id',
  'scopes',
  'audience',
  'created_at',
  'expires_at',
  'revoked_at',
  'spent_at',
  'last_used_at',
  'data',
] as const satisfies readonly (keyof NewCredentialRow)[]

export const JOURNAL_COLUMNS = [
  'at',
  'event',
  'about',
  'about_id',
  'actor',
  'user_id',
  'client_id',
  'credential_id',
  'reason',
  'request_id',
  'ip',
  'detail',
] as const satisfies readonly (keyof JournalRow)[]

/** The error for a database that cannot be used in its current state. The message tells why and what to do. */
export class DatabaseProblem extends Error {
  override name = 'DatabaseProblem'
  readonly kind: 'unusable' | 'unreachable' | 'misplaced'
  constructor(message: string, kind: DatabaseProblem['kind'] = 'unusable') {
    super(message)
    this.kind = kind
  }
}
