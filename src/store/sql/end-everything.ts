import type { JournalEntry } from '../../model/journal.ts'
import type { Transaction } from '../engine.ts'
import { beginIncarnation } from './log-incarnation.ts'
import { changed, headNumber, nextNumber, record } from './revocations.ts'
import { giveNotice } from './users/end-sessions.ts'

/**
 * The step by which the numbers of the log jump. It is larger than the number of entries after a backup, so no number
 * that was used after the backup is used again.
 */
const LEAP = 1_000_000_000

/**
 * Ends every grant and every live credential of every kind, and withdraws all keys that seal or sign. The log becomes
 * another incarnation. Its numbers also jump ahead for followers of older versions, which compare only numbers, so that
 * they drop caches of the lost database.
 */
export async function endEverything(tx: Transaction, entry: JournalEntry): Promise<number> {
  const at = entry.at
  await tx
    .updateTable('users')
    .set(eb => ({ epoch: eb('epoch', '+', 1), imported_password: null }))
    .execute()
  await tx
    .updateTable('clients')
    .set(eb => ({ id: eb.ref('id') }))
    .execute()
  await giveNotice(tx, undefined, at)
  await tx.updateTable('grants').set({ revoked_at: at, answer: null }).where('revoked_at', 'is', null).execute()
  const dead = await tx
    .updateTable('credentials')
    .set({ revoked_at: at })
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  const count = Number(dead.numUpdatedRows)
  await withdrawKeys(tx, at)
  await nextNumber(tx, 'revocations', LEAP)
  await beginIncarnation(tx)
  await record(tx, { ...entry, detail: { ...entry.detail, count } }, changed('everything', ''))
  await tx
    .updateTable('clients')
    .set({ epoch: await headNumber(tx) })
    .execute()
  return count
}

/** Makes every token invalid that contains its own record, because a restored database may have lost the list of ended statements. */
async function withdrawKeys(tx: Transaction, at: number): Promise<void> {
  await tx.updateTable('signing_keys').set({ retired_at: at, removed_at: at }).where('removed_at', 'is', null).execute()
  await tx.deleteFrom('statement_keys').execute()
}
