import { type Kysely, sql } from 'kysely'

/** How long checks took, as counts of few steps; and the ages of live keys, answered by an index alone. */
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
    // All that a chart of ages asks for, of live keys and application tokens alone: however many access tokens there
    // are, it stays small, and nothing but itself is read. The predicate is the one that the statement repeats.
    await sql`
      create index live_keys_by_age on credentials (created_at, kind, expires_at, last_used_at, revoked_at)
      where revoked_at is null and kind in ('api-key', 'application-token')`.execute(db)
  },
}
