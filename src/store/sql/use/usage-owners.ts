import { type Kysely, sql } from 'kysely'
import { countedByClient, countedByGrant } from '../../../model/credentials/counted-by.ts'
import type { UsageCount } from '../../../ports/usage.ts'
import type { Transaction } from '../../engine.ts'
import type { Tables } from '../../tables.ts'
import { HOUR_MINUTES, type UsageSum } from './usage-totals.ts'

/*
 * Hourly counts of all credentials of a user or client. They are stored separately, because most credentials are
 * deleted before the chart of their owner is read.
 */

const GRANT = countedByGrant('')
const CLIENT = countedByClient('')

/** Runs in the transaction of the counts. The credentials were just checked, so their rows exist. */
export async function addOwners(tx: Transaction, counts: readonly UsageCount[]): Promise<void> {
  const rows = counts.map(
    ({ countedBy, minute, kind, outcome, count }) =>
      sql`(cast(${countedBy} as text), cast(${minute - (minute % HOUR_MINUTES)} as bigint), cast(${kind} as text),
        cast(${outcome} as text), cast(${count} as bigint))`,
  )
  await sql`
    with counted(id, hour, kind, outcome, n) as (values ${sql.join(rows)}),
    found as (
      select user_id, client_id, hour, counted.kind, outcome, n from counted join credentials
        on length(id) = 24 and fingerprint >= id and fingerprint < id || '~'
      union all select user_id, client_id, hour, kind, outcome, n from counted join grants
        on substr(counted.id, 1, ${GRANT.length}) = ${GRANT} and grants.id = substr(counted.id, ${GRANT.length + 1})
      union all select cast(null as text), clients.id, hour, kind, outcome, n from counted join clients
        on substr(counted.id, 1, ${CLIENT.length}) = ${CLIENT} and clients.id = substr(counted.id, ${CLIENT.length + 1})
    ),
    owned(owner, hour, kind, outcome, n) as (
      select user_id, hour, kind, outcome, n from found where user_id is not null
      union all select client_id, hour, kind, outcome, n from found where client_id is not null
    )
    insert into usage_owners (owner, hour, kind, outcome, count)
    select owner, hour, kind, outcome, sum(n) from owned where true group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (owner, hour, kind, outcome) do update set count = usage_owners.count + excluded.count`.execute(tx)
}

/** Reads the use of an owner in whole hours, including the last one. `bucketMinutes` is a multiple of 60. */
export async function ownerUsage(
  db: Kysely<Tables>,
  owner: string,
  { from, to }: { from: number; to: number },
  bucketMinutes: number,
): Promise<UsageSum[]> {
  const bucket = sql<number>`(hour - hour % ${sql.lit(bucketMinutes)})`
  const rows = await db
    .selectFrom('usage_owners')
    .select([bucket.as('bucket'), 'kind', 'outcome', sql<number>`sum(count)`.as('n')])
    .where('owner', '=', owner)
    .where('hour', '>=', from)
    .where('hour', '<=', to)
    .groupBy([bucket, 'kind', 'outcome'])
    .execute()
  return rows.map(({ bucket, kind, outcome, n }) => ({ minute: Number(bucket), kind, outcome, count: Number(n) }))
}
