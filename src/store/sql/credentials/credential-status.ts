import { type Expression, type SqlBool, sql } from 'kysely'
import { DAY } from '../../../model/span.ts'
import type { CredentialFilter } from '../../../ports/stores.ts'

/* The statuses of credentials as SQL conditions. */

/** The limit for `expires-soon`; the words of the console use the same number. */
const SOON = 14 * DAY
/** The exact expression of the index: the latest use, or the creation of a credential that was never used. */
export const LAST_USE = sql<number>`coalesce(last_used_at, created_at)`

export type Columns = Record<
  'kind' | 'name' | 'revoked_at' | 'expires_at' | 'spent_at' | 'last_used_at',
  Expression<unknown>
>
export const BY_INDEX: Columns = {
  kind: sql.ref('kind'),
  name: sql.ref('name'),
  revoked_at: sql.ref('revoked_at'),
  expires_at: sql.ref('expires_at'),
  spent_at: sql.ref('spent_at'),
  last_used_at: sql.ref('last_used_at'),
}

type Condition = (columns: Columns, now: number, unusedSince: number) => Expression<SqlBool>[]

/**
 * The credential, its owner, its application or the owner of the application is disabled. Subqueries check each row
 * that is read, because for a join the planner would read every application.
 */
const disabled = sql<SqlBool>`(disabled_at is not null
  or (select active from users where users.id = user_id) = 0
  or (select active from clients where clients.id = client_id) = 0
  or (select users.active from clients join users on users.id = owner_id where clients.id = client_id) = 0)`
export const enabled = sql<SqlBool>`not coalesce(${disabled}, false)`

const live: Condition = ({ revoked_at, expires_at }, now) => [
  sql`${revoked_at} is null`,
  sql`(${expires_at} is null or ${expires_at} > ${now})`,
]

export const STATUS: Record<NonNullable<CredentialFilter['status']>, Condition> = {
  live,
  ended: ({ revoked_at, expires_at }, now) => [
    sql`(${revoked_at} is not null or (${expires_at} is not null and ${expires_at} <= ${now}))`,
  ],
  active: (columns, now) => [...live(columns, now, now), enabled],
  disabled: (columns, now) => [...live(columns, now, now), sql`coalesce(${disabled}, false)`],
  revoked: ({ revoked_at }) => [sql`${revoked_at} is not null`],
  expired: ({ revoked_at, expires_at }, now) => [sql`${revoked_at} is null`, sql`${expires_at} <= ${now}`],
  rotating: (columns, now) => [
    ...live(columns, now, now),
    sql`${columns.spent_at} is not null`,
    sql`${columns.name} is not null`,
    enabled,
  ],
  'expires-soon': ({ revoked_at, expires_at, spent_at, name }, now) => [
    sql`${revoked_at} is null`,
    sql`${name} is not null`,
    sql`${spent_at} is null`,
    sql`${expires_at} > ${now}`,
    sql`${expires_at} < ${now + SOON}`,
    enabled,
  ],
  unused: (columns, now, unusedSince) => [
    ...live(columns, now, unusedSince),
    sql`${columns.name} is not null`,
    sql`coalesce(${columns.last_used_at}, created_at) < ${unusedSince}`,
    enabled,
  ],
}
