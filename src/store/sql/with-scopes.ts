import { type Expression, type SqlBool, sql } from 'kysely'
import type { ApiScope } from '../../ports/stores.ts'

/* Which rows give access to an API, by the JSON lists they hold. A scope has no quotes in it, so a quoted one is found as text. */

const lists = (column: Expression<unknown>, one: string): Expression<SqlBool> =>
  sql<SqlBool>`${column} like ${`%${JSON.stringify(one).replaceAll(/[!%_]/g, '!$&')}%`} escape '!'`

const anyOf = (conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`(${sql.join(conditions, sql` or `)})`

/** `a:b:c` is also given by `a:b` and by `a`. */
const givenBy = (scope: string): string[] => {
  const parts = scope.split(':')
  return parts.map((_part, i) => parts.slice(0, i + 1).join(':'))
}

/** One of the scopes of the API, or one that covers it. */
export const holdsScopeOf = ({ scopes }: ApiScope): Expression<SqlBool> =>
  anyOf([...new Set(scopes.flatMap(givenBy))].map(scope => lists(sql.ref('scopes'), scope)))

/** Named by its audience, a slash more or less; or naming none, where the API does not insist. */
export const goodFor = ({ audience, strictAudience }: ApiScope): Expression<SqlBool> => {
  const other = audience.endsWith('/') ? audience.slice(0, -1) : `${audience}/`
  return anyOf([
    ...(strictAudience ? [] : [sql<SqlBool>`audience is null`]),
    ...[audience, other].map(one => lists(sql.ref('audience'), one)),
  ])
}
