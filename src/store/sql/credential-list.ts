import { type Expression, expressionBuilder, type SqlBool } from 'kysely'
import type { CredentialFilter } from '../../ports/stores.ts'
import type { Tables } from '../tables.ts'

/** The conditions of a list of credentials, as one expression. */
export function statusFilter(filter: CredentialFilter, now: number): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'credentials'>()
  const all: Expression<SqlBool>[] = []
  if (filter.userId) all.push(eb('user_id', '=', filter.userId))
  if (filter.clientId) all.push(eb('client_id', '=', filter.clientId))
  if (filter.grantId) all.push(eb('grant_id', '=', filter.grantId))
  if (filter.kinds) all.push(eb('kind', 'in', filter.kinds))
  if (filter.status === 'revoked') all.push(eb('revoked_at', 'is not', null))
  if (filter.status === 'expired') all.push(eb('revoked_at', 'is', null), eb('expires_at', '<=', now))
  if (filter.status === 'active')
    all.push(eb('revoked_at', 'is', null), eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
  return eb.and(all)
}
