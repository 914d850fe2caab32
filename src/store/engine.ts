import type { Kysely, RawBuilder } from 'kysely'
import type { NewCredentialRow, Tables } from './tables.ts'

export type EngineName = 'sqlite' | 'postgres'

/** A handle on the database inside one transaction. */
export type Transaction = Kysely<Tables>

/**
 * What the statements need from a database; the only place where the two engines differ. All that keeps a database from
 * answering is thrown as the refusal `unavailable`: the outcome of a write that ends so is unknown, never a success.
 */
export type Engine = {
  name: EngineName
  /** For reading; sees what is committed. */
  db: Kysely<Tables>
  /**
   * Runs `work` in one transaction and resolves when it is durable. SQLite commits concurrent ones together. `work` may
   * run again after a conflict, so it touches the database alone. Rows are locked in one order everywhere, so that
   * there is no deadlock: users, grants, credentials, names, then counters.
   */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Inserts rows of one shape, together with the other waiting inserts; the hot path. Resolves when durable. */
  insert(rows: InsertRows): Promise<void>
  /** Tries to hold the right to migrate for as long as `work` takes, inside one transaction. */
  exclusively(work: (tx: Transaction) => Promise<void>): Promise<void>
  /** Called after a commit that appended to the revocation log: by this process, before its caller goes on, or by another. */
  onRevocation: () => Promise<void>
  /** Tells other processes of such a commit, where the database has a way; those that miss it find it by polling. */
  notify(tx: Transaction): Promise<void>
  /**
   * Milliseconds since the epoch by the one clock that all processes of this database share, read when the statement
   * runs: ages that decide something are measured with it, so that clocks of several machines are never compared.
   */
  clock(): RawBuilder<number>
  /** The id in the journal up to which every entry that will ever be there can be seen, so that a cursor skips none. */
  journalEnd(): Promise<number>
  /** Stays the same until a commit; NaN where the database cannot tell. */
  version(): number
  /** Part of a statement: what a promotion of a replica or a recovery to a point in time changes; empty where there is none. */
  timeline: RawBuilder<string>
  /** Takes no new work, finishes what is under way. */
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

/** A database that cannot be used as it is; the sentence says why and what to do. */
export class DatabaseProblem extends Error {
  override name = 'DatabaseProblem'
  readonly kind: 'unusable' | 'unreachable' | 'misplaced'
  constructor(message: string, kind: DatabaseProblem['kind'] = 'unusable') {
    super(message)
    this.kind = kind
  }
}
