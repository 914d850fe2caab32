import type { Fingerprint } from '../model/credential.ts'
import type { JournalEntry } from '../model/journal.ts'
import type { NewUser, User } from '../model/user.ts'
import type { AuthenticatorChange } from './authenticators.ts'
import type { Page, PageAsk } from './paging.ts'
import type { RevocationFilter } from './revocation-filter.ts'

/** The version of a user at the time of reading. */
export type UserVersion = Pick<User, 'id' | 'epoch'>

export type UserStore = {
  create(user: NewUser, entry: JournalEntry): Promise<User | 'name-taken'>
  /** Makes a user by a set-up link, which is spent only if that worked. One winner for each link, and for all `first` ones. */
  createByLink(
    user: NewUser,
    link: { fingerprint: Fingerprint; opensFor: 'first' | 'another' },
    entry: JournalEntry,
  ): Promise<User | 'name-taken' | 'spent' | 'admin-exists'>
  byId(id: string): Promise<User | undefined>
  byNumber(number: number): Promise<User | undefined>
  /** By handle or e-mail address, in any letter case. */
  byName(name: string): Promise<User | undefined>
  list(page: PageAsk & { search?: string; role?: User['role']; active?: boolean }): Promise<Page<User>>
  /** Appends to the revocation log whenever power may have been taken away. `undefined`: no such user. */
  change(
    id: string,
    change: UserChange,
    entry: JournalEntry,
    /** Credentials of this user that end in the same transaction. */
    ends?: Pick<RevocationFilter, 'kinds' | 'except'>,
    rule?: Leave,
  ): Promise<User | 'name-taken' | 'last-admin' | undefined>
  /** Stores the same password hashed anew, unless another one was set since. */
  rehash(userVersion: UserVersion, password: string, entry: JournalEntry): Promise<void>
  /** Takes in a user of another system under the number it had there; new users are counted on from the highest. */
  adopt(user: NewUser & Pick<User, 'number'>, entry: JournalEntry): Promise<'adopted' | 'name-taken' | 'number-taken'>
  /** Marks a step of the one-time codes as used; false when it or a later one was used before. One winner. */
  spendOtpStep(id: string, step: number): Promise<boolean>
  /** Stored passwords in the form of another system, one of each kind. */
  foreignPasswords(): Promise<string[]>
  /** Clears what was kept of other systems' passwords; returns of how many users. */
  forgetImportedPasswords(entry: JournalEntry): Promise<number>
  delete(
    id: string,
    entry: JournalEntry,
    rule?: Leave & { seats?: 'none-as-admin' },
  ): Promise<boolean | 'last-admin' | 'administers-workspace' | 'administers-model'>
  /** Those of these ids that exist. */
  byIds(ids: readonly string[]): Promise<User[]>
  count(): Promise<number>
  countByRole(role: User['role']): Promise<number>
}
/** Whether the last active owner or admin may go; two at once cannot both. */
export type Leave = { leave: 'an-admin' | 'anybody' }
/** A key that is present is written; `null` clears. */
export type UserChange = {
  handle?: string
  email?: string | null
  firstName?: string | null
  lastName?: string | null
  role?: User['role']
  scopes?: string[] | null
  active?: boolean
  /** A hash; takes the place of the password they have. */
  password?: string
  authenticators?: readonly AuthenticatorChange[]
  importedPassword?: string | null
}
