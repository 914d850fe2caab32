import type { Kysely } from 'kysely'

/** Adds for each API the number of seconds after which introspection reports the expiry of credentials without one. */
export const rollingExp = {
  name: '0019-rolling-exp',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('resources').addColumn('rolling_exp_seconds', 'bigint').execute()
  },
}
