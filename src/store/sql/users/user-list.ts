import { type Expression, expressionBuilder, type Kysely, type SqlBool, sql } from 'kysely'
import { canonicalName, type User } from '../../../model/users/user.ts'
import type { Page } from '../../../ports/paging.ts'
import type { UserStore } from '../../../ports/users.ts'
import type { Tables } from '../../tables.ts'
import { scanBoundedByNumber } from '../bounded-scan.ts'
import { toUser } from '../rows.ts'

/**
 * If a name matches up to this number of users, all of them are fetched and sorted. With more matches a scan finds a
 * page quickly.
 */
const FEW = 1000

type Ask = Parameters<UserStore['list']>[0]

/** A page of users ordered by number. */
export async function listUsers(db: Kysely<Tables>, { search, role, active, ...page }: Ask): Promise<Page<User>> {
  const eb = expressionBuilder<Tables, 'users'>()
  const walked: Expression<SqlBool>[] = []
  const fitting: Expression<SqlBool>[] = []
  const named = search === undefined ? undefined : startsWith(canonicalName(search))
  const found =
    named &&
    (await db
      .selectFrom('user_names')
      .select('user_id')
      .where(named)
      .orderBy('name')
      .limit(FEW + 1)
      .execute())
  if (found && found.length === 0) return { items: [] }
  if (found && found.length <= FEW)
    walked.push(
      eb(
        'id',
        'in',
        found.map(row => row.user_id),
      ),
    )
  else if (named)
    fitting.push(
      eb.exists(
        eb.selectFrom('user_names').select('name').whereRef('user_names.user_id', '=', 'users.id').where(named),
      ),
    )
  if (role) walked.push(eb('role', '=', role))
  if (active === false) walked.push(eb('active', '=', sql.lit(0)))
  if (active === true) fitting.push(eb('active', '=', 1))
  const users = db.selectFrom('users').where(eb.and(walked))
  return scanBoundedByNumber({
    column: 'number',
    page,
    numberAt: async (between, direction, offset) =>
      (
        await users
          .select('number')
          .where(between)
          .orderBy('number', direction)
          .offset(offset)
          .limit(1)
          .executeTakeFirst()
      )?.number,
    read: (between, direction, limit) =>
      users
        .selectAll()
        .where(eb.and([between, ...fitting]))
        .orderBy('number', direction)
        .limit(limit)
        .execute(),
    shape: toUser,
    numberOf: row => row.number,
  })
}

function startsWith(start: string): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'user_names'>()
  return eb.and([eb('name', '>=', start), eb('name', '<', `${start}\u{10FFFF}`)])
}
