import { TOKEN_ALGORITHM } from '../../../model/credentials/signing-algorithm.ts'
import { entry } from '../../../model/journal.ts'
import { DAY, YEAR } from '../../../model/span.ts'
import { SYSTEM } from '../../../model/users/actor.ts'
import type { SigningKey } from '../../../ports/stores.ts'
import { aboutSigningKey, type SigningKeyNeeds } from './add-signing-key.ts'
import { loadSigningKeys } from './load-signing-keys.ts'

/**
 * Removes retired keys from the published set when the longest-lived token that they signed has expired. Their id tokens
 * still count as hints (`HINT_LIFE`).
 */
export async function unpublishSigningKeys(needs: SigningKeyNeeds): Promise<void> {
  const at = needs.now()
  const over = (await needs.signingKeys.list()).filter(key => publishedUntil(key) <= at)
  for (const key of over)
    await needs.signingKeys.remove(key.id, at, entry(SYSTEM, 'deleted', aboutSigningKey(key), { at }))
  if (over.length > 0) await loadSigningKeys(needs)
}

/** An access token that is a JWT lives for a year at most, an id token for a day. One day more allows for clocks that differ. */
const publishedUntil = ({ algorithm, retiredAt = Number.POSITIVE_INFINITY }: SigningKey): number =>
  retiredAt + (algorithm === TOKEN_ALGORITHM ? YEAR : DAY) + DAY
