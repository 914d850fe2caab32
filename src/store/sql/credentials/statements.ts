import type { EndedStatement, EndedStatementStore, StatementKeyStore } from '../../../ports/statements.ts'
import type { Engine, Transaction } from '../../engine.ts'
import { changed, nextNumber, record, revoked, revoking } from '../revocations.ts'

const FLOOR = 'statement-floor'

export const statementKeyStore = (engine: Engine): StatementKeyStore => ({
  async list() {
    const rows = await engine.db.selectFrom('statement_keys').selectAll().orderBy('number').execute()
    return rows.map(row => ({
      number: row.number,
      sealedSecret: row.sealed_secret,
      createdAt: row.created_at,
      sealsFrom: row.seals_from,
    }))
  },
  add: ({ sealedSecret, createdAt, sealsFrom }, after, entry) =>
    revoking(engine, async tx => {
      // The row in `counters` locks out other processes that would add a key.
      const number = await nextNumber(tx, 'statement-keys')
      const last = tx.selectFrom('statement_keys').select('number').orderBy('number', 'desc').limit(1)
      if ((await last.executeTakeFirst())?.number !== after) return 'there is another'
      await tx
        .insertInto('statement_keys')
        .values({ number, sealed_secret: sealedSecret, created_at: createdAt, seals_from: sealsFrom })
        .execute()
      await record(tx, entry, changed('signing-key', `statement ${number}`))
      return 'added'
    }),
})

export const endedStatementStore = (engine: Engine): EndedStatementStore => ({
  end: ({ id, endsAt }, entry) =>
    revoking(engine, async tx => {
      const ended = await tx
        .insertInto('ended_statements')
        .values({ id, ends_at: endsAt, ended_at: entry.at })
        .onConflict(conflict => conflict.doNothing())
        .executeTakeFirst()
      if (ended.numInsertedOrUpdatedRows !== 1n) return 0
      await record(tx, entry, revoked('credential', id))
      return 1
    }),

  async all(most) {
    const rows = await engine.db
      .selectFrom('ended_statements')
      .select(['id', 'ends_at'])
      .limit(most + 1)
      .execute()
    // The floor is read after the rows, so it covers every row that was deleted before they were read.
    const floor = await readFloor(engine)
    return { ended: rows.length > most ? undefined : rows.map(toEnded), floor }
  },

  async among(ids) {
    if (ids.length === 0) return { ended: [], floor: await readFloor(engine) }
    const rows = await engine.db
      .selectFrom('ended_statements')
      .select(['id', 'ends_at'])
      .where('id', 'in', ids)
      .execute()
    return { ended: rows.map(toEnded), floor: await readFloor(engine) }
  },
})

const toEnded = (row: { id: string; ends_at: number }): EndedStatement => ({ id: row.id, endsAt: row.ends_at })

async function readFloor({ db }: Pick<Engine, 'db'>): Promise<number> {
  const counter = db.selectFrom('counters').select('value').where('name', '=', FLOOR)
  return (await counter.executeTakeFirstOrThrow()).value
}

/**
 * Deletes ended statements that have expired, and raises the floor to their largest expiry in the same transaction.
 * Otherwise a process with another clock would accept them again.
 */
export async function sweepEndedStatements(tx: Transaction, before: number, limit: number): Promise<number> {
  const due = tx
    .selectFrom('ended_statements')
    .select('id')
    .where('ends_at', '<', before)
    .orderBy('ends_at')
    .limit(limit)
  const gone = await tx.deleteFrom('ended_statements').where('id', 'in', due).returning('ends_at').execute()
  if (gone.length === 0) return 0
  const floor = Math.max(...gone.map(row => row.ends_at))
  await tx.updateTable('counters').set({ value: floor }).where('name', '=', FLOOR).where('value', '<', floor).execute()
  return gone.length
}

/** Deletes keys whose last token expired before this time. A key sealed tokens until the next key began. */
export async function eraseStatementKeys(tx: Transaction, lastEndedBefore: number): Promise<number> {
  const keys = await tx.selectFrom('statement_keys').select(['number', 'seals_from']).orderBy('number').execute()
  const over = keys.filter((_, i) => (keys[i + 1]?.seals_from ?? Number.POSITIVE_INFINITY) < lastEndedBefore)
  if (over.length === 0) return 0
  const numbers = over.map(({ number }) => number)
  await tx.deleteFrom('statement_keys').where('number', 'in', numbers).execute()
  return over.length
}
