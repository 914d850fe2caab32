import type { Kysely } from 'kysely'

/** A credential can be stopped and enabled again: since when it is stopped, and by whom. */
export const disabledCredentials = {
  name: '0021-disabled-credentials',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('credentials').addColumn('disabled_at', 'bigint').execute()
    await db.schema.alterTable('credentials').addColumn('disabled_by', 'text').execute()
  },
}
