import type { AssertionStore } from '../../../ports/assertions.ts'
import type { Engine, Transaction } from '../../engine.ts'

export const assertionStore = (engine: Engine): AssertionStore => ({
  use: (id, endsAt) =>
    engine.write(async tx => {
      const used = await tx
        .insertInto('used_assertions')
        .values({ id, ends_at: endsAt })
        .onConflict(conflict => conflict.doNothing())
        .executeTakeFirst()
      return used.numInsertedOrUpdatedRows === 1n
    }),
})

/** Deletes assertions that expired a day ago, to allow for clocks that are behind. */
export async function sweepAssertions(tx: Transaction, before: number, limit: number): Promise<number> {
  const due = tx
    .selectFrom('used_assertions')
    .select('id')
    .where('ends_at', '<', before)
    .orderBy('ends_at')
    .limit(limit)
  const gone = await tx.deleteFrom('used_assertions').where('id', 'in', due).executeTakeFirst()
  return Number(gone.numDeletedRows)
}
