import { type Kysely, sql } from 'kysely'

/** Adds the time at which staff reviewed a self-registered application, and an index of those that wait for review. */
export const reviews = {
  name: '0009-reviews',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('clients').addColumn('reviewed_at', 'bigint').execute()
    await sql`
      create index clients_that_wait on clients (number)
      where reviewed_at is null and active = 1 and source not in ('operator', 'resource-server')`.execute(db)
  },
}
