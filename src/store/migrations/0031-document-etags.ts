import type { Kysely } from 'kysely'

/** The ETag of a metadata document, and when the document was read whole. A document read earlier is read whole once more. */
export const documentEtags = {
  name: '0031-document-etags',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('client_documents').addColumn('etag', 'text').execute()
    await db.schema.alterTable('client_documents').addColumn('etag_at', 'bigint').execute()
  },
}
