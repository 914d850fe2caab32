import { generateSigningKey } from '../../../crypto/signer.ts'
import { type SigningAlgorithm, TOKEN_ALGORITHM } from '../../../model/credentials/signing-algorithm.ts'
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
  const now = needs.now()
  const key: SigningKey = {
    id: material.id,
    algorithm,
    publicJwk: material.publicJwk,
    sealedPrivateJwk: needs.vault.seal(SIGNING_KEY_SEAL, JSON.stringify(material.privateJwk)),
    createdAt: await dateOf(needs, algorithm, now),
  }
  const detail = { algorithm }
  await needs.signingKeys.add(key, when, entry(act, 'created', aboutSigningKey(key), { at: now, detail }))
  return key
}

/**
 * A process of an earlier version, which may run beside this one until the upgrade is finished, signs tokens with the key
 * of the latest date, even if it has another algorithm. So keys of other algorithms are dated before the key that signs tokens.
 */
async function dateOf(needs: SigningKeyNeeds, algorithm: SigningAlgorithm, now: number): Promise<number> {
  if (algorithm === TOKEN_ALGORITHM || needs.statements.inUse()) return now
  const keys = await needs.signingKeys.list()
  const signing = keys.find(key => key.algorithm === TOKEN_ALGORITHM && key.retiredAt === undefined)
  return signing ? Math.min(now, signing.createdAt - 1) : now
}

export const aboutSigningKey = ({ id }: SigningKey) => ({ about: 'signing-key', aboutId: id })

export type SigningKeyNeeds = Pick<World, 'signingKeys' | 'signer' | 'vault' | 'now'> & {
  statements: Pick<World['statements'], 'inUse'>
}
