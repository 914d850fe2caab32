import type { JournalEntry } from '../../model/journal.ts'
import type { Transaction } from '../engine.ts'
import { appendRevocations, nextNumber, record } from './revocations.ts'

/** More than a database can have logged since its last backup: the numbers that were given out after that are left behind. */
const LEAP = 1_000_000_000

/**
 * Ends every grant and every live credential of every kind. The log leaps ahead, so that whoever followed it before this
 * database was restored, however far, finds a gap and forgets all that is cached.
 */
export async function endEverything(tx: Transaction, entry: JournalEntry): Promise<number> {
  const at = entry.at
  await tx
    .updateTable('users')
    .set(eb => ({ epoch: eb('epoch', '+', 1), imported_password: null }))
    .execute()
  await tx.updateTable('grants').set({ revoked_at: at, answer: null }).where('revoked_at', 'is', null).execute()
  const dead = await tx
    .updateTable('credentials')
    .set({ revoked_at: at })
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  const count = Number(dead.numUpdatedRows)
  await nextNumber(tx, 'revocations', LEAP)
  await appendRevocations(tx, at, [{ subject: 'everything', subjectId: '', effect: 'changed' }])
  await record(tx, { ...entry, detail: { ...entry.detail, count } })
  return count
}
