import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely'
import { type CredentialUse, USED_WITHIN } from '../../model/credential.ts'
import type { CredentialFilter } from '../../ports/stores.ts'
import type { Tables } from '../tables.ts'
import { literally } from './paging.ts'

const DAY = 86_400_000
/** What counts as soon, and as unused; the words of the console say the same. */
export const SOON = 14 * DAY
export const LONG_UNUSED = 30 * DAY
export const NEVER_USED = 7 * DAY

type Conditions = ReturnType<typeof expressionBuilder<Tables, 'credentials'>>

/** The conditions of a list of credentials, as one expression. */
export function statusFilter(filter: CredentialFilter, now: number): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'credentials'>()
  const all: Expression<SqlBool>[] = []
  if (filter.userId) all.push(eb('user_id', '=', filter.userId))
  if (filter.clientId) all.push(eb('client_id', '=', filter.clientId))
  if (filter.grantId) all.push(eb('grant_id', '=', filter.grantId))
  if (filter.kinds) all.push(eb('kind', 'in', filter.kinds))
  if (filter.status) all.push(...STATUS[filter.status](eb, now))
  if (filter.search) all.push(...matching(eb, filter.search))
  if (filter.expiresBefore !== undefined) all.push(eb('expires_at', '<', filter.expiresBefore))
  if (filter.expiresAfter !== undefined) all.push(eb('expires_at', '>=', filter.expiresAfter))
  if (filter.createdBefore !== undefined) all.push(eb('created_at', '<', filter.createdBefore))
  if (filter.createdAfter !== undefined) all.push(eb('created_at', '>=', filter.createdAfter))
  if (filter.use) all.push(USE[filter.use](eb, now - USED_WITHIN))
  if (filter.unusedSince !== undefined)
    all.push(eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', filter.unusedSince)]))
  return eb.and(all)
}

const USE: Record<CredentialUse, (eb: Conditions, since: number) => Expression<SqlBool>> = {
  recent: (eb, since) => eb('last_used_at', '>=', since),
  lapsed: (eb, since) => eb('last_used_at', '<', since),
  never: eb => eb('last_used_at', 'is', null),
}

const alive = (eb: Conditions, now: number): Expression<SqlBool>[] => [
  eb('revoked_at', 'is', null),
  eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]),
]

const STATUS: Record<
  NonNullable<CredentialFilter['status']>,
  (eb: Conditions, now: number) => Expression<SqlBool>[]
> = {
  active: alive,
  revoked: eb => [eb('revoked_at', 'is not', null)],
  expired: (eb, now) => [eb('revoked_at', 'is', null), eb('expires_at', '<=', now)],
  rotating: (eb, now) => [...alive(eb, now), eb('spent_at', 'is not', null), eb('name', 'is not', null)],
  'expires-soon': (eb, now) => [
    eb('revoked_at', 'is', null),
    eb('name', 'is not', null),
    eb('spent_at', 'is', null),
    eb('expires_at', '>', now),
    eb('expires_at', '<', now + SOON),
  ],
  unused: (eb, now) => [
    ...alive(eb, now),
    eb('name', 'is not', null),
    eb.or([
      eb('last_used_at', '<', now - LONG_UNUSED),
      eb.and([eb('last_used_at', 'is', null), eb('created_at', '<', now - NEVER_USED)]),
    ]),
  ],
}

function matching(eb: Conditions, search: string): Expression<SqlBool>[] {
  if (/^[0-9a-f]{6,24}$/.test(search)) return [eb('fingerprint', '>=', search), eb('fingerprint', '<', `${search}~`)]
  const pattern = `%${literally(search)}%`
  return [eb('name', 'is not', null), sql<SqlBool>`lower(name) like ${pattern} escape '!'`]
}
