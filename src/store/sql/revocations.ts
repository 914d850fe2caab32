import type { JournalEntry, Revocation, RevocationSubject } from '../../model/journal.ts'
import type { RevocationLog } from '../../ports/stores.ts'
import type { Engine, Transaction } from '../engine.ts'
import { fromJournalEntry } from './rows.ts'

export const revocationLog = ({ db }: Engine): RevocationLog => ({
  async after(seq, limit) {
    const rows = await db
      .selectFrom('revocations')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(limit)
      .execute()
    return rows.map(row => ({
      seq: row.seq,
      at: row.at,
      subject: row.subject as RevocationSubject,
      subjectId: row.subject_id,
      effect: row.effect as Revocation['effect'],
    }))
  },
  async head() {
    return (
      (await db.selectFrom('counters').select('value').where('name', '=', 'revocations').executeTakeFirst())?.value ?? 0
    )
  },
})

export type Fall = { subject: RevocationSubject; subjectId: string; effect: Revocation['effect'] }

/**
 * Appends to the log inside the transaction that changes something. The counter's row stays locked until that
 * transaction ends, so sequence numbers become visible in order and a follower never misses one.
 */
export async function appendRevocations(tx: Transaction, at: number, falls: readonly Fall[]): Promise<void> {
  for (const { subject, subjectId, effect } of falls) {
    const seq = await nextNumber(tx, 'revocations')
    await tx.insertInto('revocations').values({ seq, at, subject, subject_id: subjectId, effect }).execute()
  }
}

export async function nextNumber(tx: Transaction, counter: 'users' | 'clients' | 'revocations'): Promise<number> {
  const { value } = await tx
    .updateTable('counters')
    .set(eb => ({ value: eb('value', '+', 1) }))
    .where('name', '=', counter)
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}

export async function record(tx: Transaction, entry: JournalEntry): Promise<void> {
  await tx.insertInto('journal').values(fromJournalEntry(entry)).execute()
}

/** Runs a change that takes power away: its caller goes on only after this process, too, has seen it. */
export async function revoking<T>(engine: Engine, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const result = await engine.write(work)
  await engine.onRevocation()
  return result
}
