import type { Kysely } from 'kysely'

/** Adds counts of attempts at passwords and one-time codes, for all processes together. */
export const attempts = {
  name: '0010-attempts',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('attempts')
      .addColumn('key', 'text', column => column.primaryKey())
      .addColumn('taken', 'double precision', column => column.notNull())
      .addColumn('at', 'bigint', column => column.notNull())
      .execute()
    await db.schema.createIndex('attempts_at').on('attempts').column('at').execute()
  },
}
