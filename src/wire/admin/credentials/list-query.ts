import type { z } from 'zod'
import type { World } from '../../../core/world.ts'
import { type CredentialKind, KINDS, UNUSED_DAYS } from '../../../model/credentials/credential.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { DAY } from '../../../model/span.ts'
import type { PageAsk } from '../../../ports/paging.ts'
import type { CredentialFilter } from '../../../ports/stores.ts'
import type { AdminAct } from '../callers.ts'
import { apiOf, given, milliseconds, ownerAsked } from '../handler.ts'
import { kindsOf } from './kinds.ts'
import type { credentialsQuery } from './schemas.ts'

/* Converts the query of a list to a filter of the store. */

const BEARERS = (Object.keys(KINDS) as CredentialKind[]).filter(kind => KINDS[kind].bearer || kind === 'refresh-token')

type Query = z.output<typeof credentialsQuery>
type ListAsk = { filter: CredentialFilter; page: PageAsk; unusedDays: number }

export async function readListQuery(world: World, { by }: AdminAct, query: Query): Promise<ListAsk> {
  const { unused_days, unused_since, status = unused_days && ('unused' as const), sort, limit, cursor } = query
  const time = (at: number | undefined) => (at === undefined ? undefined : milliseconds(at))
  const filter = given<CredentialFilter>({
    userId: ownerAsked(by, 'listCredentials', query.owner),
    clientId: query.client,
    grantId: query.grant,
    api: await apiOf(world, query.api),
    kinds: query.kind === undefined ? BEARERS : kindsOf(query.kind),
    status: status === 'expires_soon' ? 'expires-soon' : status || undefined,
    search: query.q,
    expiresBefore: time(query.expires_before),
    expiresAfter: time(query.expires_after),
    createdBefore: time(query.created_before),
    createdAfter: time(query.created_after),
    use: query.use,
    unusedSince: unused_days ? world.now() - unused_days * DAY : time(unused_since),
    madeBy: query.made_by,
    sortedBy: SORTED_BY[sort.replace('-', '')],
  })
  if (filter.sortedBy && (filter.madeBy !== 'people' || !SORTABLE.has(filter.status))) throw notSorted(sort)
  const page: PageAsk = { limit, order: sort.startsWith('-') ? 'newest' : 'oldest', ...(cursor && { cursor }) }
  return { filter, page, unusedDays: unused_days ?? UNUSED_DAYS }
}

const SORTED_BY: Partial<Record<string, CredentialFilter['sortedBy']>> = { last_used_at: 'last-use', expires_at: 'end' }
/** States for which the other orders have an index. */
const SORTABLE: ReadonlySet<CredentialFilter['status']> = new Set([
  'live',
  'active',
  'disabled',
  'rotating',
  'expires-soon',
  'unused',
])

const notSorted = (sort: string): Refusal =>
  new Refusal('parameter-invalid', `no index for ${sort}`, {
    parameter: 'sort',
    sentence: `To sort by ${sort.replace('-', '')}, add made_by=people and status=live, or another status of what still works.`,
  })
