import type { Act } from '../../model/actor.ts'
import type { SigningKey } from '../../ports/stores.ts'
import { requirePermission } from '../authority.ts'
import { addSigningKey, loadSigningKeys, type SigningKeyNeeds } from './load-signing-keys.ts'

/** A new key signs from now on; the old ones stay published until the longest token they signed has ended. */
export async function rotateSigningKey(needs: Needs, act: Act): Promise<SigningKey> {
  requirePermission(act.by, 'rotateSigningKey')
  const key = await addSigningKey(needs, act, 'always')
  await loadSigningKeys(needs)
  return key
}

type Needs = SigningKeyNeeds
