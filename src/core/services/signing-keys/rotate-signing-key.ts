import { type SigningAlgorithm, TOKEN_ALGORITHM } from '../../../model/credentials/signing-algorithm.ts'
import type { Act } from '../../../model/users/actor.ts'
import type { SigningKey } from '../../../ports/stores.ts'
import { requirePermission } from '../../authority.ts'
import type { SigningKeyNeeds } from './add-signing-key.ts'
import { addSigningKey } from './add-signing-key.ts'
import { loadSigningKeys } from './load-signing-keys.ts'

/**
 * Makes a new key that signs from now on. The old key of the algorithm stays published until the longest token it signed
 * has expired. Keys of other algorithms do not change.
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
