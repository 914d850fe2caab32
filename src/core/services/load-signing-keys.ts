import { generateSigningKey, type KeyMaterial, SIGNING_ALGORITHM } from '../../crypto/signer.ts'
import { type Act, SYSTEM } from '../../model/actor.ts'
import { entry } from '../../model/journal.ts'
import type { SigningKey } from '../../ports/stores.ts'
import type { World } from '../world.ts'

const SEAL = 'signing-key'

/** Loads the keys into the signer; makes the first one on a new database. Several processes starting at once make one. */
export async function loadSigningKeys(needs: SigningKeyNeeds): Promise<'made' | 'loaded'> {
  const keys = await needs.signingKeys.list()
  if (keys.some(key => key.retiredAt === undefined)) {
    needs.signer.load(keys.map(key => unseal(needs, key)))
    return 'loaded'
  }
  await addSigningKey(needs, SYSTEM, 'if-none')
  await loadSigningKeys(needs)
  return 'made'
}

export async function addSigningKey(needs: SigningKeyNeeds, act: Act, when: 'if-none' | 'always'): Promise<SigningKey> {
  const material = await generateSigningKey()
  const key: SigningKey = {
    id: material.id,
    algorithm: SIGNING_ALGORITHM,
    publicJwk: material.publicJwk,
    sealedPrivateJwk: needs.vault.seal(SEAL, JSON.stringify(material.privateJwk)),
    createdAt: needs.now(),
  }
  await needs.signingKeys.add(key, when, entry(act, 'created', aboutSigningKey(key), { at: key.createdAt }))
  return key
}

export const aboutSigningKey = ({ id }: SigningKey) => ({ about: 'signing-key', aboutId: id })

function unseal(needs: SigningKeyNeeds, key: SigningKey): KeyMaterial {
  const text = needs.vault.open(SEAL, key.sealedPrivateJwk)
  if (text === undefined) throw new Error(`signing key ${key.id} was sealed with another master key`)
  return { id: key.id, publicJwk: key.publicJwk, privateJwk: JSON.parse(text) }
}

export type SigningKeyNeeds = Pick<World, 'signingKeys' | 'signer' | 'vault' | 'now'>
