import { type Kysely, sql } from 'kysely'

/**
 * Adds the tables and columns for access tokens without a row: the keys that seal them, the tokens that ended early,
 * and the epoch of each client. A new database uses such tokens at once. In an existing database they start after
 * `claviger upgrade finish`, when no older process is running.
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
