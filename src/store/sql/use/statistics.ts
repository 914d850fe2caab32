import { type AliasableExpression, type Kysely, sql } from 'kysely'
import type { Credential, CredentialKind } from '../../../model/credentials/credential.ts'
import type { EventName } from '../../../model/journal.ts'
import { DAY, HOUR } from '../../../model/span.ts'
import type { Attention, StatisticsStore } from '../../../ports/statistics.ts'
import type { Engine } from '../../engine.ts'
import type { Tables } from '../../tables.ts'
import { ages } from '../credentials/ages.ts'
import { statusFilter } from '../credentials/credential-list.ts'
import { enabled, LAST_USE } from '../credentials/credential-status.ts'
import { toCredential } from '../rows.ts'
import { impactStore, refusals, uses } from './impact.ts'
import { minuteOf } from './usage.ts'
import { busiest, houseUsage, leaders } from './usage-totals.ts'

const MOST_COUNTED = 10_000
/** The number of newest rows that are read if no index fits. */
const STRETCH = 10_000

export function statisticsStore(engine: Engine): StatisticsStore {
  const { db } = engine
  const countOf = async (table: 'users' | 'clients' | 'resources'): Promise<number> =>
    counted(db, db.selectFrom(table).select(COUNTED_BY[table]).orderBy(COUNTED_BY[table]).limit(MOST_COUNTED))

  return {
    ...ages(engine),
    ...impactStore(engine),
    async counts() {
      const [users, clients, resources, grants, activeCredentials, activeSessions] = await Promise.all([
        countOf('users'),
        countOf('clients'),
        countOf('resources'),
        countGrants(db),
        countLive(db, ['access-token', 'api-key', 'application-token', 'user-token', 'token-pair']),
        countLive(db, ['session']),
      ])
      return { users, clients, resources, grants, activeCredentials, activeSessions }
    },

    async totals(since, until) {
      const rows = await houseUsage(db, { since: minuteOf(since), until: minuteOf(until) - 1 }, 60)
      const sum = (some: typeof rows) => some.reduce((all, { count }) => all + count, 0)
      const valid = rows.filter(({ outcome }) => outcome === 'valid')
      return { uses: sum(valid), refusals: sum(rows) - sum(valid) }
    },

    top: ({ since, until, by, limit }) =>
      busiest(db, { since: minuteOf(since), until: minuteOf(until) }, { refused: by === 'uses' ? 0 : 1, limit }),

    async hours({ countedBy, since }) {
      if (countedBy.length === 0) return []
      const valid = sql<number>`sum(case when refused = 0 then count else 0 end)`
      const refused = sql<number>`sum(case when refused = 0 then 0 else count end)`
      const rows = await db
        .selectFrom('usage_hours')
        .select(['credential_id', 'hour', valid.as('valid'), refused.as('refused')])
        .where('credential_id', 'in', countedBy)
        .where('hour', '>', minuteOf(since) - 60)
        .groupBy(['credential_id', 'hour'])
        .execute()
      return rows.map(row => ({
        countedBy: row.credential_id,
        at: row.hour * 60_000,
        valid: Number(row.valid),
        refused: Number(row.refused),
      }))
    },

    async events({ since, until, bucketMinutes, events }) {
      const newest = db
        .selectFrom('journal')
        .select(['event', 'at'])
        .orderBy('id', 'desc')
        .limit(5 * STRETCH)
      const length = sql.lit(bucketMinutes * 60_000)
      const bucket = sql<number>`(at - at % ${length})`
      const rows = await db
        .selectFrom(newest.as('newest'))
        .select([bucket.as('bucket'), 'event', sql<number>`count(*)`.as('n')])
        .where('event', 'in', events)
        .where('at', '>=', since)
        .where('at', '<=', until)
        .groupBy([bucket, 'event'])
        .orderBy('bucket')
        .execute()
      return rows.map(row => ({ at: Number(row.bucket), event: row.event as EventName, count: Number(row.n) }))
    },

    async attention(now, unusedDays): Promise<Attention> {
      const soon = db
        .selectFrom('credentials')
        .selectAll()
        .where(statusFilter({ status: 'expires-soon' }, now))
      const newest = db.selectFrom('journal').select(['event', 'at']).orderBy('id', 'desc').limit(STRETCH)
      const [expiringSoon, unused, muchRefused, failed] = await Promise.all([
        soon.orderBy('expires_at').limit(MOST_SHOWN).execute(),
        longUnused(db, now - unusedDays * DAY, now),
        muchRefusedSince(db, minuteOf(now - HOUR), minuteOf(now)),
        db
          .selectFrom(newest.as('newest'))
          .select(sql<number>`count(*)`.as('n'))
          .where('event', '=', 'sign-in-failed')
          .where('at', '>=', now - HOUR)
          .executeTakeFirstOrThrow(),
      ])
      return {
        expiringSoon: expiringSoon.map(toCredential),
        longUnused: unused,
        muchRefused,
        failedSignIns: Number(failed.n),
      }
    },
  }
}

const MOST_SHOWN = 5
/** The column by which rows are counted. It is the first column of an index, so the database reads only the index. */
const COUNTED_BY = { users: 'number', clients: 'number', resources: 'audience' } as const

async function counted(db: Kysely<Tables>, some: AliasableExpression<unknown>): Promise<number> {
  const all = db.selectFrom(some.as('some') as never).select(sql<number>`count(*)`.as('n'))
  return Number((await all.executeTakeFirstOrThrow()).n)
}

/** Counts live grants in the order of an index that contains only live ones. */
async function countGrants(db: Kysely<Tables>): Promise<number> {
  const live = db
    .selectFrom('grants')
    .select('ends_at')
    .where('activated_at', 'is not', null)
    .where('revoked_at', 'is', null)
  let count = 0
  for (const some of [live.where('ends_at', '>', Date.now()), live.where('ends_at', 'is', null)])
    if (count < MOST_COUNTED) count += await counted(db, some.orderBy('ends_at').limit(MOST_COUNTED - count))
  return count
}

/** Counts live credentials of these kinds up to the limit. Only the index is read, which skips dead rows. */
async function countLive(db: Kysely<Tables>, kinds: readonly CredentialKind[]): Promise<number> {
  let count = 0
  for (const kind of kinds) {
    const live = db.selectFrom('credentials').select('kind').where('kind', '=', kind).where('revoked_at', 'is', null)
    for (const some of [live.where('expires_at', '>', Date.now()), live.where('expires_at', 'is', null)])
      if (count < MOST_COUNTED) count += await counted(db, some.orderBy('expires_at').limit(MOST_COUNTED - count))
  }
  return count
}

/** Lists named credentials, the longest unused first. Skips expired and disabled ones, up to a limit. */
async function longUnused(db: Kysely<Tables>, unusedSince: number, now: number): Promise<Credential[]> {
  const idle = db
    .selectFrom('credentials')
    .selectAll()
    .where('name', 'is not', null)
    .where('revoked_at', 'is', null)
    .where(LAST_USE, '<', unusedSince)
    .orderBy(LAST_USE)
    .limit(STRETCH)
  const rows = await db
    .selectFrom(idle.as('some'))
    .selectAll()
    .where(eb => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .where(enabled)
    .limit(MOST_SHOWN)
    .execute()
  return rows.map(toCredential).sort((a, b) => (a.lastUsedAt ?? a.createdAt) - (b.lastUsedAt ?? b.createdAt))
}

async function muchRefusedSince(db: Kysely<Tables>, since: number, until: number): Promise<Attention['muchRefused']> {
  const ids = await leaders(db, { since, until }, 1)
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('usage')
    .select(['credential_id', uses.as('uses'), refusals.as('refusals')])
    .where('credential_id', 'in', ids)
    .where('minute', '>=', since)
    .groupBy('credential_id')
    .having(refusals, '>=', 20)
    .having(sql<boolean>`${refusals} * 4 > ${uses}`)
    .orderBy('refusals', 'desc')
    .limit(MOST_SHOWN)
    .execute()
  return rows.map(row => ({ countedBy: row.credential_id, uses: Number(row.uses), refusals: Number(row.refusals) }))
}
