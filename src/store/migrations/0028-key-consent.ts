import type { Kysely } from 'kysely'

/** Adds the key from which a grant was made, and whether an API allows such grants. */
export const keyConsent = {
  name: '0028-key-consent',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('grants').addColumn('parent_id', 'text').execute()
    await db.schema.createIndex('grants_by_parent').on('grants').column('parent_id').execute()
    await db.schema
      .alterTable('resources')
      .addColumn('key_consent', 'integer', c => c.notNull().defaultTo(0))
      .execute()
  },
}
