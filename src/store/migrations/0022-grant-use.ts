import { type Kysely, sql } from 'kysely'

/**
 * What a grant gave out, when it was last used and when the last of it ends. Rows of tokens said so before; they are
 * swept a day after their end, and not every token has one. `ends_at` is null where something of it has no end.
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
    // Nothing of these is left, so nothing can come of them.
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
