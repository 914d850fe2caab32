import type { Kysely } from 'kysely'

/** Adds the epoch of users, and an index on the owner of applications. */
export const epochs = {
  name: '0005-epochs',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('users')
      .addColumn('epoch', 'integer', c => c.notNull().defaultTo(0))
      .execute()
    await db.schema
      .createIndex('clients_by_owner_id')
      .on('clients')
      .column('owner_id')
      .where('owner_id' as never, 'is not', null)
      .execute()
  },
}
