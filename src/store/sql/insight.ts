import { sql } from 'kysely'
import type { CredentialKind } from '../../model/credential.ts'
import type { EventName } from '../../model/journal.ts'
import type { Attention, InsightStore } from '../../ports/insight.ts'
import type { Engine } from '../engine.ts'
import { ages } from './ages.ts'
import { statusFilter } from './credential-list.ts'
import { toCredential } from './rows.ts'
import { idsOf, newestOf } from './usage.ts'

const HOUR = 3_600_000
const MOST_COUNTED = 10_000
const MOST_NETWORKS = 1000
/** How far back the newest rows are looked through where no index answers. */
const STRETCH = 10_000

const uses = sql<number>`coalesce(sum(case when outcome = 'valid' then count else 0 end), 0)`
const refusals = sql<number>`coalesce(sum(case when outcome = 'valid' then 0 else count end), 0)`
const minuteOf = (at: number): number => Math.floor(at / 60_000)

export function insightStore(engine: Engine): InsightStore {
  const { db } = engine
  const countOf = async (table: 'users' | 'clients' | 'resources'): Promise<number> =>
    Number((await db.selectFrom(table).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()).n)

  /** Live ones of these kinds, counted up to the bound. */
  async function countLive(kinds: readonly CredentialKind[]) {
    const some = db
      .selectFrom(
        db
          .selectFrom('credentials')
          .selectAll()
          .orderBy('created_at', 'desc')
          .limit(5 * STRETCH)
          .as('credentials'),
      )
      .select('fingerprint')
      .where(statusFilter({ kinds, status: 'active' }, Date.now()))
      .limit(MOST_COUNTED)
    return Number(
      (await db.selectFrom(some.as('some')).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()).n,
    )
  }

  return {
    ...ages(engine),
    async counts() {
      const [users, clients, resources, activeCredentials, activeSessions] = await Promise.all([
        countOf('users'),
        countOf('clients'),
        countOf('resources'),
        countLive(['access-token', 'api-key', 'application-token', 'user-token', 'token-pair']),
        countLive(['session']),
      ])
      return { users, clients, resources, activeCredentials, activeSessions }
    },

    async totals(since, until) {
      const row = await db
        .selectFrom('usage')
        .select([uses.as('uses'), refusals.as('refusals')])
        .where('minute', '>=', minuteOf(since))
        .where('minute', '<', minuteOf(until))
        .executeTakeFirstOrThrow()
      return { uses: Number(row.uses), refusals: Number(row.refusals) }
    },

    async top({ since, until, by, limit }) {
      const rows = await db
        .selectFrom('usage')
        .select(['credential_id', sql<number>`sum(count)`.as('n')])
        .where('minute', '>=', minuteOf(since))
        .where('minute', '<=', minuteOf(until))
        .where('outcome', by === 'uses' ? '=' : '!=', 'valid')
        .groupBy('credential_id')
        .orderBy('n', 'desc')
        .limit(limit)
        .execute()
      return rows.map(row => ({ credentialId: row.credential_id, count: Number(row.n) }))
    },

    async hours({ credentialIds, since }) {
      if (credentialIds.length === 0) return []
      const hour = sql<number>`(minute - minute % 60)`
      const rows = await db
        .selectFrom('usage')
        .select(['credential_id', hour.as('hour'), uses.as('valid'), refusals.as('refused')])
        .where('credential_id', 'in', credentialIds)
        .where('minute', '>=', minuteOf(since))
        .groupBy(['credential_id', hour])
        .execute()
      return rows.map(row => ({
        credentialId: row.credential_id,
        at: row.hour * 60_000,
        valid: Number(row.valid),
        refused: Number(row.refused),
      }))
    },

    async impact(of, since, now) {
      const ids = idsOf(db, of)
      const [counted, networks, own, users] = await Promise.all([
        db
          .selectFrom('usage')
          .select([uses.as('uses'), refusals.as('refusals')])
          .where('credential_id', 'in', ids)
          .where('minute', '>=', minuteOf(since))
          .executeTakeFirstOrThrow(),
        db
          .selectFrom('usage_networks')
          .select('network')
          .distinct()
          .where('credential_id', 'in', ids)
          .where('last_at', '>=', since)
          .limit(MOST_NETWORKS)
          .execute(),
        db
          .selectFrom(newestOf(db, of).as('credentials'))
          .select([sql<number>`count(*)`.as('n'), sql<number | null>`max(last_used_at)`.as('last')])
          .where(statusFilter({ status: 'active' }, now))
          .executeTakeFirstOrThrow(),
        'clientId' in of
          ? db
              .selectFrom('grants')
              .select(sql<number>`count(distinct user_id)`.as('n'))
              .where('client_id', '=', of.clientId)
              .where('activated_at', 'is not', null)
              .where('revoked_at', 'is', null)
              .executeTakeFirstOrThrow()
          : db
              .selectFrom(newestOf(db, of).as('credentials'))
              .select(sql<number>`count(user_id)`.as('n'))
              .executeTakeFirstOrThrow(),
      ])
      return {
        uses: Number(counted.uses),
        refusals: Number(counted.refusals),
        networks: networks.length,
        credentials: Number(own.n),
        users: Number(users.n),
        ...(own.last !== null && { lastUsedAt: Number(own.last) }),
      }
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

    async attention(now): Promise<Attention> {
      const named = (status: 'expires-soon' | 'unused', order: 'expires_at' | 'created_at') =>
        db.selectFrom('credentials').selectAll().where(statusFilter({ status }, now)).orderBy(order).limit(5).execute()
      const newest = db.selectFrom('journal').select(['event', 'at']).orderBy('id', 'desc').limit(STRETCH)
      const [soon, unused, refused, failed] = await Promise.all([
        named('expires-soon', 'expires_at'),
        named('unused', 'created_at'),
        db
          .selectFrom('usage')
          .select(['credential_id', uses.as('uses'), refusals.as('refusals')])
          .where('minute', '>=', minuteOf(now - HOUR))
          .groupBy('credential_id')
          .having(refusals, '>=', 20)
          .having(sql<boolean>`${refusals} * 4 > ${uses}`)
          .orderBy('refusals', 'desc')
          .limit(5)
          .execute(),
        db
          .selectFrom(newest.as('newest'))
          .select(sql<number>`count(*)`.as('n'))
          .where('event', '=', 'sign-in-failed')
          .where('at', '>=', now - HOUR)
          .executeTakeFirstOrThrow(),
      ])
      return {
        expiringSoon: soon.map(toCredential),
        longUnused: unused.map(toCredential),
        muchRefused: refused.map(row => ({
          credentialId: row.credential_id,
          uses: Number(row.uses),
          refusals: Number(row.refusals),
        })),
        failedSignIns: Number(failed.n),
      }
    },
  }
}
