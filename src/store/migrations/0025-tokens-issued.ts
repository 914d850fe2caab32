import { type Kysely, sql } from 'kysely'

/** Adds the number of access tokens that each client got, counted from now on at issue. The initial value counts the existing rows. */
export const tokensIssued = {
  name: '0025-tokens-issued',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('clients')
      .addColumn('tokens_issued', 'bigint', c => c.notNull().defaultTo(0))
      .execute()
    await sql`
      with known(id, tokens) as (
        select client_id, count(*) from credentials where kind = 'access-token' and client_id is not null group by client_id
      )
      update clients set tokens_issued = known.tokens from known where known.id = clients.id`.execute(db)
    await db.schema.createIndex('grants_by_client').on('grants').columns(['client_id', 'created_at']).execute()
    // An index that counts live grants for the overview, however many grants have ended.
    await db.schema
      .createIndex('live_grants_by_ends_at')
      .on('grants')
      .column('ends_at')
      .where('activated_at' as never, 'is not', null)
      .where('revoked_at' as never, 'is', null)
      .execute()
  },
}
