import { type AliasableExpression, type Expression, expressionBuilder, type Kysely, type SqlBool, sql } from 'kysely'
import { type Credential, type CredentialUse, UNUSED_DAYS, USED_WITHIN } from '../../../model/credentials/credential.ts'
import { DAY } from '../../../model/span.ts'
import type { Page, PageAsk } from '../../../ports/paging.ts'
import type { CredentialFilter } from '../../../ports/stores.ts'
import type { Tables } from '../../tables.ts'
import { scanBounded } from '../bounded-scan.ts'
import { literally, ORDERS, readCursor } from '../paging.ts'
import { toCredential } from '../rows.ts'
import { BY_INDEX, type Columns, LAST_USE, STATUS } from './credential-status.ts'
import { goodFor, holdsScopeOf } from './with-scopes.ts'

/** Returns a page by time of creation, or in another order that has an index. Conditions that the index does not cover are checked by a bounded scan. */
export async function listCredentials(
  db: Kysely<Tables>,
  filter: CredentialFilter,
  page: PageAsk,
): Promise<Page<Credential>> {
  const { direction, beyond } = ORDERS[page.order ?? 'newest']
  const sort = SORTS[filter.sortedBy ?? 'making']
  const walked = db.selectFrom('credentials').where(walkedBy(filter)).orderBy(sort.by, direction)
  const upToAnd = beyond === '<' ? '>=' : '<='
  const behind = (position: Place, side: Side) => comesAfter(sort.by, position, side)
  return scanBounded<Tables['credentials'], Credential>({
    limit: page.limit,
    after: page.cursor === undefined ? undefined : readCursor(page.cursor, 'number', 'text'),
    async furtherOn(after, rows) {
      let further = walked.select(sort.by.as('place'))
      if (after) further = further.where(behind(after as Place, beyond))
      const row = await further
        .offset(rows - 1)
        .limit(1)
        .executeTakeFirst()
      // The position includes all rows of that time, so that only the index is read.
      return row && [Number(row.place), beyond === '<' ? '!' : '~']
    },
    read(after, upTo, limit) {
      let fitting = walked.selectAll().where(statusFilter(filter, Date.now(), ROW_BY_ROW))
      if (after) fitting = fitting.where(behind(after as Place, beyond))
      if (upTo) fitting = fitting.where(behind(upTo as Place, upToAnd))
      return fitting.orderBy('fingerprint', direction).limit(limit).execute()
    },
    shape: toCredential,
    position: row => [sort.of(row), row.fingerprint],
  })
}

/** Later than every expiry. */
const NEVER = Number.MAX_SAFE_INTEGER
type Sort = { by: AliasableExpression<number>; of(row: Tables['credentials']): number }
/** The expressions must equal those of the indexes (migration 0024). */
const SORTS: Record<NonNullable<CredentialFilter['sortedBy']> | 'making', Sort> = {
  making: { by: sql.ref<number>('created_at'), of: row => row.created_at },
  'last-use': { by: LAST_USE, of: row => row.last_used_at ?? row.created_at },
  end: { by: sql<number>`coalesce(expires_at, ${sql.lit(NEVER)})`, of: row => row.expires_at ?? NEVER },
}

type Place = [at: number, fingerprint: string]
type Side = '<' | '>' | '<=' | '>='

/** Rows after a position, or up to it. The time is also compared alone, so that both databases use an index on time. */
function comesAfter(by: Expression<number>, [at, fingerprint]: Place, side: Side): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'credentials'>()
  const [strict, loose] = side[0] === '<' ? (['<', '<='] as const) : (['>', '>='] as const)
  return eb.and([eb(by, loose, at), eb.or([eb(by, strict, at), eb('fingerprint', side, fingerprint)])])
}

/** The condition of the index to walk: the most selective one. */
function walkedBy(filter: CredentialFilter): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'credentials'>()
  const [kind, ...more] = filter.kinds ?? []
  if (filter.sortedBy) return eb.and([eb('name', 'is not', null), eb('revoked_at', 'is', null)])
  if (filter.grantId) return eb('grant_id', '=', filter.grantId)
  if (filter.search && IS_ID.test(filter.search)) return startsWith(eb, filter.search)
  if (filter.userId) return eb('user_id', '=', filter.userId)
  if (filter.clientId) return eb('client_id', '=', filter.clientId)
  if (filter.status === 'rotating') return eb.and([eb('name', 'is not', null), eb('spent_at', 'is not', null)])
  // The condition repeats the predicate of a partial index, because the database uses the index only then.
  if (kind && more.length === 0 && kind !== 'access-token')
    return eb.and([eb('kind', '=', sql.lit(kind)), eb('kind', '!=', sql.lit('access-token'))])
  if (filter.search || filter.madeBy === 'people' || ONLY_NAMED.has(filter.status)) return eb('name', 'is not', null)
  return eb.and([])
}

const ONLY_NAMED = new Set<CredentialFilter['status']>(['expires-soon', 'unused'])
const IS_ID = /^[0-9a-f]{6,24}$/
const startsWith = (eb: Conditions, id: string): Expression<SqlBool> =>
  eb.and([eb('fingerprint', '>=', id), eb('fingerprint', '<', `${id}~`)])

type Conditions = ReturnType<typeof expressionBuilder<Tables, 'credentials'>>

/**
 * The columns in a form that no index has. Otherwise SQLite would use an index on one of these columns and sort the
 * rows.
 */
const ROW_BY_ROW: Columns = {
  ...BY_INDEX,
  kind: sql`(kind || '')`,
  revoked_at: sql`(revoked_at + 0)`,
  expires_at: sql`(expires_at + 0)`,
  last_used_at: sql`(last_used_at + 0)`,
}

/** All conditions of a list of credentials in one expression. */
export function statusFilter(filter: CredentialFilter, now: number, columns = BY_INDEX): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'credentials'>()
  const { kind, expires_at, last_used_at } = columns
  const all: Expression<SqlBool>[] = []
  if (filter.userId) all.push(eb('user_id', '=', filter.userId))
  if (filter.clientId) all.push(eb('client_id', '=', filter.clientId))
  if (filter.grantId) all.push(eb('grant_id', '=', filter.grantId))
  if (filter.kinds) all.push(sql`${kind} in (${sql.join(filter.kinds)})`)
  const unusedSince = filter.unusedSince ?? now - UNUSED_DAYS * DAY
  if (filter.status) all.push(...STATUS[filter.status](columns, now, unusedSince))
  if (filter.madeBy) all.push(eb('name', filter.madeBy === 'people' ? 'is not' : 'is', null))
  if (filter.search) all.push(...matching(eb, filter.search))
  if (filter.expiresBefore !== undefined) all.push(sql`${expires_at} < ${filter.expiresBefore}`)
  if (filter.expiresAfter !== undefined) all.push(sql`${expires_at} >= ${filter.expiresAfter}`)
  if (filter.createdBefore !== undefined) all.push(eb('created_at', '<', filter.createdBefore))
  if (filter.createdAfter !== undefined) all.push(eb('created_at', '>=', filter.createdAfter))
  if (filter.use) all.push(USE[filter.use](last_used_at, now - USED_WITHIN))
  if (filter.unusedSince !== undefined) all.push(sql`coalesce(${last_used_at}, created_at) < ${filter.unusedSince}`)
  if (filter.api) all.push(goodFor(filter.api), sql`(scopes is null or ${holdsScopeOf(filter.api)})`)
  return eb.and(all)
}

const USE: Record<CredentialUse, (lastUsedAt: Expression<unknown>, since: number) => Expression<SqlBool>> = {
  recent: (lastUsedAt, since) => sql`${lastUsedAt} >= ${since}`,
  lapsed: (lastUsedAt, since) => sql`${lastUsedAt} < ${since}`,
  never: lastUsedAt => sql`${lastUsedAt} is null`,
}

/** A hint as displayed, or its last four characters. */
const HINT = /^(?:clv_[a-z]+_)?(?:…|\.\.\.)?([0-9A-Za-z]{4})$/

function matching(eb: Conditions, search: string): Expression<SqlBool>[] {
  if (IS_ID.test(search)) return [startsWith(eb, search)]
  const named = sql<SqlBool>`lower(name) like ${`%${literally(search)}%`} escape '!'`
  const [, end] = HINT.exec(search) ?? []
  return [eb('name', 'is not', null), end === undefined ? named : eb.or([named, eb('hint', 'like', `%${end}`)])]
}
