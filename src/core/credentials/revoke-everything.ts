import { entry } from '../../model/journal.ts'
import type { Act } from '../../model/users/actor.ts'
import { requireOperator } from '../authority.ts'
import type { SigningKeyNeeds } from '../services/signing-keys/add-signing-key.ts'
import { loadSigningKeys } from '../services/signing-keys/load-signing-keys.ts'
import type { World } from '../world.ts'

/**
 * Ends all credentials, sessions and grants of the installation, and replaces the keys that seal and sign. Needed after
 * a restore from a backup, which lacks later revocations, and after another person has read the database.
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
