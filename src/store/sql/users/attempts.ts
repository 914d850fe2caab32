import { sql } from 'kysely'
import type { AttemptStore } from '../../../ports/attempts.ts'
import type { Engine } from '../../engine.ts'

/** One row for each key that was tried; the number of available attempts grows with time. */
export const attemptStore = (engine: Engine): AttemptStore => ({
  take: (key, { burst, perMinute }) =>
    engine.write(async tx => {
      const now = engine.clock()
      // If the clock was set back, no time has passed: no attempt is added, and counting continues from the new time.
      const passed = sql`case when attempts.at < ${now} then ${now} - attempts.at else 0 end`
      const grown = sql`(${passed}) * cast(${perMinute / 60_000} as double precision)`
      const open = sql<number>`case when attempts.taken > ${grown} then attempts.taken - ${grown} else 0 end`
      const taken = await tx
        .insertInto('attempts')
        .values({ key, taken: 1, at: now })
        .onConflict(conflict =>
          conflict
            .column('key')
            .doUpdateSet({ taken: sql`${open} + 1`, at: now })
            .where(open, '<=', burst - 1),
        )
        .returning('key')
        .executeTakeFirst()
      if (taken) return 'taken'
      await tx.updateTable('attempts').set({ at: now }).where('key', '=', key).where('at', '>', now).execute()
      const row = await tx.selectFrom('attempts').select(open.as('open')).where('key', '=', key).executeTakeFirst()
      return { left: burst - (row?.open ?? 0) }
    }),

  giveBack: key =>
    engine.write(async tx => {
      const row = tx.updateTable('attempts').set(eb => ({ taken: eb('taken', '-', 1) }))
      await row.where('key', '=', key).where('taken', '>=', 1).execute()
    }),
})
