import type { KeyMaterial } from '../../../crypto/signer.ts'
import { STANDARD_ALGORITHMS } from '../../../model/credentials/signing-algorithm.ts'
import { YEAR } from '../../../model/span.ts'
import { SYSTEM } from '../../../model/users/actor.ts'
import type { SigningKey } from '../../../ports/stores.ts'
import { addSigningKey, SIGNING_KEY_SEAL, type SigningKeyNeeds } from './add-signing-key.ts'

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
      keys.map(key => ({ ...unseal(needs, key), ...agingOf(key) })),
      removed.map(key => ({ ...key, ...agingOf(key) })),
    )
    return 'loaded'
  }
  for (const algorithm of lacking) await addSigningKey(needs, SYSTEM, { algorithm, when: 'if-none' })
  await loadSigningKeys(needs)
  return 'made'
}

/** Counts from the stored time at which the key signed last, so a restart changes nothing. */
const agingOf = ({ retiredAt }: SigningKey) => (retiredAt === undefined ? {} : { hintsUntil: retiredAt + HINT_LIFE })

function unseal(needs: SigningKeyNeeds, key: SigningKey): KeyMaterial {
  const text = needs.vault.open(SIGNING_KEY_SEAL, key.sealedPrivateJwk)
  if (text === undefined) throw new Error(`signing key ${key.id} was sealed with another master key`)
  return { id: key.id, algorithm: key.algorithm, publicJwk: key.publicJwk, privateJwk: JSON.parse(text) }
}
