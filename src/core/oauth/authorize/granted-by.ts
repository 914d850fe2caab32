import type { Grant } from '../../../model/credentials/credential.ts'
import { aboutGrant, entry, type JournalEntry } from '../../../model/journal.ts'
import type { Act, UserActor } from '../../../model/users/actor.ts'

/** The journal entry of a consent. */
export const grantedBy = (act: Act<UserActor>, grant: Grant): JournalEntry =>
  entry(act, 'granted', { ...aboutGrant(grant), credentialId: grant.parentId }, { at: grant.createdAt })
