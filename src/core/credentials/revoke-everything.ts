import { Refusal } from '../../model/refusal.ts'
import { type Grantor, isOperator } from '../authority.ts'
import type { World } from '../world.ts'

/**
 * Ends all that was ever issued, of every kind and owner, sessions and grants included. For a database that was restored
 * from a backup, which knows nothing of what was revoked since, or that somebody else has read.
 */
export async function revokeEverything(needs: Needs, by: Grantor): Promise<number> {
  if (!isOperator(by)) throw new Refusal('permission-missing', `${by.actor} is not the operator`)
  return needs.credentials.revokeEverything({
    at: needs.now(),
    event: 'revoked',
    about: 'credential',
    actor: by.actor,
    detail: { what: 'everything' },
  })
}

type Needs = Pick<World, 'credentials' | 'now'>
