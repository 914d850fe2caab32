import { sql } from 'kysely'
import type { UsageStore } from '../../../ports/usage.ts'
import type { Engine } from '../../engine.ts'

/**
 * Adds each count to its minute and its hour, which is a small number of rows under any load. So a chart of a month
 * reads a few thousand rows by key, and the rows of minutes can be deleted early.
 */
const GRAINS = [1, 60] as const

export const checkTimes = (engine: Engine): Pick<UsageStore, 'addTimes' | 'times'> => ({
  async addTimes(at, counts) {
    if (counts.size === 0) return
    // The rows are sorted by key, so that two processes that write the same rows cannot deadlock.
    const steps = [...counts].sort(([a], [b]) => a - b)
    const rows = GRAINS.flatMap(minutes =>
      steps.map(([step, count]) => ({ minutes, at: at - (at % (minutes * 60_000)), step, count })),
    )
    await engine.write(tx =>
      tx
        .insertInto('check_times')
        .values(rows)
        .onConflict(c =>
          c
            .columns(['minutes', 'at', 'step'])
            .doUpdateSet(eb => ({ count: eb('check_times.count', '+', eb.ref('excluded.count')) })),
        )
        .execute(),
    )
  },

  async times({ since, until, bucketMinutes }) {
    const grain = bucketMinutes < 60 ? 1 : 60
    const bucket = sql<number>`(at - at % ${sql.lit(bucketMinutes * 60_000)})`
    const rows = await engine.db
      .selectFrom('check_times')
      .select([bucket.as('bucket'), 'step', sql<number>`sum(count)`.as('n')])
      .where('minutes', '=', grain)
      .where('at', '>=', since - (since % (grain * 60_000)))
      .where('at', '<=', until)
      .groupBy([bucket, 'step'])
      .orderBy('bucket')
      .orderBy('step')
      .execute()
    return rows.map(row => ({ at: Number(row.bucket), step: row.step, count: Number(row.n) }))
  },
})
