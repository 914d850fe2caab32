import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'

/** Adds workspaces, the used steps of one-time codes, and password strings of other systems. */
export const workspaces = {
  name: '0002-workspaces',
  async up(db: Kysely<unknown>, engine: EngineName): Promise<void> {
    const text = engine === 'postgres' ? (sql`text collate "C"` as never) : 'text'

    for (const [column, type] of [
      ['otp_pending', 'text'],
      ['otp_step', 'bigint'],
      ['imported_password', 'text'],
    ] as const)
      await db.schema.alterTable('users').addColumn(column, type).execute()

    await db.schema
      .createTable('workspaces')
      .addColumn('id', text, c => c.primaryKey())
      .addColumn('name', text, c => c.notNull().unique())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .execute()
    await db.schema
      .createTable('models')
      .addColumn('id', text, c => c.primaryKey())
      .addColumn('workspace_id', text, c => c.notNull())
      .addColumn('name', text, c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .execute()
    // Members of workspaces and models, with their roles.
    await db.schema
      .createTable('seats')
      .addColumn('place_id', text, c => c.notNull())
      .addColumn('user_id', text, c => c.notNull())
      .addColumn('place', 'text', c => c.notNull())
      .addColumn('role', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('seats_key', ['place_id', 'user_id'])
      .execute()
    await db.schema.createIndex('seats_by_user_id').on('seats').column('user_id').execute()
  },
}
