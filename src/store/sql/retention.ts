import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { KINDS } from '../../model/credentials/credential.ts'
import { DAY, HOUR, MINUTE } from '../../model/span.ts'
import type { Retention, RetentionStore } from '../../ports/retention.ts'
import type { Engine, Transaction } from '../engine.ts'
import type { Tables } from '../tables.ts'
import { sweepAssertions } from './clients/assertions.ts'
import { sweepUnusedClients } from './clients/unused-clients.ts'
import { eraseStatementKeys, sweepEndedStatements } from './credentials/statements.ts'
import { sweepNotices } from './users/logouts.ts'

/**
 * Limits the size of every table in small steps. Each step is one transaction that reads a few rows by index, even in a
 * large table. A row of `counters` decides which process has its turn.
 */
export const retentionStore = (engine: Engine): RetentionStore => ({
  async purge(now, { turn, limit, ...keep }) {
    if (!(await engine.write(tx => takeTurn(engine, tx, turn)))) return 0
    let removed = 0
    for (const step of STEPS)
      removed += await engine.write(tx => step(tx, now, limit, { ...keep, clock: engine.clock }))
    return removed
  },
})

/** Takes the turn if the last turn was long enough ago, or lies in the future because the clock was set back. */
async function takeTurn({ clock }: Engine, tx: Transaction, turn: number): Promise<boolean> {
  const taken = await tx
    .updateTable('counters')
    .set({ value: clock() })
    .where('name', '=', 'upkeep')
    .where(eb => eb.or([eb('value', '<=', sql<number>`${clock()} - ${turn}`), eb('value', '>', clock())]))
    .executeTakeFirst()
  return taken.numUpdatedRows === 1n
}

/** The index on expiry begins with the kind. */
const ALL_KINDS = Object.keys(KINDS)
/** Kinds that strangers can create with any browser or public client. An older process still writes `interaction` for a sign-in that waits. */
const UNFINISHED = ['pending-sign-in', 'device-confirmation', 'interaction'] as const
/**
 * Codes stay for some time after their expiry. A device that polls late then gets an answer that was given just
 * before the expiry, or the error for an expired code.
 */
const DEVICE_CODE_KEPT = 10 * MINUTE

type Step = (tx: Transaction, now: number, limit: number, keep: Retention & Pick<Engine, 'clock'>) => Promise<number>

const STEPS: readonly Step[] = [
  // Strangers can start sign-ins, so unfinished ones are deleted as soon as they expire.
  ...UNFINISHED.map(
    (kind): Step =>
      (tx, now, limit) =>
        sweepCredentials(tx, limit, due => due.where('kind', '=', kind).where('expires_at', '<', now)),
  ),
  (tx, now, limit) =>
    sweepCredentials(tx, limit, due =>
      due.where('kind', '=', 'device-code').where('expires_at', '<', now - DEVICE_CODE_KEPT),
    ),
  (tx, now, limit, keep) =>
    sweepCredentials(tx, limit, due => due.where('kind', 'in', ALL_KINDS).where('expires_at', '<', now - keep.expired)),
  (tx, now, limit, keep) =>
    sweepCredentials(tx, limit, due =>
      due
        .where('revoked_at', '<', now - keep.revoked)
        // The server would adopt a derived pair again, so the row stays until the pair has expired.
        .where(eb => eb.or([eb('kind', '!=', 'token-pair'), eb('expires_at', 'is', null), eb('expires_at', '<', now)])),
    ),
  // A grant ends with the last credential issued from it, which may have no row. `ends_at` contains that time, if there is one.
  (tx, now, limit, keep) =>
    sweepGrants(tx, limit, due => due.where('ends_at', '<', now - keep.expired).where(childless)),
  (tx, now, limit, keep) => sweepGrants(tx, limit, due => due.where('revoked_at', '<', now - keep.revoked)),
  async (tx, now, limit) => {
    const due = await tx
      .selectFrom('idempotency')
      .select(['caller', 'key'])
      .where('expires_at', '<', now)
      .limit(limit)
      .execute()
    for (const { caller, key } of due)
      await tx.deleteFrom('idempotency').where('caller', '=', caller).where('key', '=', key).execute()
    return due.length
  },
  // Even the slowest limit has all attempts back after two hours. The clock of the store measures this time, because it wrote the rows.
  async (tx, _now, limit, { clock }) => {
    const due = tx
      .selectFrom('attempts')
      .select('key')
      .where('at', '<', sql<number>`${clock()} - ${sql.lit(3 * HOUR)}`)
      .orderBy('at')
      .limit(limit)
    return count(await tx.deleteFrom('attempts').where('key', 'in', due).executeTakeFirst())
  },
  async (tx, _now, limit, { clock }) => {
    const due = tx
      .selectFrom('familiar_networks')
      .select('key')
      .where('at', '<', sql<number>`${clock()} - ${sql.lit(90 * DAY)}`)
      .orderBy('at')
      .limit(limit)
    return count(await tx.deleteFrom('familiar_networks').where('key', 'in', due).executeTakeFirst())
  },
  async (tx, now, limit, keep) => {
    // Deletes whole minutes, oldest first, until the step is large enough.
    const minutes = await tx
      .selectFrom('usage')
      .select('minute')
      .where('minute', '<', Math.floor((now - keep.usage) / 60_000))
      .orderBy('minute')
      .limit(limit)
      .execute()
    const last = minutes.at(-1)?.minute
    if (last === undefined) return 0
    return count(await tx.deleteFrom('usage').where('minute', '<=', last).executeTakeFirst())
  },
  (tx, now, limit, keep) => sweepTimes(tx, { minutes: 1, before: now - keep.minutes, limit }),
  (tx, now, limit, keep) => sweepTimes(tx, { minutes: 60, before: now - keep.usage, limit }),
  async (tx, now, limit, keep) => {
    const due = await tx
      .selectFrom('usage_hours')
      .select(['credential_id', 'hour', 'refused'])
      .where('hour', '<', Math.floor((now - keep.usage) / 60_000) - 60)
      .limit(limit)
      .execute()
    for (const { credential_id, hour, refused } of due)
      await tx
        .deleteFrom('usage_hours')
        .where('credential_id', '=', credential_id)
        .where('hour', '=', hour)
        .where('refused', '=', refused)
        .execute()
    return due.length
  },
  async (tx, now, limit, keep) => {
    const due = await tx
      .selectFrom('usage_owners')
      .select(['owner', 'hour'])
      .where('hour', '<', Math.floor((now - keep.usage) / 60_000) - 60)
      .orderBy('hour')
      .limit(limit)
      .execute()
    for (const { owner, hour } of due)
      await tx.deleteFrom('usage_owners').where('owner', '=', owner).where('hour', '=', hour).execute()
    return due.length
  },
  (tx, now, limit) => sweepAssertions(tx, now - DAY, limit),
  (tx, now, limit, keep) => sweepNotices(tx, now - keep.notices, limit),
  // A few rows a minute, for any number of credentials, so all due rows are deleted at once.
  async (tx, now, _limit, keep) => {
    const due = Math.floor((now - keep.usage) / 60_000) - 60
    const installation = tx.deleteFrom('usage_house').where('grain', 'in', [1, 60]).where('minute', '<', due)
    return count(await installation.executeTakeFirst())
  },
  async (tx, now, limit, keep) => {
    const due = await tx
      .selectFrom('usage_networks')
      .select(['credential_id', 'network'])
      .where('last_at', '<', now - keep.networks)
      .orderBy('last_at')
      .limit(limit)
      .execute()
    for (const { credential_id, network } of due)
      await tx
        .deleteFrom('usage_networks')
        .where('credential_id', '=', credential_id)
        .where('network', '=', network)
        .execute()
    return due.length
  },
  // The lowest numbers are the oldest rows, so the step reads only as many rows as it may delete.
  async (tx, now, limit, keep) => {
    const first = tx.selectFrom('journal').select(['id', 'at']).orderBy('id').limit(limit)
    const due = tx
      .selectFrom(first.as('first'))
      .select('id')
      .where('at', '<', now - keep.journal)
    return count(await tx.deleteFrom('journal').where('id', 'in', due).executeTakeFirst())
  },
  // The row of the counter keeps the head of the log. A follower that has not read the deleted entries sees the gap and drops its cache.
  async (tx, now, limit, keep) => {
    const first = tx.selectFrom('revocations').select(['seq', 'at']).orderBy('seq').limit(limit)
    const due = tx
      .selectFrom(first.as('first'))
      .select('seq')
      .where('at', '<', now - keep.revocations)
    return count(await tx.deleteFrom('revocations').where('seq', 'in', due).executeTakeFirst())
  },
  sweepUnusedClients,
  (tx, now, limit) => sweepEndedStatements(tx, now - DAY, limit),
  // A token lives at most a day; one more day allows for clocks that differ.
  (tx, now) => eraseStatementKeys(tx, now - 2 * DAY),
]

/** Deletes whole buckets of the duration of checks, oldest first. */
async function sweepTimes(tx: Transaction, ask: { minutes: 1 | 60; before: number; limit: number }): Promise<number> {
  const times = tx.selectFrom('check_times').select('at').where('minutes', '=', ask.minutes)
  const due = await times.where('at', '<', ask.before).orderBy('at').limit(ask.limit).execute()
  const last = due.at(-1)?.at
  if (last === undefined) return 0
  const gone = tx.deleteFrom('check_times').where('minutes', '=', ask.minutes).where('at', '<=', last)
  return count(await gone.executeTakeFirst())
}

type Due = SelectQueryBuilder<Tables, 'credentials', { fingerprint: string }>

/** Deletes credentials, and grants without `ends_at` that have no credentials left, because nothing more can be issued from them. */
async function sweepCredentials(tx: Transaction, limit: number, narrow: (due: Due) => Due): Promise<number> {
  const due = narrow(tx.selectFrom('credentials').select('fingerprint')).limit(limit)
  const gone = await tx.deleteFrom('credentials').where('fingerprint', 'in', due).returning('grant_id').execute()
  const grants = [...new Set(gone.map(row => row.grant_id).filter(id => id !== null))]
  const ended = tx.deleteFrom('grants').where('id', 'in', grants).where('ends_at', 'is', null)
  if (grants.length > 0) await ended.where(childless).execute()
  return gone.length
}

type DueGrants = SelectQueryBuilder<Tables, 'grants', { id: string }>

async function sweepGrants(tx: Transaction, limit: number, narrow: (due: DueGrants) => DueGrants): Promise<number> {
  const due = narrow(tx.selectFrom('grants').select('id')).limit(limit)
  return count(await tx.deleteFrom('grants').where('id', 'in', due).executeTakeFirst())
}

const childless = (eb: ExpressionBuilder<Tables, 'grants'>) =>
  eb.not(
    eb.exists(
      eb.selectFrom('credentials').select('fingerprint').whereRef('credentials.grant_id', '=', 'grants.id').limit(1),
    ),
  )

const count = (result: { numDeletedRows: bigint }): number => Number(result.numDeletedRows)
