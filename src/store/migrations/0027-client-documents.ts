import type { Kysely } from 'kysely'

/**
 * When the metadata documents of clients were read and how that ended; what they say stands in `clients`. And when what a
 * client says of itself last changed so much that people are asked anew.
 */
export const clientDocuments = {
  name: '0027-client-documents',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('clients').addColumn('identity_changed_at', 'bigint').execute()
    await db.schema
      .createTable('client_documents')
      .addColumn('client_id', 'text', c => c.primaryKey().notNull())
      .addColumn('read_at', 'bigint', c => c.notNull())
      .addColumn('asked_at', 'bigint', c => c.notNull())
      .addColumn('fresh_until', 'bigint', c => c.notNull())
      .addColumn('trouble', 'text')
      .addColumn('sentence', 'text')
      .execute()
    await db.schema.createIndex('client_documents_by_asked_at').on('client_documents').column('asked_at').execute()
  },
}
