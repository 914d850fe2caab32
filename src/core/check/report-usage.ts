import type { Act, ResourceActor } from '../../model/actor.ts'
import { sameAudience } from '../../model/audience.ts'
import { KINDS } from '../../model/credential.ts'
import { aboutCredential, entry } from '../../model/journal.ts'
import type { Outcome } from '../../model/verdict.ts'
import type { World } from '../world.ts'

/** No guard gathers further back; a guard whose clock is wrong cannot rewrite the charts. */
const OLDEST_MILLISECONDS = 15 * 60_000

/**
 * What a guard answered without asking: counted as if it had asked. An API tells of its own callers only: of a credential
 * that is not for it, nothing is believed.
 */
export async function reportUsage(
  needs: Needs,
  act: Act<ResourceActor>,
  ask: ReportUsage,
): Promise<{ counted: number }> {
  const { strictAudience, audience } = act.by.resource
  const now = needs.now()
  const outcomes = await Promise.all(
    ask.items.map(async ({ credentialId, outcome, count, lastAt }) => {
      const credential = await needs.credentials.byId(credentialId)
      if (!credential || !KINDS[credential.kind].bearer) return false
      const forThem =
        credential.audience.length === 0
          ? !strictAudience
          : credential.audience.some(named => sameAudience(named, audience))
      if (!forThem) return false
      const at = Math.min(now, Math.max(lastAt, now - OLDEST_MILLISECONDS))
      needs.recorder.used(credential.id, credential.kind, outcome, at, undefined, count)
      if (outcome === 'valid' && credential.lastUsedAt === undefined)
        needs.recorder.begun(credential.id, () => entry(act, 'used', aboutCredential(credential), { at }))
      return true
    }),
  )
  return { counted: outcomes.filter(Boolean).length }
}

export type ReportUsage = {
  items: { credentialId: string; outcome: Outcome; count: number; lastAt: number }[]
}
type Needs = Pick<World, 'credentials' | 'recorder' | 'now'>
