import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'

/** Adds the recent networks of credentials, and indexes on credentials with a name. */
export const insight = {
  name: '0003-insight',
  async up(db: Kysely<unknown>, engine: EngineName): Promise<void> {
    const text = engine === 'postgres' ? (sql`text collate "C"` as never) : 'text'
    await db.schema
      .createTable('usage_networks')
      .addColumn('credential_id', text, c => c.notNull())
      .addColumn('network', text, c => c.notNull())
      .addColumn('last_at', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('usage_networks_key', ['credential_id', 'network'])
      .execute()
    await db.schema.createIndex('usage_networks_by_last_at').on('usage_networks').column('last_at').execute()
    // Only keys and application tokens have names, so these indexes stay small even with many tokens.
    for (const column of ['created_at', 'expires_at'])
      await db.schema
        .createIndex(`named_credentials_by_${column}`)
        .on('credentials')
        .column(column)
        .where('name' as never, 'is not', null)
        .execute()
  },
}
