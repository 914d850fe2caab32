import { type Expression, expressionBuilder, type Kysely, type SqlBool, sql } from 'kysely'
import { type Credential, type CredentialUse, USED_WITHIN } from '../../model/credential.ts'
import type { Page, PageAsk } from '../../ports/paging.ts'
import type { CredentialFilter } from '../../ports/stores.ts'
import type { Tables } from '../tables.ts'
import { scanBounded } from './bounded-scan.ts'
import { BY_INDEX, type Columns, STATUS } from './credential-status.ts'
import { literally, ORDERS, readCursor } from './paging.ts'
import { toCredential } from './rows.ts'

/** A page in the order of making. What the index that is walked leaves open is looked for in stretches. */
export async function listCredentials(
  db: Kysely<Tables>,
  filter: CredentialFilter,
  page: PageAsk,
): Promise<Page<Credential>> {
  const { direction, beyond } = ORDERS[page.order ?? 'newest']
  const walked = db.selectFrom('credentials').where(walkedBy(filter)).orderBy('created_at', direction)
  const upToAnd = beyond === '<' ? '>=' : '<='
  const behind = (position: Place, side: Side) => comesAfter(position, side)
  return scanBounded<Tables['credentials'], Credential>({
    limit: page.limit,
    after: page.cursor === undefined ? undefined : readCursor(page.cursor, 'number', 'text'),
    async furtherOn(after, rows) {
      let further = walked.select('created_at')
      if (after) further = further.where(behind(after as Place, beyond))
      const row = await further
        .offset(rows - 1)
        .limit(1)
        .executeTakeFirst()
      // With all that were made at that moment, so that the index is all that is read.
      return row && [row.created_at, beyond === '<' ? '!' : '~']
    },
    read(after, upTo, limit) {
      let fitting = walked.selectAll().where(statusFilter(filter, Date.now(), ROW_BY_ROW))
      if (after) fitting = fitting.where(behind(after as Place, beyond))
      if (upTo) fitting = fitting.where(behind(upTo as Place, upToAnd))
      return fitting.orderBy('fingerprint', direction).limit(limit).execute()
    },
    shape: toCredential,
    position: row => [row.created_at, row.fingerprint],
  })
}

type Place = [at: number, fingerprint: string]
type Side = '<' | '>' | '<=' | '>='

/** Behind a position, or up to it. The time is compared by itself as well: both databases walk an index of times. */
function comesAfter([at, fingerprint]: Place, side: Side): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'credentials'>()
  const [strict, loose] = side[0] === '<' ? (['<', '<='] as const) : (['>', '>='] as const)
  return eb.and([
    eb('created_at', loose, at),
    eb.or([eb('created_at', strict, at), eb('fingerprint', side, fingerprint)]),
  ])
}

/** The condition whose index is walked: the narrowest there is. */
function walkedBy(filter: CredentialFilter): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'credentials'>()
  const [kind, ...more] = filter.kinds ?? []
  if (filter.grantId) return eb('grant_id', '=', filter.grantId)
  if (filter.search && IS_ID.test(filter.search)) return startsWith(eb, filter.search)
  if (filter.userId) return eb('user_id', '=', filter.userId)
  if (filter.clientId) return eb('client_id', '=', filter.clientId)
  if (filter.status === 'rotating') return eb.and([eb('name', 'is not', null), eb('spent_at', 'is not', null)])
  // Written out, because a partial index is used only where the statement says what it says.
  if (kind && more.length === 0 && kind !== 'access-token')
    return eb.and([eb('kind', '=', sql.lit(kind)), eb('kind', '!=', sql.lit('access-token'))])
  if (filter.search || ONLY_NAMED.has(filter.status)) return eb('name', 'is not', null)
  return eb.and([])
}

const ONLY_NAMED = new Set<CredentialFilter['status']>(['expires-soon', 'unused'])
const IS_ID = /^[0-9a-f]{6,24}$/
const startsWith = (eb: Conditions, id: string): Expression<SqlBool> =>
  eb.and([eb('fingerprint', '>=', id), eb('fingerprint', '<', `${id}~`)])

type Conditions = ReturnType<typeof expressionBuilder<Tables, 'credentials'>>

/** The same values in a form that no index has: SQLite would leave the index that is walked for one of these, and sort. */
const ROW_BY_ROW: Columns = {
  ...BY_INDEX,
  kind: sql`(kind || '')`,
  revoked_at: sql`(revoked_at + 0)`,
  expires_at: sql`(expires_at + 0)`,
  last_used_at: sql`(last_used_at + 0)`,
}

/** The conditions of a list of credentials, as one expression. */
export function statusFilter(filter: CredentialFilter, now: number, columns = BY_INDEX): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'credentials'>()
  const { kind, expires_at, last_used_at } = columns
  const all: Expression<SqlBool>[] = []
  if (filter.userId) all.push(eb('user_id', '=', filter.userId))
  if (filter.clientId) all.push(eb('client_id', '=', filter.clientId))
  if (filter.grantId) all.push(eb('grant_id', '=', filter.grantId))
  if (filter.kinds) all.push(sql`${kind} in (${sql.join(filter.kinds)})`)
  if (filter.status) all.push(...STATUS[filter.status](columns, now))
  if (filter.search) all.push(...matching(eb, filter.search))
  if (filter.expiresBefore !== undefined) all.push(sql`${expires_at} < ${filter.expiresBefore}`)
  if (filter.expiresAfter !== undefined) all.push(sql`${expires_at} >= ${filter.expiresAfter}`)
  if (filter.createdBefore !== undefined) all.push(eb('created_at', '<', filter.createdBefore))
  if (filter.createdAfter !== undefined) all.push(eb('created_at', '>=', filter.createdAfter))
  if (filter.use) all.push(USE[filter.use](last_used_at, now - USED_WITHIN))
  if (filter.unusedSince !== undefined)
    all.push(sql`(${last_used_at} is null or ${last_used_at} < ${filter.unusedSince})`)
  return eb.and(all)
}

const USE: Record<CredentialUse, (lastUsedAt: Expression<unknown>, since: number) => Expression<SqlBool>> = {
  recent: (lastUsedAt, since) => sql`${lastUsedAt} >= ${since}`,
  lapsed: (lastUsedAt, since) => sql`${lastUsedAt} < ${since}`,
  never: lastUsedAt => sql`${lastUsedAt} is null`,
}

function matching(eb: Conditions, search: string): Expression<SqlBool>[] {
  if (IS_ID.test(search)) return [startsWith(eb, search)]
  const pattern = `%${literally(search)}%`
  return [eb('name', 'is not', null), sql<SqlBool>`lower(name) like ${pattern} escape '!'`]
}
