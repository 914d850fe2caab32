import type { Kysely } from 'kysely'
import { isRecent } from '../../../model/credentials/age.ts'
import { HOUR } from '../../../model/span.ts'
import type { Authenticator } from '../../../model/users/authenticator.ts'
import type { AuthenticatorChange, AuthenticatorStore } from '../../../ports/authenticators.ts'
import type { Engine, Transaction } from '../../engine.ts'
import type { Tables } from '../../tables.ts'
import { record } from '../revocations.ts'
import { fromAuthenticator, toAuthenticator } from '../rows.ts'
import { authenticatorId, MIRROR_COLUMNS, reconcile } from './authenticator-columns.ts'

export function authenticatorStore({ db, write }: Engine): AuthenticatorStore {
  return {
    async ofUser(userId) {
      const [user, rows] = await Promise.all([
        db.selectFrom('users').select(MIRROR_COLUMNS).where('id', '=', userId).executeTakeFirst(),
        rowsOf(db, userId),
      ])
      return user ? reconcile(rows, user) : []
    },

    async markUsed(authenticator, at) {
      if (authenticator.lastUsedAt !== undefined && isRecent(authenticator.lastUsedAt, at, HOUR)) return
      await write(async tx => {
        if (await mark(tx, authenticator, at)) return
        await settleRows(tx, authenticator.userId)
        await mark(tx, authenticator, at)
      })
    },

    spend: ({ id, data }, entry) =>
      write(async tx => {
        const spent = await tx
          .updateTable('authenticators')
          .set({ state: 'spent', last_used_at: entry.at })
          .where('id', '=', id)
          .where('data', '=', data)
          .where('state', '=', 'active')
          .executeTakeFirst()
        if (spent.numUpdatedRows !== 1n) return false
        await record(tx, entry)
        return true
      }),
  }
}

const rowsOf = async (db: Kysely<Tables>, userId: string): Promise<Authenticator[]> =>
  (await db.selectFrom('authenticators').selectAll().where('user_id', '=', userId).orderBy('id').execute()).map(
    toAuthenticator,
  )

async function mark(tx: Transaction, { id, data }: Authenticator, at: number): Promise<boolean> {
  const own = tx.updateTable('authenticators').set({ last_used_at: at }).where('id', '=', id).where('data', '=', data)
  return (await own.executeTakeFirst()).numUpdatedRows === 1n
}

/** Locks the user's row and updates the rows of authenticators to the columns that an older process wrote. */
export async function settleRows(tx: Transaction, userId: string): Promise<void> {
  const user = await tx
    .updateTable('users')
    .set(eb => ({ id: eb.ref('id') }))
    .where('id', '=', userId)
    .returning(MIRROR_COLUMNS)
    .executeTakeFirst()
  if (!user) return
  const rows = await rowsOf(tx, userId)
  const right = reconcile(rows, user)
  for (const row of rows.filter(row => !right.includes(row)))
    await tx.deleteFrom('authenticators').where('id', '=', row.id).execute()
  await insert(
    tx,
    right.filter(row => !rows.includes(row)),
  )
}

/** Writes the authenticators of a user. The caller has locked the user's row and writes its columns. */
export async function putAuthenticators(
  tx: Transaction,
  userId: string,
  changes: readonly AuthenticatorChange[],
  at: number,
): Promise<void> {
  for (const { method, state, data } of changes) {
    const replaced = state === 'active' ? ['active', 'spent'] : [state]
    await tx
      .deleteFrom('authenticators')
      .where('user_id', '=', userId)
      .where('method', '=', method)
      .where('state', 'in', replaced)
      .execute()
    await insert(
      tx,
      data.map((one, place) => ({
        id: authenticatorId({ userId, method, state }, place),
        userId,
        method,
        state,
        data: one,
        createdAt: at,
      })),
    )
  }
}

/** Replaces the hash of an unchanged password. */
export async function setPasswordHash(tx: Transaction, userId: string, data: string): Promise<void> {
  const own = tx.updateTable('authenticators').set({ data }).where('user_id', '=', userId)
  await own.where('method', '=', 'password').execute()
}

async function insert(tx: Transaction, authenticators: readonly Authenticator[]): Promise<void> {
  if (authenticators.length > 0)
    await tx.insertInto('authenticators').values(authenticators.map(fromAuthenticator)).execute()
}
