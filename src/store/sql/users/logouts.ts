import type { ExpressionBuilder } from 'kysely'
import type { LogoutNotice, LogoutStore } from '../../../ports/logouts.ts'
import type { Engine, Transaction } from '../../engine.ts'
import type { Tables } from '../../tables.ts'
import { record } from '../revocations.ts'

export const logoutStore = (engine: Engine): LogoutStore => ({
  async takeDue(at, until, limit) {
    const due = engine.db.selectFrom('logout_notices').selectAll().where('next_at', '<=', at)
    const rows = await due.orderBy('next_at').limit(limit).execute()
    if (rows.length === 0) return []
    return engine.write(async tx => {
      const taken: LogoutNotice[] = []
      for (const row of rows) {
        const mine = await tx
          .updateTable('logout_notices')
          .set({ next_at: until, tries: row.tries + 1 })
          .where(isOf(toNotice(row)))
          .where('next_at', '=', row.next_at)
          .executeTakeFirst()
        if (mine.numUpdatedRows === 1n) taken.push({ ...toNotice(row), nextAt: until, tries: row.tries + 1 })
      }
      return taken
    })
  },

  async delivered({ sessionId, clientId }) {
    await engine.write(tx => tx.deleteFrom('logout_notices').where(isOf({ sessionId, clientId })).execute())
  },

  async failed({ sessionId, clientId }, fault, nextAt) {
    await engine.write(tx =>
      tx
        .updateTable('logout_notices')
        .set({ fault, next_at: nextAt ?? null })
        .where(isOf({ sessionId, clientId }))
        .execute(),
    )
  },

  async list({ clientId }, limit) {
    let rows = engine.db.selectFrom('logout_notices').selectAll().where('fault', 'is not', null)
    if (clientId !== undefined) rows = rows.where('client_id', '=', clientId)
    return (await rows.orderBy('created_at', 'desc').limit(limit).execute()).map(toNotice)
  },

  repeat: (clientId, entry) =>
    engine.write(async tx => {
      const again = tx.updateTable('logout_notices').set({ next_at: entry.at, tries: 0 })
      const failed = again.where('client_id', '=', clientId).where('fault', 'is not', null)
      const count = Number((await failed.executeTakeFirst()).numUpdatedRows)
      await record(tx, { ...entry, detail: { ...entry.detail, count } })
      return count
    }),
})

/** Deletes notices of sessions that expired, and those that could not be delivered. */
export async function sweepNotices(tx: Transaction, before: number, limit: number): Promise<number> {
  const old = tx.selectFrom('logout_notices').selectAll().where('created_at', '<', before)
  const rows = await old.orderBy('created_at').limit(limit).execute()
  for (const row of rows)
    await tx
      .deleteFrom('logout_notices')
      .where(isOf(toNotice(row)))
      .execute()
  return rows.length
}

const isOf =
  ({ sessionId, clientId }: Pick<LogoutNotice, 'sessionId' | 'clientId'>) =>
  (eb: ExpressionBuilder<Tables, 'logout_notices'>) =>
    eb.and({ session_id: sessionId, client_id: clientId })

const toNotice = (row: Tables['logout_notices']): LogoutNotice => ({
  sessionId: row.session_id,
  clientId: row.client_id,
  userId: row.user_id,
  createdAt: row.created_at,
  tries: row.tries,
  ...(row.next_at !== null && { nextAt: row.next_at }),
  ...(row.fault !== null && { fault: row.fault }),
})
