import { withinAllowed } from '../../model/clients/client.ts'
import type { CountedBy } from '../../model/credentials/counted-by.ts'
import { type CredentialKind, KINDS } from '../../model/credentials/credential.ts'
import type { Outcome } from '../../model/credentials/verdict.ts'
import { aboutClient, aboutCredential, aboutGrant, entry, type Thing } from '../../model/journal.ts'
import { sameAudience } from '../../model/scopes/audience.ts'
import type { Act, ResourceActor } from '../../model/users/actor.ts'
import { type Counted, findCounted } from '../journal/find-counted.ts'
import type { World } from '../world.ts'

/**
 * Guards gather use for a shorter time, so older times are moved to this limit: a wrong clock cannot change old charts.
 */
const OLDEST_MILLISECONDS = 15 * 60_000

/**
 * Counts checks that a guard answered from its cache. An API can report only credentials that are valid for its
 * audience.
 */
export async function reportUsage(
  needs: Needs,
  act: Act<ResourceActor>,
  ask: ReportUsage,
): Promise<{ counted: number }> {
  const now = needs.now()
  const outcomes = await Promise.all(
    ask.items.map(async ({ countedBy: by, outcome, count, lastAt }) => {
      const counted = await findCounted(needs, by)
      const use = counted && isFor(act.by, counted) ? asUse(counted) : undefined
      if (!use) return false
      const at = Math.min(now, Math.max(lastAt, now - OLDEST_MILLISECONDS))
      needs.recorder.used(by, use.kind, outcome, at, undefined, count)
      if (outcome === 'valid' && use.isNew) needs.recorder.begun(by, () => entry(act, 'used', use.thing, { at }))
      return true
    }),
  )
  return { counted: outcomes.filter(Boolean).length }
}

/** A token without a row counts if its grant or client may be used at this API. */
function isFor({ resource }: ResourceActor, counted: Counted): boolean {
  const { audience, strictAudience, scopes } = resource
  const fits = (named: readonly string[]): boolean =>
    named.length === 0 ? !strictAudience : named.some(one => sameAudience(one, audience))
  if (counted.is === 'credential') return fits(counted.credential.audience)
  if (counted.is === 'grant') return fits(counted.grant.audience)
  return scopes.length === 0 || withinAllowed(counted.client, scopes).length > 0
}

type Use = { kind: CredentialKind; thing: Thing; isNew: boolean }

function asUse(counted: Counted): Use | undefined {
  if (counted.is === 'credential') {
    const { credential } = counted
    const { kind, lastUsedAt } = credential
    return KINDS[kind].bearer
      ? { kind, thing: aboutCredential(credential), isNew: lastUsedAt === undefined }
      : undefined
  }
  const kind = 'access-token'
  return counted.is === 'grant'
    ? { kind, thing: aboutGrant(counted.grant), isNew: counted.grant.lastUsedAt === undefined }
    : { kind, thing: aboutClient(counted.client), isNew: true }
}

export type ReportUsage = {
  items: { countedBy: CountedBy; outcome: Outcome; count: number; lastAt: number }[]
}
type Needs = Pick<World, 'credentials' | 'grants' | 'clients' | 'recorder' | 'now'>
