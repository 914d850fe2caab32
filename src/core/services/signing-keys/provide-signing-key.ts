import type { SigningAlgorithm } from '../../../model/credentials/signing-algorithm.ts'
import { SYSTEM } from '../../../model/users/actor.ts'
import { addSigningKey, type SigningKeyNeeds } from './add-signing-key.ts'
import { loadSigningKeys } from './load-signing-keys.ts'

/** Makes a key of an algorithm that not every installation has, before its first use. */
export async function provideSigningKey(needs: SigningKeyNeeds, algorithm: SigningAlgorithm): Promise<void> {
  if (needs.signer.signs(algorithm)) return
  await addSigningKey(needs, SYSTEM, { algorithm, when: 'if-none' })
  await loadSigningKeys(needs)
}
