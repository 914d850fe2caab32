import type { Act } from '../../model/actor.ts'
import { type SigningAlgorithm, TOKEN_ALGORITHM } from '../../model/signing-algorithm.ts'
import type { SigningKey } from '../../ports/stores.ts'
import { requirePermission } from '../authority.ts'
import { addSigningKey, loadSigningKeys, type SigningKeyNeeds } from './load-signing-keys.ts'

/**
 * A new key signs with its algorithm from now on; the one before stays published until the longest token it signed has
 * ended. Keys of other algorithms are left as they are.
 */
export async function rotateSigningKey(needs: Needs, act: Act, ask: RotateSigningKey = {}): Promise<SigningKey> {
  requirePermission(act.by, 'rotateSigningKey')
  const { algorithm = TOKEN_ALGORITHM } = ask
  const key = await addSigningKey(needs, act, { algorithm, when: 'always' })
  await loadSigningKeys(needs)
  return key
}

export type RotateSigningKey = { algorithm?: SigningAlgorithm }
type Needs = SigningKeyNeeds
