import type { Kysely } from 'kysely'

/** Adds networks from which a user signed in, as keyed digests. Attempts from these networks are counted separately. */
export const familiarNetworks = {
  name: '0013-familiar-networks',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('familiar_networks')
      .addColumn('key', 'text', column => column.primaryKey())
      .addColumn('at', 'bigint', column => column.notNull())
      .execute()
    await db.schema.createIndex('familiar_networks_at').on('familiar_networks').column('at').execute()
  },
}
