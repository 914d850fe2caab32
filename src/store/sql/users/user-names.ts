import { canonicalName, type NewUser, type User } from '../../../model/users/user.ts'
import type { AuthenticatorChange } from '../../../ports/authenticators.ts'
import type { Transaction } from '../../engine.ts'
import { nextNumber } from '../revocations.ts'
import { fromUser, toUser } from '../rows.ts'
import { putAuthenticators } from './authenticators.ts'

/** Stores a new user with the next number, if the names are free. */
export async function insertUser(tx: Transaction, user: NewUser): Promise<User | 'name-taken'> {
  if (!(await takeNames(tx, user.id, [user.handle, user.email]))) return 'name-taken'
  return insertNumbered(tx, { ...user, number: await nextNumber(tx, 'users') })
}

/** Stores a new user whose number and names are reserved, with an initial password. */
export async function insertNumbered(tx: Transaction, user: NewUser & Pick<User, 'number'>): Promise<User> {
  const row = fromUser({ ...user, epoch: 0 })
  await tx.insertInto('users').values(row).execute()
  await putAuthenticators(tx, user.id, passwordChange(user), user.createdAt)
  return toUser(row)
}

export const passwordChange = ({ password }: { password?: string }): AuthenticatorChange[] =>
  password === undefined ? [] : [{ method: 'password', state: 'active', data: [password] }]

/** Reserves each name for this user; of two parallel calls the primary key accepts one. The sorted order prevents deadlocks. */
export async function takeNames(
  tx: Transaction,
  userId: string,
  names: readonly (string | undefined)[],
): Promise<boolean> {
  for (const name of [...new Set(names.filter(name => name !== undefined).map(canonicalName))].sort()) {
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
