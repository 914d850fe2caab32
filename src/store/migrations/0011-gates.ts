import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'

/** Adds the gates of `/forward-auth/gates/NAME`. */
export const gates = {
  name: '0011-gates',
  async up(db: Kysely<unknown>, engine: EngineName): Promise<void> {
    const text = engine === 'postgres' ? (sql`text collate "C"` as never) : 'text'
    await db.schema
      .createTable('gates')
      .addColumn('name', text, c => c.primaryKey())
      .addColumn('audience', 'text')
      .addColumn('scopes', 'text', c => c.notNull())
      .addColumn('profile', 'text', c => c.notNull())
      .addColumn('preflights', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .execute()
  },
}
