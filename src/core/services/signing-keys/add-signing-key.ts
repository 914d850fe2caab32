import { generateSigningKey } from '../../../crypto/signer.ts'
import type { SigningAlgorithm } from '../../../model/credentials/signing-algorithm.ts'
import { entry } from '../../../model/journal.ts'
import type { Act } from '../../../model/users/actor.ts'
import type { SigningKey } from '../../../ports/stores.ts'
import type { World } from '../../world.ts'

/** The purpose for which private keys are sealed. */
export const SIGNING_KEY_SEAL = 'signing-key'

export async function addSigningKey(
  needs: SigningKeyNeeds,
  act: Act,
  { algorithm, when }: { algorithm: SigningAlgorithm; when: 'if-none' | 'always' },
): Promise<SigningKey> {
  const material = await generateSigningKey(algorithm)
  const key: SigningKey = {
    id: material.id,
    algorithm,
    publicJwk: material.publicJwk,
    sealedPrivateJwk: needs.vault.seal(SIGNING_KEY_SEAL, JSON.stringify(material.privateJwk)),
    createdAt: needs.now(),
  }
  const detail = { algorithm }
  await needs.signingKeys.add(key, when, entry(act, 'created', aboutSigningKey(key), { at: key.createdAt, detail }))
  return key
}

export const aboutSigningKey = ({ id }: SigningKey) => ({ about: 'signing-key', aboutId: id })

export type SigningKeyNeeds = Pick<World, 'signingKeys' | 'signer' | 'vault' | 'now'>
