import pg from 'pg'
import { Refusal } from '../model/refusals/refusal.ts'

/* Recognises errors by which the database says that it cannot work at the moment, and turns these errors into the refusal `unavailable`. */

/** Primary result codes of SQLite (sqlite.org/rescode.html) that concern the machine and not the statement. */
const SQLITE_OUTAGES = new Map([
  [5, 'busy'],
  [6, 'locked'],
  [7, 'out of memory'],
  [8, 'read-only'],
  [10, 'input/output error'],
  [11, 'damaged'],
  [13, 'disk full'],
  [14, 'cannot open'],
  [26, 'not a database'],
])

/** SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html): connection, resources, cancelled, locked out, read-only. */
const POSTGRES_OUTAGE = /^(?:08|53|57|58|XX)|^(?:40001|40P01|55P03|25006|25P03|25P04)$/
/** The transaction was rolled back and will probably succeed if repeated. */
const POSTGRES_CONFLICT = /^(?:40001|40P01)$/

export const sqliteCode = (error: unknown): number | undefined => {
  const { errcode } = error as { errcode?: unknown }
  return typeof errcode === 'number' ? errcode & 0xff : undefined
}
export const isBusy = (error: unknown): boolean => sqliteCode(error) === 5

export const isConflict = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && POSTGRES_CONFLICT.test(error.code ?? '')

/** Returns an outage as a refusal, which callers answer with 503; returns other errors unchanged. */
export function asOutage(error: unknown): unknown {
  const why = outageOf(error)
  if (why === undefined) return error
  const refusal = new Refusal('unavailable', `the database cannot answer: ${why}`, { retryAfterSeconds: 1 })
  refusal.cause = error
  return refusal
}

function outageOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error instanceof Refusal) return undefined
  const code = sqliteCode(error)
  if (code !== undefined) return SQLITE_OUTAGES.has(code) ? `${SQLITE_OUTAGES.get(code)} (${error.message})` : undefined
  if (error instanceof pg.DatabaseError)
    return POSTGRES_OUTAGE.test(error.code ?? '') ? `${error.code} ${error.message}` : undefined
  return undefined
}

/** Handles errors of the driver, without an answer of the server: the connection was refused, lost or too slow. */
export function asLostConnection(error: unknown): unknown {
  const known = asOutage(error)
  if (known !== error || error instanceof pg.DatabaseError || error instanceof TypeError) return known
  if (error instanceof Refusal || !(error instanceof Error)) return error
  const { code } = error as NodeJS.ErrnoException
  const refusal = new Refusal('unavailable', `no connection to the database: ${code ?? ''} ${error.message}`, {
    retryAfterSeconds: 1,
  })
  refusal.cause = error
  return refusal
}

export const stuck = (): Refusal =>
  new Refusal('unavailable', 'the database does not answer at all', { retryAfterSeconds: 2 })
export const closing = (): Refusal =>
  new Refusal('unavailable', 'the database is being closed', { retryAfterSeconds: 1 })
export const longWriter = (table: string): Refusal =>
  new Refusal('unavailable', `a transaction has been writing to ${table} for long`, { retryAfterSeconds: 5 })
export const tooMany = (what: string): Refusal =>
  new Refusal('overloaded', `too many ${what}`, { retryAfterSeconds: 1 })
