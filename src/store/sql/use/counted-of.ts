import { type Kysely, sql } from 'kysely'
import { type CountedBy, countedByClient, countedByGrant } from '../../../model/credentials/counted-by.ts'
import type { UsageOf } from '../../../ports/usage.ts'
import type { Tables } from '../../tables.ts'

/** The number of newest credentials and grants of a user or client that a query reads. */
const NEWEST = 10_000

/** The newest credentials of a user, client or grant, or the named credential. */
function newestOf(db: Kysely<Tables>, of: UsageOf) {
  let query = db.selectFrom('credentials').selectAll().orderBy('created_at', 'desc').limit(NEWEST)
  if (of.countedBy !== undefined)
    query = query.where('fingerprint', '>=', of.countedBy).where('fingerprint', '<', `${of.countedBy}~`)
  if (of.grantId !== undefined) query = query.where('grant_id', '=', of.grantId)
  if (of.clientId !== undefined) query = query.where('client_id', '=', of.clientId)
  if (of.userId !== undefined) query = query.where('user_id', '=', of.userId)
  return query
}

/** The keys under which the use is counted, as a subquery: ids of credentials, and grants and clients for statements. */
export function countedOf(db: Kysely<Tables>, of: UsageOf) {
  const one = (text: CountedBy) => db.selectNoFrom(sql<string>`cast(${text} as text)`.as('id'))
  if (of.countedBy !== undefined) return one(of.countedBy)
  const rows = db.selectFrom(newestOf(db, of).as('newest')).select(sql<string>`substr(fingerprint, 1, 24)`.as('id'))
  if (of.grantId !== undefined) return rows.unionAll(one(countedByGrant(of.grantId)))
  const newest = db.selectFrom('grants').select('id').orderBy('created_at', 'desc').limit(NEWEST)
  const grants =
    of.userId === undefined
      ? newest.where('client_id', '=', of.clientId ?? '')
      : newest.where('user_id', '=', of.userId)
  const all = rows.unionAll(
    db.selectFrom(grants.as('granted')).select(sql<string>`${countedByGrant('')} || id`.as('id')),
  )
  return of.clientId === undefined ? all : all.unionAll(one(countedByClient(of.clientId)))
}
