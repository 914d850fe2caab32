import type { Kysely } from 'kysely'

/** Adds when and by whom a credential was disabled. */
export const disabledCredentials = {
  name: '0021-disabled-credentials',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('credentials').addColumn('disabled_at', 'bigint').execute()
    await db.schema.alterTable('credentials').addColumn('disabled_by', 'text').execute()
  },
}
