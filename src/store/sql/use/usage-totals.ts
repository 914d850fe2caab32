import { type Kysely, sql } from 'kysely'
import type { CountedBy } from '../../../model/credentials/counted-by.ts'
import type { UsageCount } from '../../../ports/usage.ts'
import type { Transaction } from '../../engine.ts'
import type { Tables } from '../../tables.ts'

/*
 * Counts are written to three tables together. Per credential and minute for the chart of one credential (statements by
 * grant or client, model/credentials/counted-by.ts); per credential and hour for bars and rankings; for the whole installation for
 * its charts. So the cost of a chart depends on its time span and not on the number of credentials.
 */

export const HOUR_MINUTES = 60

/** Sums rows with the same key, because one statement must not contain a key twice. The rows are sorted to prevent deadlocks. */
export function summed<Row extends { count: number }>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const sums = new Map<string, Row>()
  for (const row of rows) {
    const known = sums.get(keyOf(row))
    sums.set(keyOf(row), known ? { ...row, count: known.count + row.count } : row)
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

export async function addTotals(tx: Transaction, counts: readonly UsageCount[]): Promise<void> {
  const hours = counts.map(({ countedBy, minute, outcome, count }) => ({
    credential_id: countedBy,
    hour: minute - (minute % HOUR_MINUTES),
    refused: outcome === 'valid' ? 0 : 1,
    count,
  }))
  const installation = [1, HOUR_MINUTES].flatMap(grain =>
    counts.map(({ minute, kind, outcome, count }) => ({
      grain,
      minute: minute - (minute % grain),
      kind,
      outcome,
      count,
    })),
  )
  await tx
    .insertInto('usage_hours')
    .values(summed(hours, row => `${row.credential_id} ${row.hour} ${row.refused}`))
    .onConflict(c =>
      c
        .columns(['credential_id', 'hour', 'refused'])
        .doUpdateSet(eb => ({ count: eb('usage_hours.count', '+', eb.ref('excluded.count')) })),
    )
    .execute()
  await tx
    .insertInto('usage_house')
    .values(summed(installation, row => `${row.grain} ${row.minute} ${row.kind} ${row.outcome}`))
    .onConflict(c =>
      c
        .columns(['grain', 'minute', 'kind', 'outcome'])
        .doUpdateSet(eb => ({ count: eb('usage_house.count', '+', eb.ref('excluded.count')) })),
    )
    .execute()
}

type Span = { since: number; until: number }
/** A range of minutes, including the last one, with the size of its buckets. */
export type Part = { grain: number; from: number; to: number }

/** Splits a span into whole hours and the single minutes before and after them. */
export function partsOf({ since, until }: Span, bucketMinutes: number): Part[] {
  const first = Math.ceil(since / HOUR_MINUTES) * HOUR_MINUTES
  const end = Math.floor((until + 1) / HOUR_MINUTES) * HOUR_MINUTES
  if (bucketMinutes % HOUR_MINUTES !== 0 || first >= end) return [{ grain: 1, from: since, to: until }]
  return [
    { grain: 1, from: since, to: first - 1 },
    { grain: HOUR_MINUTES, from: first, to: end - 1 },
    { grain: 1, from: end, to: until },
  ].filter(({ from, to }) => from <= to)
}

export type UsageSum = { minute: number; kind: string; outcome: string; count: number }

/** Usage of the whole installation in buckets. Minutes since 1970, including the last one. */
export async function houseUsage(db: Kysely<Tables>, span: Span, bucketMinutes: number): Promise<UsageSum[]> {
  const bucket = sql<number>`(minute - minute % ${sql.lit(bucketMinutes)})`
  const read = ({ grain, from, to }: Part) =>
    db
      .selectFrom('usage_house')
      .select([bucket.as('bucket'), 'kind', 'outcome', sql<number>`sum(count)`.as('n')])
      .where('grain', '=', grain)
      .where('minute', '>=', from)
      .where('minute', '<=', to)
      .groupBy([bucket, 'kind', 'outcome'])
      .execute()
  const rows = (await Promise.all(partsOf(span, bucketMinutes).map(read))).flat()
  const counts = rows.map(row => ({
    minute: Number(row.bucket),
    kind: row.kind,
    outcome: row.outcome,
    count: Number(row.n),
  }))
  return summed(counts, row => `${row.minute} ${row.kind} ${row.outcome}`).sort((a, b) => a.minute - b.minute)
}

/** The number of highest counts of each hour that are candidates for the highest of all; longer than any list. */
const CANDIDATES = 50

/** The credential with the highest total usually is among the highest of some hour. */
export async function leaders(db: Kysely<Tables>, { since, until }: Span, refused: 0 | 1): Promise<string[]> {
  const found = new Set<string>()
  for (let hour = since - (since % HOUR_MINUTES); hour <= until; hour += HOUR_MINUTES) {
    const led = db.selectFrom('usage_hours').select('credential_id').where('hour', '=', hour)
    const rows = await led.where('refused', '=', refused).orderBy('count', 'desc').limit(CANDIDATES).execute()
    for (const row of rows) found.add(row.credential_id)
  }
  return [...found]
}

/** The credentials with the most uses or refusals in these hours. */
export async function busiest(
  db: Kysely<Tables>,
  span: Span,
  { refused, limit }: { refused: 0 | 1; limit: number },
): Promise<{ countedBy: CountedBy; count: number }[]> {
  const rows = []
  for (const ids of chunks(await leaders(db, span, refused)))
    rows.push(
      ...(await db
        .selectFrom('usage_hours')
        .select(['credential_id', sql<number>`sum(count)`.as('n')])
        .where('credential_id', 'in', ids)
        .where('hour', '>=', span.since - (span.since % HOUR_MINUTES))
        .where('hour', '<=', span.until)
        .where('refused', '=', refused)
        .groupBy('credential_id')
        .execute()),
    )
  return rows
    .map(row => ({ countedBy: row.credential_id, count: Number(row.n) }))
    .sort((a, b) => b.count - a.count)
    .slice(0, limit)
}

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += 500) yield all.slice(i, i + 500)
}

/** Recomputes the sums after rows of `usage` were deleted. */
export async function sumAgain(tx: Transaction): Promise<void> {
  await tx.deleteFrom('usage_house').execute()
  for (const grain of [1, HOUR_MINUTES])
    await sql`
      insert into usage_house (grain, minute, kind, outcome, count)
      select ${sql.lit(grain)}, minute - minute % ${sql.lit(grain)}, kind, outcome, sum(count)
      from usage group by 2, 3, 4`.execute(tx)
}
