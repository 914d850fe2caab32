import type { Authenticator, MethodName } from '../model/authenticator.ts'
import type { JournalEntry } from '../model/journal.ts'

/** Read here, set together with the user (`UserStore.create` and `change`), so that what was obtained with them ends in the same transaction. */
export type AuthenticatorStore = {
  /** All that this user has, in the order of their ids. */
  ofUser(userId: string): Promise<Authenticator[]>
  /** Notes that it proved its user at this time, unless that was noted within the hour before. */
  markUsed(authenticator: Authenticator, at: number): Promise<void>
  /** Uses up one that is good once; false when it was used or removed before. One winner. */
  spend(authenticator: Authenticator, entry: JournalEntry): Promise<boolean>
}

/** Takes the place of all that the user has of this method in this state; an empty list removes them. */
export type AuthenticatorChange = { method: MethodName; state: 'active' | 'pending'; data: readonly string[] }
