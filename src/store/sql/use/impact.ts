import { type Kysely, sql } from 'kysely'
import { countedByClient, countedByGrant } from '../../../model/credentials/counted-by.ts'
import type { Impact } from '../../../model/credentials/ending.ts'
import type { ImpactOf, StatisticsStore } from '../../../ports/statistics.ts'
import type { Engine } from '../../engine.ts'
import type { Tables } from '../../tables.ts'
import { statusFilter } from '../credentials/credential-list.ts'
import { minuteOf } from './usage.ts'

/** The number of credentials that are counted; older ones are not. */
const NEWEST = 10_000
const MOST_NETWORKS = 1000

export const uses = sql<number>`coalesce(sum(case when outcome = 'valid' then count else 0 end), 0)`
export const refusals = sql<number>`coalesce(sum(case when outcome = 'valid' then 0 else count end), 0)`

export const impactStore = ({ db }: Engine): Pick<StatisticsStore, 'impact'> => ({
  async impact(of, since, now): Promise<Impact> {
    const ids = countedOf(db, of)
    const clientId = 'clientId' in of ? of.clientId : undefined
    const [counted, networks, own, grants, client, behind] = await Promise.all([
      db
        .selectFrom('usage')
        .select([uses.as('uses'), refusals.as('refusals')])
        .where('credential_id', 'in', ids)
        .where('minute', '>=', minuteOf(since))
        .executeTakeFirstOrThrow(),
      db
        .selectFrom('usage_networks')
        .select('network')
        .distinct()
        .where('credential_id', 'in', ids)
        .where('last_at', '>=', since)
        .limit(MOST_NETWORKS)
        .execute(),
      db
        .selectFrom(chosen(db, of).as('chosen'))
        .select([
          sql<number>`count(*)`.as('n'),
          sql<number>`count(distinct user_id)`.as('users'),
          sql<number | null>`max(last_used_at)`.as('last'),
        ])
        .where(statusFilter({ status: 'active' }, now))
        // Spent codes and replaced refresh tokens do not count. A key in a rotation counts, because it still works.
        .where(eb => eb.or([eb('spent_at', 'is', null), eb('name', 'is not', null)]))
        .executeTakeFirstOrThrow(),
      // Users must consent again even if the tokens of their grant have no rows or their rows were deleted.
      db
        .selectFrom(grantsOf(db, of).as('granted'))
        .select([sql<number>`count(distinct user_id)`.as('users'), sql<number | null>`max(last_used_at)`.as('last')])
        .executeTakeFirstOrThrow(),
      clientId === undefined
        ? undefined
        : db.selectFrom('clients').select('last_used_at').where('id', '=', clientId).executeTakeFirst(),
      applicationsBehind(db, of),
    ])
    const lastUsedAt = Math.max(Number(own.last ?? 0), Number(grants.last ?? 0), client?.last_used_at ?? 0)
    return {
      uses: Number(counted.uses),
      refusals: Number(counted.refusals),
      networks: networks.length,
      credentials: Number(own.n),
      applications: behind,
      users: clientId === undefined ? Math.max(Number(own.users), Number(grants.users)) : Number(grants.users),
      ...(lastUsedAt > 0 && { lastUsedAt }),
    }
  },
})

/** The number of applications that were allowed with the chosen keys. */
async function applicationsBehind(db: Kysely<Tables>, of: ImpactOf): Promise<number> {
  if (!('credentialIds' in of) || of.credentialIds.length === 0) return 0
  const { n } = await db
    .selectFrom('grants')
    .select(sql<number>`count(distinct client_id)`.as('n'))
    .where('parent_id', 'in', of.credentialIds)
    .where('activated_at', 'is not', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** The keys under which use is counted: ids of rows, and grants and clients for statements. */
function countedOf(db: Kysely<Tables>, of: ImpactOf) {
  const rows = db.selectFrom(chosen(db, of).as('chosen')).select(sql<string>`substr(fingerprint, 1, 24)`.as('id'))
  if (of.kinds && !of.kinds.includes('access-token')) return rows
  const granted = db
    .selectFrom(grantsOf(db, of).as('granted'))
    .select(sql<string>`${countedByGrant('')} || id`.as('id'))
  const clients = db
    .selectFrom(clientsOf(db, of).as('acting'))
    .select(sql<string>`${countedByClient('')} || id`.as('id'))
  return rows.unionAll(granted).unionAll(clients)
}

/** The live grants. */
function grantsOf(db: Kysely<Tables>, of: ImpactOf) {
  const all = db
    .selectFrom('grants')
    .select(['id', 'user_id', 'last_used_at'])
    .where('activated_at', 'is not', null)
    .where('revoked_at', 'is', null)
    .limit(NEWEST)
  if ('credentialIds' in of)
    return all.where(eb =>
      eb.or([eb('id', 'in', ['', ...(of.grantIds ?? [])]), eb('parent_id', 'in', ['', ...of.credentialIds])]),
    )
  if ('clientId' in of) return all.where('client_id', '=', of.clientId)
  if (!('userId' in of)) return all
  const own = all.where('user_id', '=', of.userId)
  if (of.applications !== 'too') return own
  const through = all
    .where('client_id', 'in', ownedBy(db, of.userId))
    .where(eb => eb.or([eb('user_id', 'is', null), eb('user_id', '<>', of.userId)]))
  return db
    .selectFrom(own.as('own'))
    .selectAll()
    .unionAll(db.selectFrom(through.as('through')).selectAll())
}

/** Clients that may have tokens for themselves. */
function clientsOf(db: Kysely<Tables>, of: ImpactOf) {
  const all = db.selectFrom('clients').select('id').limit(NEWEST)
  if ('clientId' in of) return all.where('id', '=', of.clientId)
  if ('all' in of) return all
  return all.where('owner_id', '=', 'userId' in of && of.applications === 'too' ? of.userId : '')
}

const ownedBy = (db: Kysely<Tables>, userId: string) =>
  db.selectFrom('clients').select('id').where('owner_id', '=', userId)

/** Selects each credential once. With `applications: 'too'` it includes credentials that the user's applications got for other users. */
function chosen(db: Kysely<Tables>, of: ImpactOf) {
  const all = db.selectFrom('credentials').selectAll().limit(NEWEST)
  const some = of.kinds ? all.where('kind', 'in', of.kinds) : all
  // An order by time would make the database use another index than the one for these conditions.
  if ('credentialIds' in of)
    return some.where(eb =>
      eb.or([
        ...of.credentialIds.map(id => eb.and([eb('fingerprint', '>=', id), eb('fingerprint', '<', `${id}~`)])),
        ...(of.grantIds ?? []).map(id => eb('grant_id', '=', id)),
      ]),
    )
  const newest = some.orderBy('created_at', 'desc')
  if ('clientId' in of) return newest.where('client_id', '=', of.clientId)
  if (!('userId' in of)) return newest
  const own = newest.where('user_id', '=', of.userId)
  if (of.applications !== 'too') return own
  const throughTheirs = some
    .where('client_id', 'in', ownedBy(db, of.userId))
    .where(eb => eb.or([eb('user_id', 'is', null), eb('user_id', '<>', of.userId)]))
  return db
    .selectFrom(own.as('own'))
    .selectAll()
    .unionAll(db.selectFrom(throughTheirs.as('through')).selectAll())
}
