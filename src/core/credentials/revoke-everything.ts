import type { Act } from '../../model/actor.ts'
import { entry } from '../../model/journal.ts'
import { requireOperator } from '../authority.ts'
import { loadSigningKeys, type SigningKeyNeeds } from '../services/load-signing-keys.ts'
import type { World } from '../world.ts'

/**
 * Ends all credentials, sessions and grants of the installation, and replaces the keys that seal and sign. For a
 * database that was restored from a backup, so that it lacks later revocations, or that another person has read.
 */
export async function revokeEverything(needs: Needs, act: Act): Promise<number> {
  requireOperator(act.by)
  const what = { at: needs.now(), detail: { what: 'everything' } }
  const count = await needs.credentials.revokeEverything(entry(act, 'revoked', { about: 'credential' }, what))
  needs.statements.forget()
  await Promise.all([loadSigningKeys(needs), needs.statements.load()])
  return count
}

type Needs = SigningKeyNeeds & Pick<World, 'credentials' | 'statements' | 'now'>
