import type { Kysely } from 'kysely'

/**
 * Adds the times and results of reading the metadata documents of clients; `clients` has the content of the documents.
 * Also adds the time at which the identity of a client last changed, because earlier consent does not count.
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
