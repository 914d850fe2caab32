import { type Expression, type SqlBool, sql } from 'kysely'
import type { ApiScope } from '../../../ports/stores.ts'

/* Finds rows that give access to an API in columns with JSON lists. Scopes contain no quotes, so the search includes the quotes. */

const lists = (column: Expression<unknown>, one: string): Expression<SqlBool> =>
  sql<SqlBool>`${column} like ${`%${JSON.stringify(one).replaceAll(/[!%_]/g, '!$&')}%`} escape '!'`

const anyOf = (conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`(${sql.join(conditions, sql` or `)})`

/** `a:b:c` is covered by `a:b` and by `a`. */
const givenBy = (scope: string): string[] => {
  const parts = scope.split(':')
  return parts.map((_part, i) => parts.slice(0, i + 1).join(':'))
}

/** Matches credentials that have a scope of the API, or a scope that covers one. */
export const holdsScopeOf = ({ scopes }: ApiScope): Expression<SqlBool> =>
  anyOf([...new Set(scopes.flatMap(givenBy))].map(scope => lists(sql.ref('scopes'), scope)))

/** Matches credentials that name the audience of the API, with or without a slash at the end. If the API is not strict, also credentials without an audience. */
export const goodFor = ({ audience, strictAudience }: ApiScope): Expression<SqlBool> => {
  const other = audience.endsWith('/') ? audience.slice(0, -1) : `${audience}/`
  return anyOf([
    ...(strictAudience ? [] : [sql<SqlBool>`audience is null`]),
    ...[audience, other].map(one => lists(sql.ref('audience'), one)),
  ])
}
