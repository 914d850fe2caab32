import type { JournalEntry } from '../model/journal.ts'
import type { Authenticator, MethodName } from '../model/users/authenticator.ts'

/** Reads authenticators. `UserStore.create` and `change` write them with the user, so that credentials obtained with them end in the same transaction. */
export type AuthenticatorStore = {
  /** Returns all authenticators of this user, ordered by id. */
  ofUser(userId: string): Promise<Authenticator[]>
  /** Records the time of a use, unless a use within the hour before is recorded. */
  markUsed(authenticator: Authenticator, at: number): Promise<void>
  /** Uses up a single-use authenticator; false if it was used or removed before. Of parallel calls only one succeeds. */
  spend(authenticator: Authenticator, entry: JournalEntry): Promise<boolean>
}

/** Replaces all authenticators of the user with this method and state; an empty list removes them. */
export type AuthenticatorChange = { method: MethodName; state: 'active' | 'pending'; data: readonly string[] }
