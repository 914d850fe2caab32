import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'

/**
 * Copies passwords and one-time codes into rows. The columns of users stay, because processes of an older version may
 * read and write them (docs/adr/0011). The foreign key deletes the rows of a user whom such a process deletes.
 */
export const authenticators = {
  name: '0018-authenticators',
  async up(db: Kysely<unknown>, engine: EngineName): Promise<void> {
    const text = engine === 'postgres' ? (sql`text collate "C"` as never) : 'text'
    await db.schema
      .createTable('authenticators')
      .addColumn('id', text, c => c.primaryKey())
      .addColumn('user_id', text, c => c.notNull().references('users.id').onDelete('cascade'))
      .addColumn('method', 'text', c => c.notNull())
      .addColumn('data', 'text', c => c.notNull())
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addColumn('last_used_at', 'bigint')
      .execute()
    await db.schema.createIndex('authenticators_by_user_id').on('authenticators').column('user_id').execute()
    await sql`
      insert into authenticators (id, user_id, method, data, state, created_at)
      select id || '.password.active', id, 'password', password, 'active', created_at
      from users where password is not null
      union all
      select id || '.one-time-code.active', id, 'one-time-code', otp_secret, 'active', created_at
      from users where otp_secret is not null and otp_validated = 1
      union all
      select id || '.one-time-code.pending', id, 'one-time-code', otp_pending, 'pending', created_at
      from users where otp_pending is not null`.execute(db)
  },
}
