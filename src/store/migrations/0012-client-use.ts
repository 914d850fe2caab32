import { type Kysely, sql } from 'kysely'

/**
 * Adds the time at which a client last got a token. Rows of tokens are deleted a day after they expire, so the initial
 * value also uses the journal.
 */
export const clientUse = {
  name: '0012-client-use',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('clients').addColumn('last_used_at', 'bigint').execute()
    await sql`
      with known(client_id, at) as (
        select client_id, max(at) from journal
        where event in ('issued', 'used', 'rotated', 'granted') and about <> 'interaction' group by client_id
        union all
        select client_id, max(case when last_used_at > created_at then last_used_at else created_at end) from credentials
        where kind <> 'interaction' group by client_id
        union all
        select client_id, max(case when rotated_at > created_at then rotated_at else created_at end) from grants
        group by client_id
      ), latest(id, at) as (select client_id, max(at) from known where client_id is not null group by client_id)
      update clients set last_used_at = latest.at from latest where clients.id = latest.id`.execute(db)
  },
}
