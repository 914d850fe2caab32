import type { Fingerprint } from '../model/credentials/credential.ts'
import type { JournalEntry } from '../model/journal.ts'
import type { UserClaims } from '../model/users/standard-claims.ts'
import type { NewUser, User } from '../model/users/user.ts'
import type { AuthenticatorChange } from './authenticators.ts'
import type { Page, PageAsk } from './paging.ts'
import type { RevocationFilter } from './revocation-filter.ts'

/** The version of a user at the time of reading. */
export type UserVersion = Pick<User, 'id' | 'epoch'>

export type UserStore = {
  create(user: NewUser, entry: JournalEntry): Promise<User | 'name-taken'>
  /** Creates a user by a set-up link, and spends the link only if the user was created. Each link creates one user; of all `first` links only one succeeds. */
  createByLink(
    user: NewUser,
    link: { fingerprint: Fingerprint; opensFor: 'first' | 'another' },
    entry: JournalEntry,
  ): Promise<User | 'name-taken' | 'spent' | 'admin-exists'>
  byId(id: string): Promise<User | undefined>
  byNumber(number: number): Promise<User | undefined>
  /** Finds by handle or e-mail address, in any letter case. */
  byName(name: string): Promise<User | undefined>
  list(page: PageAsk & { search?: string; role?: User['role']; active?: boolean }): Promise<Page<User>>
  /** Appends to the revocation log if the change may end a right. `undefined`: no such user. */
  change(
    id: string,
    change: UserChange,
    entry: JournalEntry,
    /** Credentials of this user that end in the same transaction. */
    ends?: Pick<RevocationFilter, 'kinds' | 'except'>,
    rule?: Leave,
  ): Promise<User | 'name-taken' | 'last-admin' | undefined>
  /** Stores a new hash of the same password, unless the password was changed meanwhile. */
  rehash(userVersion: UserVersion, password: string, entry: JournalEntry): Promise<void>
  /** Adopts a user of another system with the number from there. New users get numbers above the highest. */
  adopt(user: NewUser & Pick<User, 'number'>, entry: JournalEntry): Promise<'adopted' | 'name-taken' | 'number-taken'>
  /** Marks a step of the one-time codes as used; false if this or a later step was used before. Of parallel calls only one succeeds. */
  spendOtpStep(id: string, step: number): Promise<boolean>
  /** Returns stored passwords in formats of other systems, one of each kind. */
  foreignPasswords(): Promise<string[]>
  /** Clears the imported passwords of other systems; returns the number of users concerned. */
  forgetImportedPasswords(entry: JournalEntry): Promise<number>
  delete(
    id: string,
    entry: JournalEntry,
    rule?: Leave & { seats?: 'none-as-admin' },
  ): Promise<boolean | 'last-admin' | 'administers-workspace' | 'administers-model'>
  /** The existing users among these ids. */
  byIds(ids: readonly string[]): Promise<User[]>
  count(): Promise<number>
  countByRole(role: User['role']): Promise<number>
}
/** Decides if the last active owner or admin may be removed. Two parallel calls cannot remove the last two. */
export type Leave = { leave: 'an-admin' | 'anybody' }
/** Present keys are written; `null` clears a value. */
export type UserChange = {
  handle?: string
  email?: string | null
  firstName?: string | null
  lastName?: string | null
  role?: User['role']
  scopes?: string[] | null
  active?: boolean
  /** A hash, which replaces the current password. */
  password?: string
  authenticators?: readonly AuthenticatorChange[]
  importedPassword?: string | null
  claims?: UserClaims
}
