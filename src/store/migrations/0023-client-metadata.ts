import { type Kysely, sql } from 'kysely'

/**
 * Adds optional metadata of clients (RFC 7591 section 2) as JSON, and the used client assertions, so that each is
 * accepted only once (RFC 7523 section 3).
 */
export const clientMetadata = {
  name: '0023-client-metadata',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('clients')
      .addColumn('metadata', 'text', c => c.notNull().defaultTo(sql`'{}'`))
      .execute()
    await db.schema
      .createTable('used_assertions')
      .addColumn('id', 'text', c => c.primaryKey().notNull())
      .addColumn('ends_at', 'bigint', c => c.notNull())
      .execute()
    await db.schema.createIndex('used_assertions_by_end').on('used_assertions').column('ends_at').execute()
  },
}
