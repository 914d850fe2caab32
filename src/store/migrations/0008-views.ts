import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'

/** Adds filters that users save under a name. */
export const views = {
  name: '0008-views',
  async up(db: Kysely<unknown>, engine: EngineName): Promise<void> {
    const text = engine === 'postgres' ? (sql`text collate "C"` as never) : 'text'
    await db.schema
      .createTable('views')
      .addColumn('user_id', text, c => c.notNull())
      .addColumn('name', text, c => c.notNull())
      .addColumn('page', 'text', c => c.notNull())
      .addColumn('query', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('views_key', ['user_id', 'name'])
      .execute()
  },
}
