import type { Kysely } from 'kysely'

/**
 * Clients that take part in a session and want to be notified of its end (OpenID Connect Back-Channel Logout). `next_at` is
 * null while the session lives, and after the last try.
 */
export const logoutNotices = {
  name: '0029-logout-notices',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('logout_notices')
      .addColumn('session_id', 'text', c => c.notNull())
      .addColumn('client_id', 'text', c => c.notNull())
      .addColumn('user_id', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addColumn('next_at', 'bigint')
      .addColumn('tries', 'integer', c => c.notNull())
      .addColumn('fault', 'text')
      .addPrimaryKeyConstraint('logout_notices_key', ['session_id', 'client_id'])
      .execute()
    await db.schema.createIndex('logout_notices_by_next').on('logout_notices').column('next_at').execute()
    await db.schema.createIndex('logout_notices_by_age').on('logout_notices').columns(['created_at']).execute()
  },
}
