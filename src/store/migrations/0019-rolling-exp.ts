import type { Kysely } from 'kysely'

/** Per API: how far ahead introspection reports the end of credentials that have none. */
export const rollingExp = {
  name: '0019-rolling-exp',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('resources').addColumn('rolling_exp_seconds', 'bigint').execute()
  },
}
