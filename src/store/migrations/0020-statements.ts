import { type Kysely, sql } from 'kysely'

/**
 * For access tokens that are not stored: the keys that seal them, those that were ended before their time, and for each
 * client the line of the revocation log that last ended all of it. A database in which nothing was made yet states
 * tokens at once; in any other `claviger upgrade finish` says that no older process runs beside.
 */
export const statements = {
  name: '0020-statements',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('clients')
      .addColumn('epoch', 'bigint', c => c.notNull().defaultTo(0))
      .execute()
    await db.schema
      .createTable('statement_keys')
      .addColumn('number', 'bigint', c => c.primaryKey())
      .addColumn('sealed_secret', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addColumn('seals_from', 'bigint', c => c.notNull())
      .execute()
    await db.schema
      .createTable('ended_statements')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('ends_at', 'bigint', c => c.notNull())
      .addColumn('ended_at', 'bigint', c => c.notNull())
      .execute()
    await db.schema.createIndex('ended_statements_by_end').on('ended_statements').column('ends_at').execute()
    await sql`insert into counters (name, value) values ('statement-keys', 0), ('statement-floor', 0)`.execute(db)
    await sql`
      insert into settings (name, value) select 'statements', 'on'
      where not exists (select 1 from settings where name = 'master-key-check')`.execute(db)
  },
}
