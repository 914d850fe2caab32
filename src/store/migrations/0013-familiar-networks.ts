import type { Kysely } from 'kysely'

/** Networks from which a person signed in, as keyed digests: tries from there are counted apart from everybody else's. */
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
