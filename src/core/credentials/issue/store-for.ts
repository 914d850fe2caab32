import type { Credential } from '../../../model/credentials/credential.ts'
import type { JournalEntry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { User } from '../../../model/users/user.ts'
import type { World } from '../../world.ts'

/**
 * Stores a credential for a user unless all credentials of the user were ended since `user` was read. So a sign-in with
 * the old password gets nothing if the password changes at the same time.
 */
export async function storeFor(
  needs: Pick<World, 'credentials'>,
  user: User,
  credential: Credential,
  entry: JournalEntry,
): Promise<void> {
  if ((await needs.credentials.issueTo(user, [credential], entry)) === 'outdated') throw userChanged(user)
}

export const userChanged = (user: User): Refusal =>
  new Refusal('state-conflict', `all of ${user.id} was ended, or they were disabled, at the same moment`, {
    sentence: 'The password of this account was changed, or it was signed out, at this very moment. Sign in again.',
  })
