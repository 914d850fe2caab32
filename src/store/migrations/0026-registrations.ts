import { type Kysely, sql } from 'kysely'

/**
 * Adds the networks from which clients registered themselves (RFC 7591), their initial access tokens, digests to find
 * equal registrations, and blocks.
 */
export const registrations = {
  name: '0026-registrations',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const column of ['origin_network', 'origin_area', 'origin_token', 'origin_digest'])
      await db.schema.alterTable('clients').addColumn(column, 'text').execute()
    await sql`create index clients_by_area on clients (origin_area, created_at) where origin_area is not null`.execute(
      db,
    )
    await sql`create index clients_registered on clients (created_at) where origin_area is not null`.execute(db)
    await sql`create index clients_shared on clients (origin_digest, created_at) where origin_digest is not null`.execute(
      db,
    )
    await db.schema
      .createTable('registration_blocks')
      .addColumn('subject', 'text', c => c.notNull())
      .addColumn('value', 'text', c => c.notNull())
      .addColumn('note', 'text')
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('registration_blocks_key', ['subject', 'value'])
      .execute()
  },
}
