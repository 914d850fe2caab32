import { generateSigningKey, type KeyMaterial } from '../../crypto/signer.ts'
import { type SigningAlgorithm, STANDARD_ALGORITHMS } from '../../model/credentials/signing-algorithm.ts'
import { entry } from '../../model/journal.ts'
import { YEAR } from '../../model/span.ts'
import { type Act, SYSTEM } from '../../model/users/actor.ts'
import type { SigningKey } from '../../ports/stores.ts'
import type { World } from '../world.ts'

const SEAL = 'signing-key'
/**
 * A key verifies hints until this time has passed since it last signed, even if it was removed, because clients send
 * id tokens as hints long after the tokens expired. A hint gives no access.
 */
const HINT_LIFE = YEAR

/** Loads the keys into the signer, and makes missing standard keys. If several processes start at once, one makes them. */
export async function loadSigningKeys(needs: SigningKeyNeeds): Promise<'made' | 'loaded'> {
  const keys = await needs.signingKeys.list()
  const lacking = STANDARD_ALGORITHMS.filter(
    algorithm => !keys.some(key => key.algorithm === algorithm && key.retiredAt === undefined),
  )
  if (lacking.length === 0) {
    const removed = await needs.signingKeys.removed(needs.now() - HINT_LIFE)
    needs.signer.load(
      keys.map(key => unseal(needs, key)),
      removed,
    )
    return 'loaded'
  }
  for (const algorithm of lacking) await addSigningKey(needs, SYSTEM, { algorithm, when: 'if-none' })
  await loadSigningKeys(needs)
  return 'made'
}

/** Makes a key of an algorithm that not every installation has, before its first use. */
export async function provideSigningKey(needs: SigningKeyNeeds, algorithm: SigningAlgorithm): Promise<void> {
  if (needs.signer.signs(algorithm)) return
  await addSigningKey(needs, SYSTEM, { algorithm, when: 'if-none' })
  await loadSigningKeys(needs)
}

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
    sealedPrivateJwk: needs.vault.seal(SEAL, JSON.stringify(material.privateJwk)),
    createdAt: needs.now(),
  }
  const detail = { algorithm }
  await needs.signingKeys.add(key, when, entry(act, 'created', aboutSigningKey(key), { at: key.createdAt, detail }))
  return key
}

export const aboutSigningKey = ({ id }: SigningKey) => ({ about: 'signing-key', aboutId: id })

function unseal(needs: SigningKeyNeeds, key: SigningKey): KeyMaterial {
  const text = needs.vault.open(SEAL, key.sealedPrivateJwk)
  if (text === undefined) throw new Error(`signing key ${key.id} was sealed with another master key`)
  return { id: key.id, algorithm: key.algorithm, publicJwk: key.publicJwk, privateJwk: JSON.parse(text) }
}

export type SigningKeyNeeds = Pick<World, 'signingKeys' | 'signer' | 'vault' | 'now'>
