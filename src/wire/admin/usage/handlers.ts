import { permits } from '../../../core/authority.ts'
import { findClient } from '../../../core/clients/find-client.ts'
import { findCredential } from '../../../core/credentials/find-credential.ts'
import { type Counted, findCounted } from '../../../core/journal/find-counted.ts'
import { readCheckTimes, type Spread } from '../../../core/journal/read-check-times.ts'
import { findGrant } from '../../../core/oauth/find-grant.ts'
import type { World } from '../../../core/world.ts'
import { countedBy } from '../../../model/credentials/counted-by.ts'
import { AGE_BANDS, type CredentialKind, KINDS, USED_WITHIN } from '../../../model/credentials/credential.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { DAY, HOUR } from '../../../model/span.ts'
import type { UsageOf } from '../../../ports/usage.ts'
import { buckets, range } from '../buckets.ts'
import type { AdminAct } from '../callers.ts'
import { showCredential } from '../credentials/show.ts'
import { showGrant } from '../grants/show.ts'
import { answered, type Handlers, ownerAsked } from '../handler.ts'
import { namesIn } from '../names.ts'
import { seconds } from '../times.ts'
import type { usageOperations } from './operations.ts'

const SPARK_HOURS = 36

export const usageHandlers: Handlers<keyof typeof usageOperations> = {
  async readUsage(world, who, { query }) {
    const { since, until, bucketMinutes } = buckets(world, query)
    const of = await usageOf(world, who, 'readUsage', query)
    const items = await world.usage.read({ since, until, bucketMinutes, ...of })
    return answered({
      since: seconds(since),
      until: seconds(until),
      bucket_seconds: bucketMinutes * 60,
      items: items.map(({ at, kind, outcome, count }) => ({ at: seconds(at), kind: kindShown(kind), outcome, count })),
    })
  },

  async readNetworks(world, act, { query }) {
    const of = await usageOf(world, act, 'readNetworks', query)
    if (Object.keys(of).length === 0)
      throw new Refusal('parameter-missing', 'networks of what?', {
        parameter: 'client',
        sentence: 'Name a credential, a grant, a client or an owner.',
      })
    const items = await world.usage.networks(of)
    return answered({ items: items.map(({ network, at }) => ({ network, last_at: seconds(at) })) })
  },

  async readCheckTimes(world, _who, { query }) {
    const { since, until, bucketMinutes } = buckets(world, query)
    const times = await readCheckTimes(world, { since, until, bucketMinutes })
    return answered({
      since: seconds(since),
      until: seconds(until),
      bucket_seconds: bucketMinutes * 60,
      ...showSpread(times.whole),
      items: times.buckets.map(({ at, ...spread }) => ({ at: seconds(at), ...showSpread(spread) })),
    })
  },

  async credentialAges(world) {
    const counts = await world.statistics.ages(world.now())
    return answered({
      used_within_days: USED_WITHIN / DAY,
      items: counts.map(({ fromDays, kind, use, count }) => ({
        from_days: fromDays,
        to_days: AGE_BANDS.find(days => days > fromDays) ?? null,
        kind: KINDS[kind].shown,
        use,
        count,
      })),
    })
  },

  async topCredentials(world, _who, { query }) {
    const rows = await world.statistics.top({ ...range(world, query), by: query.by, limit: query.limit })
    const found = await Promise.all(
      rows.map(async ({ countedBy, count }) => ({ count, counted: await findCounted(world, countedBy) })),
    )
    const known = found.flatMap(({ count, counted }) => (counted ? [{ count, counted }] : []))
    const names = await namesIn(
      world,
      known.map(({ counted }) => mentionedBy(counted)),
    )
    return answered({
      items: known.map(({ counted, count }) => ({
        credential: counted.is === 'credential' ? showCredential(counted.credential, names, world.now()) : null,
        grant: counted.is === 'grant' ? showGrant(counted.grant, names) : null,
        client: counted.is === 'client' ? names.client(counted.client.id) : null,
        count,
      })),
    })
  },

  async sparklines(world, act, { query }) {
    const ids = [...new Set(query.credentials.split(','))].filter(id => /^[0-9a-f]{24}$/.test(id)).slice(0, 200)
    // Without the permission, callers get only their own credentials.
    if (!permits(act.by, 'sparklines')) for (const id of ids) await findCredential(world, act, id, 'sparklines')
    const since = Math.floor(world.now() / HOUR) * HOUR - (SPARK_HOURS - 1) * HOUR
    const counts = await world.statistics.hours({ countedBy: ids, since })
    return answered({
      since: seconds(since),
      bucket_seconds: HOUR / 1000,
      items: ids.map(credential_id => {
        const [valid, refused] = [Array<number>(SPARK_HOURS).fill(0), Array<number>(SPARK_HOURS).fill(0)]
        for (const count of counts.filter(({ countedBy }) => countedBy === credential_id)) {
          const hour = Math.round((count.at - since) / HOUR)
          if (hour < 0 || hour >= SPARK_HOURS) continue
          valid[hour] = count.valid
          refused[hour] = count.refused
        }
        return { credential_id, valid, refused }
      }),
    })
  },
}

const showSpread = ({ checks, p50, p95, p99 }: Spread) => ({
  checks,
  p50_ms: rounded(p50),
  p95_ms: rounded(p95),
  p99_ms: rounded(p99),
})

/** Rounds to microseconds, because further digits have no meaning. */
const rounded = (milliseconds: number | undefined): number | null =>
  milliseconds === undefined ? null : Math.round(milliseconds * 1000) / 1000

const kindShown = (kind: string) => KINDS[kind as CredentialKind].shown

const mentionedBy = (counted: Counted) => {
  if (counted.is === 'client') return { clientId: counted.client.id }
  return counted.is === 'grant' ? counted.grant : counted.credential
}

/** The use of one credential, grant, application or user, or of everything, as far as the caller may see it. */
async function usageOf(
  world: World,
  act: AdminAct,
  operation: 'readUsage' | 'readNetworks',
  query: { [Of in 'credential' | 'client' | 'grant' | 'owner']?: string | undefined },
): Promise<UsageOf> {
  if (query.credential !== undefined)
    return { countedBy: countedBy(await findCredential(world, act, query.credential, operation)) }
  if (query.grant !== undefined) return { grantId: (await findGrant(world, act, query.grant, operation)).id }
  if (query.client !== undefined) return { clientId: (await findClient(world, act, query.client, operation)).id }
  const userId = ownerAsked(act.by, operation, query.owner)
  return userId === undefined ? {} : { userId }
}
