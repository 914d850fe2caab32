import { type Kysely, sql } from 'kysely'

/**
 * Adds to a grant the number of its tokens, its latest use and the latest expiry of its credentials. Rows of tokens
 * cannot tell this, because they are deleted a day after they expire and not every token has a row. `ends_at` is null
 * if a credential of the grant has no expiry.
 */
export const grantUse = {
  name: '0022-grant-use',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const column of ['last_used_at', 'ends_at'])
      await db.schema.alterTable('grants').addColumn(column, 'bigint').execute()
    await db.schema
      .alterTable('grants')
      .addColumn('tokens_issued', 'bigint', c => c.notNull().defaultTo(0))
      .execute()
    await sql`
      with known(id, used_at, ends_at, endless, tokens) as (
        select grant_id, max(last_used_at), max(expires_at), max(case when expires_at is null then 1 else 0 end),
          sum(case when kind = 'access-token' then 1 else 0 end)
        from credentials where grant_id is not null group by grant_id
      )
      update grants set last_used_at = known.used_at, tokens_issued = known.tokens,
        ends_at = case when known.endless = 0 then known.ends_at end
      from known where known.id = grants.id`.execute(db)
    // Grants without credentials have ended, because nothing more can be issued from them.
    await sql`
      update grants set ends_at = created_at
      where not exists (select 1 from credentials where credentials.grant_id = grants.id)`.execute(db)
    for (const column of ['ends_at', 'revoked_at'])
      await db.schema
        .createIndex(`grants_by_${column}`)
        .on('grants')
        .column(column)
        .where(column as never, 'is not', null)
        .execute()
  },
}
