import { type Kysely, sql } from 'kysely'

/** When staff looked at an application that registered itself; those that wait for it are found by an index of them alone. */
export const reviews = {
  name: '0009-reviews',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('clients').addColumn('reviewed_at', 'bigint').execute()
    await sql`
      create index clients_that_wait on clients (number)
      where reviewed_at is null and active = 1 and source not in ('operator', 'resource-server')`.execute(db)
  },
}
