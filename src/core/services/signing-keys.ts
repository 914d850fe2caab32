import { generateSigningKey, type KeyMaterial, SIGNING_ALGORITHM } from '../../crypto/signer.ts'
import { Refusal } from '../../model/refusal.ts'
import type { SigningKey } from '../../ports/stores.ts'
import type { Source, World } from '../world.ts'

const SEAL = 'signing-key'

/** Loads the keys into the signer; makes the first one on a new database. Several processes starting at once make one. */
export async function loadSigningKeys(needs: Needs): Promise<'made' | 'loaded'> {
  const keys = await needs.signingKeys.list()
  if (keys.some(key => key.retiredAt === undefined)) {
    needs.signer.load(keys.map(key => unseal(needs, key)))
    return 'loaded'
  }
  await addKey(needs, 'if-none', 'system', {})
  await loadSigningKeys(needs)
  return 'made'
}

/** A new key signs from now on; the old ones stay published until the longest token they signed has ended. */
export async function rotateSigningKey(needs: Needs, actor: string, from: Source): Promise<SigningKey> {
  const key = await addKey(needs, 'always', actor, from)
  await loadSigningKeys(needs)
  return key
}

/** Withdraws a retired key: what it signed is no longer known here. The key that signs must be replaced first. */
export async function removeSigningKey(needs: Needs, actor: string, ask: { id: string; from: Source }): Promise<void> {
  const key = (await needs.signingKeys.list()).find(({ id }) => id === ask.id)
  if (!key)
    throw new Refusal('not-found', `no signing key ${ask.id.slice(0, 80)}`, { sentence: 'There is no such key.' })
  if (key.retiredAt === undefined)
    throw new Refusal('state-conflict', `${key.id} is the key that signs`, {
      sentence: 'This key signs. Rotate first; then it can be withdrawn.',
    })
  const at = needs.now()
  await needs.signingKeys.remove(key.id, at, {
    at,
    event: 'deleted',
    about: 'signing-key',
    aboutId: key.id,
    actor,
    ...ask.from,
  })
  await loadSigningKeys(needs)
}

async function addKey(needs: Needs, when: 'if-none' | 'always', actor: string, from: Source): Promise<SigningKey> {
  const material = await generateSigningKey()
  const key: SigningKey = {
    id: material.id,
    algorithm: SIGNING_ALGORITHM,
    publicJwk: material.publicJwk,
    sealedPrivateJwk: needs.vault.seal(SEAL, JSON.stringify(material.privateJwk)),
    createdAt: needs.now(),
  }
  await needs.signingKeys.add(key, when, {
    at: key.createdAt,
    event: 'created',
    about: 'signing-key',
    aboutId: key.id,
    actor,
    ...from,
  })
  return key
}

function unseal(needs: Needs, key: SigningKey): KeyMaterial {
  const text = needs.vault.open(SEAL, key.sealedPrivateJwk)
  if (text === undefined) throw new Error(`signing key ${key.id} was sealed with another master key`)
  return { id: key.id, publicJwk: key.publicJwk, privateJwk: JSON.parse(text) }
}

type Needs = Pick<World, 'signingKeys' | 'signer' | 'vault' | 'now'>
