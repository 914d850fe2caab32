import { aboutUser, entry, type JournalEntry } from '../../../model/journal.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { User } from '../../../model/users/user.ts'
import type { World } from '../../world.ts'

/** The journal entry for setting up, confirming or removing a second factor. */
export const secondFactorEntry = (
  needs: Pick<World, 'now'>,
  act: Act | Act<Oneself>,
  user: Pick<User, 'id'>,
  step: 'begun' | 'confirmed' | 'removed',
): JournalEntry =>
  entry(act, 'changed', aboutUser(user), { at: needs.now(), detail: { what: `second factor ${step}` } })
