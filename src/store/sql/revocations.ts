import type { JournalEntry, Revocation, RevocationSubject } from '../../model/journal.ts'
import type { LogPart, RevocationLog } from '../../ports/stores.ts'
import type { UserVersion } from '../../ports/users.ts'
import type { Engine, Transaction } from '../engine.ts'
import type { Tables } from '../tables.ts'
import { beginIncarnation, headOfLog } from './log-incarnation.ts'
import { fromJournalEntry } from './rows.ts'

export function revocationLog(engine: Engine): RevocationLog {
  /** The last result, and the version of the database at that time. While the version is unchanged, the result is still correct. */
  let quiet: { from: number; version: number; found: LogPart } | undefined
  async function read(from: number, limit: number): Promise<Revocation[]> {
    const rows = engine.db.selectFrom('revocations').selectAll().where('seq', '>=', from)
    return (await rows.orderBy('seq').limit(limit).execute()).map(toRevocation)
  }
  return {
    after: (seq, limit) => read(seq + 1, limit),
    head: () => headOfLog(engine),
    async readFrom(from, limit) {
      const version = engine.version()
      if (quiet?.from === from && quiet.version === version) return quiet.found
      // Entries are read before the head: if the head has the expected incarnation, the entries also have it.
      const entries = await read(from, limit)
      const found = { entries, head: await headOfLog(engine) }
      if (entries.length < 2) quiet = { from, version, found }
      return found
    },
    async beginAnew(incarnation, entry) {
      await engine.write(async tx => {
        if (await beginIncarnation(tx, { after: incarnation })) await record(tx, entry)
      })
      return headOfLog(engine)
    },
  }
}

const toRevocation = (row: Tables['revocations']): Revocation => ({
  seq: row.seq,
  at: row.at,
  subject: row.subject as RevocationSubject,
  subjectId: row.subject_id,
  effect: row.effect as Revocation['effect'],
})

/** A line of the revocation log before it gets its number. */
export type RevocationItem = { subject: RevocationSubject; subjectId: string; effect: Revocation['effect'] }

const items =
  (effect: RevocationItem['effect']) =>
  (subject: RevocationSubject, ...ids: readonly string[]): RevocationItem[] =>
    ids.map(subjectId => ({ subject, subjectId, effect }))
/** The thing is permanently invalid. */
export const revoked = items('revoked')
/** Caches must read the thing again. */
export const changed = items('changed')

/** Every change calls this function, which writes the journal and the revocation log in the transaction of the change. */
export async function record(tx: Transaction, entry: JournalEntry, log: readonly RevocationItem[] = []): Promise<void> {
  await tx.insertInto('journal').values(fromJournalEntry(entry)).execute()
  await appendRevocations(tx, entry.at, log)
}

/**
 * Appends to the log inside the transaction of the change. The row of the counter stays locked until the transaction
 * ends, so numbers become visible in order and without gaps, and followers miss no entry.
 */
export async function appendRevocations(tx: Transaction, at: number, direct: readonly RevocationItem[]): Promise<void> {
  if (direct.length === 0) return
  const items = [...direct, ...(await withTheirKeys(tx, at, direct))]
  const first = (await nextNumber(tx, 'revocations', items.length)) - items.length + 1
  const rows = items.map(({ subject, subjectId, effect }, i) => ({
    seq: first + i,
    at,
    subject,
    subject_id: subjectId,
    effect,
  }))
  for (let i = 0; i < rows.length; i += CHUNK)
    await tx
      .insertInto('revocations')
      .values(rows.slice(i, i + CHUNK))
      .execute()
}
/** The number of rows per statement, below the parameter limit of both databases. */
const CHUNK = 500

/**
 * Adds a line for each grant that was made from a key in `items`, so that all caches read the tokens of the grant
 * again. Also ends the grants of a revoked key in the same transaction, because every way of ending a key passes here.
 * The key is always locked before its grants, so there is no deadlock.
 */
async function withTheirKeys(tx: Transaction, at: number, items: readonly RevocationItem[]): Promise<RevocationItem[]> {
  const keys = new Map<string, RevocationItem['effect']>()
  for (const { subject, subjectId, effect } of items) if (subject === 'credential') keys.set(subjectId, effect)
  const ids = [...keys.keys()]
  const grants: { id: string; parent_id: string | null }[] = []
  for (let i = 0; i < ids.length; i += CHUNK) {
    const live = tx.selectFrom('grants').select(['id', 'parent_id']).where('revoked_at', 'is', null)
    grants.push(...(await live.where('parent_id', 'in', ids.slice(i, i + CHUNK)).execute()))
  }
  const effectOf = (parent: string | null) => keys.get(parent ?? '') ?? 'changed'
  const dead = grants.filter(({ parent_id }) => effectOf(parent_id) === 'revoked').map(({ id }) => id)
  await endGrants(tx, dead, at)
  for (const id of dead)
    await tx
      .updateTable('credentials')
      .set({ revoked_at: at })
      .where('grant_id', '=', id)
      .where('revoked_at', 'is', null)
      .execute()
  return grants.map(({ id, parent_id }) => ({ subject: 'grant', subjectId: id, effect: effectOf(parent_id) }))
}

/** Number of the last line of the log, in the view of this transaction. */
export async function headNumber(tx: Transaction): Promise<number> {
  const counter = tx.selectFrom('counters').select('value').where('name', '=', 'revocations')
  return (await counter.executeTakeFirstOrThrow()).value
}

export async function nextNumber(
  tx: Transaction,
  counter: 'users' | 'clients' | 'revocations' | 'statement-keys',
  by = 1,
): Promise<number> {
  const { value } = await tx
    .updateTable('counters')
    .set(eb => ({ value: eb('value', '+', by) }))
    .where('name', '=', counter)
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}

/** Runs a change that may end a right. It resolves only after this process has also read the new log entries. */
export async function revoking<T>(engine: Engine, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const result = await engine.write(async tx => {
    const value = await work(tx)
    await engine.notify(tx)
    return value
  })
  await engine.onRevocation()
  return result
}

/** Ends these grants, so that concurrent requests cannot revive them. The sorted order prevents deadlocks. */
export async function endGrants(tx: Transaction, ids: readonly string[], at: number): Promise<number> {
  let ended = 0
  for (const id of ids.toSorted()) {
    const grant = tx.updateTable('grants').set({ revoked_at: at, answer: null }).where('id', '=', id)
    ended += Number((await grant.where('revoked_at', 'is', null).executeTakeFirst()).numUpdatedRows)
  }
  return ended
}

/**
 * Locks this user's row until the transaction ends, if its version is unchanged. So no parallel transaction can end
 * everything of the user while something is issued, and no later issue can rely on an older decision.
 */
export async function isCurrent(tx: Transaction, { id, epoch }: UserVersion): Promise<boolean> {
  const held = tx.updateTable('users').set({ epoch }).where('id', '=', id).where('epoch', '=', epoch)
  return (await held.where('active', '=', 1).executeTakeFirst()).numUpdatedRows === 1n
}

/** Ends every grant and credential of an owner. Grants are locked first: a concurrent refresh waits for its grant and then finds it ended. */
export async function endAllOf(tx: Transaction, owner: 'user_id' | 'client_id', id: string, at: number): Promise<void> {
  await tx
    .updateTable('grants')
    .set({ revoked_at: at, answer: null })
    .where(owner, '=', id)
    .where('revoked_at', 'is', null)
    .execute()
  await tx
    .updateTable('credentials')
    .set({ revoked_at: at })
    .where(owner, '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}
