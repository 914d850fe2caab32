import { sql } from 'kysely'
import { countedByGrant } from '../../../model/credentials/counted-by.ts'
import type { UsageStore } from '../../../ports/usage.ts'
import type { Engine } from '../../engine.ts'
import { countedOf } from './counted-of.ts'

const MOST = 50

/** Networks of accepted uses, kept for a limited time (model/networks.ts defines their size). */
export const networks = ({ db }: Engine): Pick<UsageStore, 'networks' | 'networksOfGrants'> => ({
  async networks(of) {
    const rows = await db
      .selectFrom('usage_networks')
      .select(['network', sql<number>`max(last_at)`.as('at')])
      .where('credential_id', 'in', countedOf(db, of))
      .groupBy('network')
      .orderBy('at', 'desc')
      .limit(MOST)
      .execute()
    return rows.map(({ network, at }) => ({ network, at: Number(at) }))
  },

  async networksOfGrants(ids) {
    const found = new Map<string, { network: string; at: number }[]>()
    if (ids.length === 0) return found
    const counted = db
      .selectFrom('credentials')
      .select(['grant_id', sql<string>`substr(fingerprint, 1, 24)`.as('counted')])
      .where('grant_id', 'in', ids)
      .unionAll(
        db
          .selectFrom('grants')
          .select(['id as grant_id', sql<string>`${countedByGrant('')} || id`.as('counted')])
          .where('id', 'in', ids),
      )
    const rows = await db
      .selectFrom(counted.as('theirs'))
      .innerJoin('usage_networks', 'usage_networks.credential_id', 'theirs.counted')
      .select(['theirs.grant_id', 'network', sql<number>`max(last_at)`.as('at')])
      .groupBy(['theirs.grant_id', 'network'])
      .orderBy('at', 'desc')
      .execute()
    for (const { grant_id, network, at } of rows) {
      const of = found.get(grant_id ?? '') ?? []
      if (of.length < MOST) of.push({ network, at: Number(at) })
      found.set(grant_id ?? '', of)
    }
    return found
  },
})
