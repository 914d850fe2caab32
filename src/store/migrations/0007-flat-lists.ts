import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'

/** Indexes for every list, count and chart of the console, so that no query reads more rows than it shows. */
export const flatLists = {
  name: '0007-flat-lists',
  async up(db: Kysely<unknown>, engine: EngineName): Promise<void> {
    const text = engine === 'postgres' ? (sql`text collate "C"` as never) : 'text'
    const index = (name: string, table: string, ...columns: string[]) =>
      db.schema.createIndex(name).on(table).columns(columns)

    // One index serves both the counts of live credentials and the sweep of expired ones, because both work by kind.
    await db.schema.dropIndex('credentials_by_expires_at').execute()
    await db.schema.dropIndex('interactions_by_expires_at').execute()
    await index('credentials_by_kind_expires_at', 'credentials', 'kind', 'expires_at', 'revoked_at').execute()
    // Access tokens are excluded: they are the most frequent rows, and lists of them use the index on time.
    await index('credentials_by_kind_created_at', 'credentials', 'kind', 'created_at')
      .where('kind' as never, '!=', sql.lit('access-token') as never)
      .execute()
    await index('named_credentials_by_last_used_at', 'credentials', 'last_used_at', 'created_at')
      .where('name' as never, 'is not', null)
      .where('revoked_at' as never, 'is', null)
      .execute()

    // A search by name reads only this index, and then only the matching rows.
    await db.schema.dropIndex('named_credentials_by_created_at').execute()
    await index('named_credentials_by_created_at', 'credentials', 'created_at', 'name')
      .where('name' as never, 'is not', null)
      .execute()
    await index('rotated_credentials', 'credentials', 'created_at')
      .where('name' as never, 'is not', null)
      .where('spent_at' as never, 'is not', null)
      .execute()

    await index('users_by_role', 'users', 'role', 'number').execute()
    await index('disabled_users', 'users', 'number')
      .where('active' as never, '=', sql.lit(0) as never)
      .execute()
    await db.schema.dropIndex('clients_by_owner_id').execute()
    await index('clients_by_owner_id', 'clients', 'owner_id', 'number').execute()
    await index('clients_by_source', 'clients', 'source', 'number').execute()
    await db.schema.dropIndex('journal_by_user_id').execute()
    await index('journal_by_user_id', 'journal', 'user_id', 'id')
      .where('user_id' as never, 'is not', null)
      .execute()

    // Stores the counts of use in three tables: per credential and minute, per credential and hour, and for the whole
    // installation.
    await db.schema
      .createTable('usage_hours')
      .addColumn('credential_id', text, c => c.notNull())
      .addColumn('hour', 'bigint', c => c.notNull())
      .addColumn('refused', 'integer', c => c.notNull())
      .addColumn('count', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('usage_hours_key', ['credential_id', 'hour', 'refused'])
      .execute()
    await index('usage_hours_by_count', 'usage_hours', 'hour', 'refused', 'count').execute()
    await db.schema
      .createTable('usage_house')
      .addColumn('grain', 'integer', c => c.notNull())
      .addColumn('minute', 'bigint', c => c.notNull())
      .addColumn('kind', text, c => c.notNull())
      .addColumn('outcome', text, c => c.notNull())
      .addColumn('count', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('usage_house_key', ['grain', 'minute', 'kind', 'outcome'])
      .execute()
    await sql`
      insert into usage_hours (credential_id, hour, refused, count)
      select credential_id, minute - minute % 60, case when outcome = 'valid' then 0 else 1 end, sum(count)
      from usage group by 1, 2, 3`.execute(db)
    for (const grain of [1, 60])
      await sql`
        insert into usage_house (grain, minute, kind, outcome, count)
        select ${sql.lit(grain)}, minute - minute % ${sql.lit(grain)}, kind, outcome, sum(count)
        from usage group by 2, 3, 4`.execute(db)
  },
}
