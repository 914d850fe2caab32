import { entry } from '../../../model/journal.ts'
import { missing } from '../../../model/refusals/missing.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act } from '../../../model/users/actor.ts'
import { requirePermission } from '../../authority.ts'
import type { SigningKeyNeeds } from './add-signing-key.ts'
import { aboutSigningKey } from './add-signing-key.ts'
import { loadSigningKeys } from './load-signing-keys.ts'

/**
 * Removes a retired key from the published keys, so tokens that it signed are no longer valid. Its id tokens still count as
 * hints. An active key must be rotated first.
 */
export async function removeSigningKey(needs: Needs, act: Act, ask: { id: string }): Promise<void> {
  requirePermission(act.by, 'removeSigningKey')
  const key = (await needs.signingKeys.list()).find(({ id }) => id === ask.id)
  if (!key) throw missing('signing key', ask.id)
  if (key.retiredAt === undefined)
    throw new Refusal('state-conflict', `${key.id} is the key that signs`, {
      sentence: 'This key signs. Rotate first; then it can be withdrawn.',
    })
  const at = needs.now()
  await needs.signingKeys.remove(key.id, at, entry(act, 'deleted', aboutSigningKey(key), { at }))
  await loadSigningKeys(needs)
}

type Needs = SigningKeyNeeds
