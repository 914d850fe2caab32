import { type Kysely, sql } from 'kysely'

/** Adds counts of the duration of checks, and an index from which the ages of live keys can be counted. */
export const checkTimes = {
  name: '0006-check-times',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('check_times')
      .addColumn('minutes', 'integer', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('step', 'integer', c => c.notNull())
      .addColumn('count', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('check_times_key', ['minutes', 'at', 'step'])
      .execute()
    // Contains all columns that the chart of ages reads, but only live keys and application tokens.
    // So the index stays small even with many access tokens. The statement in `sql/credentials/ages.ts` repeats this predicate.
    await sql`
      create index live_keys_by_age on credentials (created_at, kind, expires_at, last_used_at, revoked_at)
      where revoked_at is null and kind in ('api-key', 'application-token')`.execute(db)
  },
}
