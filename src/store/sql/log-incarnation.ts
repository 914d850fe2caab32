import { randomBytes } from 'node:crypto'
import type { LogPlace } from '../../model/credentials/validity.ts'
import type { Engine, Transaction } from '../engine.ts'

/*
 * The name of the revocation log: a random part in `settings`, which is replaced when the log has lost entries, and the
 * timeline of the database, if it has one.
 */

const NAME = 'log-incarnation'

/** Number of the last entry and the incarnation, read in one statement. */
export async function headOfLog({ db, timeline }: Pick<Engine, 'db' | 'timeline'>): Promise<LogPlace> {
  const row = await db
    .selectFrom('counters')
    .select(eb => [
      'value',
      eb.selectFrom('settings').select('value').where('name', '=', NAME).as('named'),
      timeline.as('timeline'),
    ])
    .where('counters.name', '=', 'revocations')
    .executeTakeFirstOrThrow()
  return { seq: row.value, incarnation: [row.named, row.timeline].filter(Boolean).join('.') }
}

/** Replaces the random part; with `after` only if that is still the current incarnation. */
export async function beginIncarnation(tx: Transaction, { after }: { after?: string } = {}): Promise<boolean> {
  const value = randomBytes(6).toString('hex')
  const done = await tx
    .insertInto('settings')
    .values({ name: NAME, value })
    .onConflict(conflict => {
      const replaced = conflict.column('name').doUpdateSet({ value })
      return after === undefined ? replaced : replaced.where('settings.value', '=', after.split('.')[0] ?? '')
    })
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}
