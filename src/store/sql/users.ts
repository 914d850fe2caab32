import type { Updateable } from 'kysely'
import { canonicalName, type User } from '../../model/user.ts'
import type { UserChange, UserStore } from '../../ports/stores.ts'
import type { Engine, Transaction } from '../engine.ts'
import type { UserRow } from '../tables.ts'
import { cutPage, readCursor } from './paging.ts'
import { appendRevocations, endAllOf, nextNumber, record, revoking } from './revocations.ts'
import { fromUser, toUser } from './rows.ts'

export function userStore(engine: Engine): UserStore {
  const { db } = engine
  const one = async (column: 'id' | 'number', value: string | number): Promise<User | undefined> => {
    const row = await db.selectFrom('users').selectAll().where(column, '=', value).executeTakeFirst()
    return row && toUser(row)
  }
  return {
    create: (user, entry) =>
      engine.write(async tx => {
        if (!(await takeNames(tx, user.id, [user.handle, user.email]))) return 'name-taken' as const
        const stored: User = { ...user, number: await nextNumber(tx, 'users') }
        await tx.insertInto('users').values(fromUser(stored)).execute()
        await record(tx, entry)
        return stored
      }),

    byId: id => one('id', id),
    byNumber: number => one('number', number),
    async byName(name) {
      const row = await db
        .selectFrom('users')
        .innerJoin('user_names', 'user_names.user_id', 'users.id')
        .selectAll('users')
        .where('user_names.name', '=', canonicalName(name))
        .executeTakeFirst()
      return row && toUser(row)
    },

    async list({ limit, cursor, search }) {
      let query = db
        .selectFrom('users')
        .selectAll()
        .orderBy('number', 'desc')
        .limit(limit + 1)
      if (cursor) query = query.where('number', '<', readCursor(cursor, 'number')[0])
      if (search) {
        const start = canonicalName(search)
        query = query.where(
          'id',
          'in',
          db
            .selectFrom('user_names')
            .select('user_id')
            .where('name', '>=', start)
            .where('name', '<', `${start}\u{10FFFF}`),
        )
      }
      return cutPage(await query.execute(), limit, toUser, row => [row.number])
    },

    change: (id, change, entry) =>
      revoking(engine, async tx => {
        const row = await tx
          .updateTable('users')
          .set(columnsOf(change))
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst()
        if (!row) return undefined
        if (change.handle !== undefined || change.email !== undefined) {
          await tx.deleteFrom('user_names').where('user_id', '=', id).execute()
          if (!(await takeNames(tx, id, [row.handle, row.email ?? undefined]))) throw new NameTaken()
        }
        await appendRevocations(tx, entry.at, [
          { subject: 'user', subjectId: id, effect: row.active === 1 ? 'changed' : 'revoked' },
        ])
        await record(tx, entry)
        return toUser(row)
      }).catch((error: unknown) => {
        if (error instanceof NameTaken) return 'name-taken' as const
        throw error
      }),

    delete: (id, entry) =>
      revoking(engine, async tx => {
        const gone = await tx.deleteFrom('users').where('id', '=', id).executeTakeFirst()
        if (gone.numDeletedRows === 0n) return false
        await tx.deleteFrom('user_names').where('user_id', '=', id).execute()
        await endAllOf(tx, 'user_id', id, entry.at)
        await appendRevocations(tx, entry.at, [{ subject: 'user', subjectId: id, effect: 'revoked' }])
        await record(tx, entry)
        return true
      }),

    async count() {
      return (
        await db
          .selectFrom('users')
          .select(eb => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow()
      ).count
    },
    async countByRole(role) {
      const counted = db
        .selectFrom('users')
        .select(eb => eb.fn.countAll<number>().as('count'))
        .where('role', '=', role)
        .where('active', '=', 1)
      return (await counted.executeTakeFirstOrThrow()).count
    },
  }
}

class NameTaken extends Error {}

/** Claims each name for this user; the primary key decides when two ask at once. In order, so that nobody waits in a circle. */
async function takeNames(tx: Transaction, userId: string, names: readonly (string | undefined)[]): Promise<boolean> {
  for (const name of new Set(
    names
      .filter(name => name !== undefined)
      .map(canonicalName)
      .sort(),
  )) {
    const taken = await tx
      .insertInto('user_names')
      .values({ name, user_id: userId })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst()
    if (taken.numInsertedOrUpdatedRows !== 1n) {
      await tx.deleteFrom('user_names').where('user_id', '=', userId).execute()
      return false
    }
  }
  return true
}

const COLUMNS = {
  handle: 'handle',
  email: 'email',
  firstName: 'first_name',
  lastName: 'last_name',
  role: 'role',
  password: 'password',
  otpSecret: 'otp_secret',
} as const satisfies Partial<Record<keyof UserChange, keyof UserRow>>

function columnsOf(change: UserChange): Updateable<UserRow> {
  const columns: Record<string, unknown> = {}
  for (const [key, column] of Object.entries(COLUMNS)) {
    const value = change[key as keyof typeof COLUMNS]
    if (value !== undefined) columns[column] = value
  }
  if (change.scopes !== undefined) columns['scopes'] = change.scopes && JSON.stringify(change.scopes)
  if (change.active !== undefined) columns['active'] = Number(change.active)
  if (change.otpValidated !== undefined) columns['otp_validated'] = Number(change.otpValidated)
  return columns
}
