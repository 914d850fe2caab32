import { type SqlBool, sql, type Updateable } from 'kysely'
import { rootOf } from '../../../model/users/session.ts'
import { canonicalName, type User } from '../../../model/users/user.ts'
import type { UserChange, UserStore } from '../../../ports/users.ts'
import type { Engine, Transaction } from '../../engine.ts'
import type { UserRow } from '../../tables.ts'
import { endWithOwner } from '../clients/clients.ts'
import { endCredentials } from '../credentials/end-credentials.ts'
import { spend } from '../credentials/single-use.ts'
import { changed, endAllOf, isCurrent, record, revoked, revoking } from '../revocations.ts'
import { toUser } from '../rows.ts'
import { mirrorOf } from './authenticator-columns.ts'
import { putAuthenticators, setPasswordHash, settleRows } from './authenticators.ts'
import { endGrantsOfSessions, giveNotice, sessionsOf } from './end-sessions.ts'
import { listUsers } from './user-list.ts'
import { insertNumbered, insertUser, passwordChange, takeNames } from './user-names.ts'

export function userStore(engine: Engine): UserStore {
  const { db } = engine
  const one = async (column: 'id' | 'number', value: string | number): Promise<User | undefined> => {
    const row = await db.selectFrom('users').selectAll().where(column, '=', value).executeTakeFirst()
    return row && toUser(row)
  }
  return {
    create: (user, entry) =>
      engine.write(async tx => {
        const stored = await insertUser(tx, user)
        if (stored !== 'name-taken') await record(tx, entry)
        return stored
      }),
    createByLink: (user, { fingerprint, opensFor }, entry) =>
      engine
        .write(async tx => {
          if (!(await spend(tx, { fingerprint, kind: 'setup-link', at: entry.at }))) return 'spent' as const
          const stored = await insertUser(tx, user)
          if (stored === 'name-taken') throw new NameTaken()
          // Taking the new number locked the counter, so a parallel creation of a first user has committed or waits.
          const admins = opensFor === 'first' ? await otherAdmins(tx, user.id) : 0
          if (admins > 0) throw new AdminExists()
          await record(tx, entry)
          return stored
        })
        .catch((error: unknown) => {
          if (error instanceof NameTaken) return 'name-taken' as const
          if (error instanceof AdminExists) return 'admin-exists' as const
          throw error
        }),
    adopt: (user, entry) =>
      engine.write(async tx => {
        const numbered = await tx.selectFrom('users').select('id').where('number', '=', user.number).executeTakeFirst()
        if (numbered) return 'number-taken' as const
        if (!(await takeNames(tx, user.id, [user.handle, user.email]))) return 'name-taken' as const
        await insertNumbered(tx, user)
        await tx
          .updateTable('counters')
          .set({ value: user.number })
          .where('name', '=', 'users')
          .where('value', '<', user.number)
          .execute()
        await record(tx, entry)
        return 'adopted' as const
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

    list: ask => listUsers(db, ask),

    async byIds(ids) {
      if (ids.length === 0) return []
      return (await db.selectFrom('users').selectAll().where('id', 'in', ids).execute()).map(toUser)
    },

    change: (id, change, entry, ends, rule) =>
      revoking(engine, async tx => {
        const before = await tx.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
        if (!before) return undefined
        const proofs = [...passwordChange(change), ...(change.authenticators ?? [])]
        if (proofs.length > 0) await settleRows(tx, id)
        const row = await tx
          .updateTable('users')
          // The statement needs at least one column, even if nothing changes.
          .set(eb => ({ id: eb.ref('id'), ...columnsOf(change), ...mirrorOf(proofs) }))
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow()
        if (change.handle !== undefined || change.email !== undefined) {
          await tx.deleteFrom('user_names').where('user_id', '=', id).execute()
          if (!(await takeNames(tx, id, [row.handle, row.email ?? undefined]))) throw new NameTaken()
        }
        await putAuthenticators(tx, id, proofs, entry.at)
        if (rule?.leave === 'an-admin' && runsHouse(before) && !runsHouse(row)) await refuseLast(tx)
        const effect = before.active === 1 && row.active === 0 ? 'revoked' : 'changed'
        const theirs = before.active === row.active ? [] : await endWithOwner(tx, id, effect)
        const { count: ended, log } = ends
          ? await endCredentials(tx, { ...ends, userId: id }, entry.at)
          : { count: undefined, log: [] }
        // A disabled user is signed out of all applications. The grants stay, so that they work again when the user is
        // enabled.
        if (effect === 'revoked') await giveNotice(tx, (await sessionsOf(tx, id)).map(rootOf), entry.at)
        const kept = ended === undefined ? entry : { ...entry, detail: { ...entry.detail, ended } }
        await record(tx, kept, [...log, { subject: 'user', subjectId: id, effect }, ...theirs])
        return { ...toUser(row), epoch: row.epoch + (ends ? 1 : 0) }
      }).catch((error: unknown) => {
        if (error instanceof NameTaken) return 'name-taken' as const
        if (error instanceof LastAdmin) return 'last-admin' as const
        throw error
      }),

    delete: (id, entry, rule) =>
      revoking(engine, async tx => {
        const gone = await tx.deleteFrom('users').where('id', '=', id).returningAll().executeTakeFirst()
        if (!gone) return false
        if (rule?.leave === 'an-admin' && runsHouse(gone)) await refuseLast(tx)
        if (rule?.seats === 'none-as-admin') await refuseAdminSeats(tx, id)
        await tx.deleteFrom('user_names').where('user_id', '=', id).execute()
        await tx.deleteFrom('seats').where('user_id', '=', id).execute()
        await tx.deleteFrom('views').where('user_id', '=', id).execute()
        await endGrantsOfSessions(tx, await sessionsOf(tx, id), entry.at)
        await endAllOf(tx, 'user_id', id, entry.at)
        const theirs = await endWithOwner(tx, id, 'revoked')
        await record(tx, entry, [...revoked('user', id), ...theirs])
        return true
      }).catch((error: unknown) => {
        if (error instanceof LastAdmin) return 'last-admin' as const
        if (error instanceof Administers) return error.what
        throw error
      }),

    rehash: (userVersion, password, entry) =>
      revoking(engine, async tx => {
        if (!(await isCurrent(tx, userVersion))) return
        const { id } = userVersion
        await settleRows(tx, id)
        await tx.updateTable('users').set({ password }).where('id', '=', id).execute()
        await setPasswordHash(tx, id, password)
        await record(tx, entry, changed('user', userVersion.id))
      }),
    spendOtpStep: (id, step) =>
      engine.write(async tx => {
        const used = await tx
          .updateTable('users')
          .set({ otp_step: step })
          .where('id', '=', id)
          .where(eb => eb.or([eb('otp_step', 'is', null), eb('otp_step', '<', step)]))
          .executeTakeFirst()
        return used.numUpdatedRows === 1n
      }),
    forgetImportedPasswords: entry =>
      revoking(engine, async tx => {
        const users = await tx
          .updateTable('users')
          .set({ imported_password: null })
          .where('imported_password', 'is not', null)
          .returning('id')
          .execute()
        await record(tx, { ...entry, detail: { ...entry.detail, count: users.length } })
        return users.length
      }),

    async foreignPasswords() {
      const kinds = FOREIGN.map(kind =>
        db
          .selectFrom('users')
          .select('password')
          .where(isForeign)
          .where('password', 'like', `${kind}%`)
          .limit(1)
          .executeTakeFirst(),
      )
      return (await Promise.all(kinds)).map(row => row?.password).filter(password => typeof password === 'string')
    },

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

/** The condition of the index `foreign_passwords`, and the first characters of each kind (`crypto/foreign-hashes.ts`). */
const isForeign = sql<SqlBool>`password is not null and password not like '$argon2id$%'`
const FOREIGN = ['$2', 'bcrypt$', 'bcrypt_sha256$', 'pbkdf2_sha256$', 'pbkdf2_sha1$', 'scrypt$', 'argon2$']

class NameTaken extends Error {}
class LastAdmin extends Error {}
class AdminExists extends Error {}
class Administers extends Error {
  readonly what: 'administers-workspace' | 'administers-model'
  constructor(what: Administers['what']) {
    super(what)
    this.what = what
  }
}

/** The user's row is locked, so a seat given at the same time either exists already or is refused. */
async function refuseAdminSeats(tx: Transaction, id: string): Promise<void> {
  const seats = tx.selectFrom('seats').select('place').where('user_id', '=', id).where('role', '=', 'admin')
  const places = (await seats.execute()).map(({ place }) => place)
  if (places.includes('workspace')) throw new Administers('administers-workspace')
  if (places.length > 0) throw new Administers('administers-model')
}

const RUN_HOUSE = ['owner', 'admin']
const runsHouse = (row: UserRow): boolean => row.active === 1 && RUN_HOUSE.includes(row.role)

async function otherAdmins(tx: Transaction, besides: string): Promise<number> {
  const admins = tx.selectFrom('users').select('id').where('role', 'in', RUN_HOUSE).where('active', '=', 1)
  return (await admins.where('id', '!=', besides).limit(1).execute()).length
}

/** Refuses a change that would leave no administrator. The counter's row is locked first, so that two parallel calls are checked one after the other. */
async function refuseLast(tx: Transaction): Promise<void> {
  await tx
    .updateTable('counters')
    .set(eb => ({ value: eb.ref('value') }))
    .where('name', '=', 'users')
    .execute()
  if ((await otherAdmins(tx, '')) === 0) throw new LastAdmin()
}

const COLUMNS = {
  handle: 'handle',
  email: 'email',
  firstName: 'first_name',
  lastName: 'last_name',
  role: 'role',
  importedPassword: 'imported_password',
} as const satisfies Partial<Record<keyof UserChange, keyof UserRow>>

function columnsOf(change: UserChange): Updateable<UserRow> {
  const columns: Record<string, unknown> = {}
  for (const [key, column] of Object.entries(COLUMNS)) {
    const value = change[key as keyof typeof COLUMNS]
    if (value !== undefined) columns[column] = value
  }
  if (change.scopes !== undefined) columns['scopes'] = change.scopes && JSON.stringify(change.scopes)
  if (change.claims !== undefined) columns['claims'] = JSON.stringify(change.claims)
  if (change.active !== undefined) columns['active'] = Number(change.active)
  return columns
}
