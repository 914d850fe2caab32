import type { Act } from '../../model/actor.ts'
import { entry } from '../../model/journal.ts'
import { requireOperator } from '../authority.ts'
import type { World } from '../world.ts'

/**
 * Ends all that was ever issued, of every kind and owner, sessions and grants included. For a database that was restored
 * from a backup, which knows nothing of what was revoked since, or that another person has read.
 */
export async function revokeEverything(needs: Needs, act: Act): Promise<number> {
  requireOperator(act.by)
  const what = { at: needs.now(), detail: { what: 'everything' } }
  return needs.credentials.revokeEverything(entry(act, 'revoked', { about: 'credential' }, what))
}

type Needs = Pick<World, 'credentials' | 'now'>
