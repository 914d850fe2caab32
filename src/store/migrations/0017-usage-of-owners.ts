import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'

/** Adds hourly counts of each user and client, because the credentials that could show the owner of older counts are deleted. */
export const usageOfOwners = {
  name: '0017-usage-of-owners',
  async up(db: Kysely<unknown>, engine: EngineName): Promise<void> {
    const text = engine === 'postgres' ? (sql`text collate "C"` as never) : 'text'
    await db.schema
      .createTable('usage_owners')
      .addColumn('owner', text, c => c.notNull())
      .addColumn('hour', 'bigint', c => c.notNull())
      .addColumn('kind', text, c => c.notNull())
      .addColumn('outcome', text, c => c.notNull())
      .addColumn('count', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('usage_owners_key', ['owner', 'hour', 'kind', 'outcome'])
      .execute()
    await db.schema.createIndex('usage_owners_by_hour').on('usage_owners').column('hour').execute()
    for (const column of ['client_id', 'user_id'])
      await sql`
        insert into usage_owners (owner, hour, kind, outcome, count)
        select c.${sql.ref(column)}, u.minute - u.minute % 60, u.kind, u.outcome, sum(u.count)
        from usage u join credentials c on c.fingerprint >= u.credential_id and c.fingerprint < u.credential_id || '~'
        where length(u.credential_id) = 24 and c.${sql.ref(column)} is not null group by 1, 2, 3, 4`.execute(db)
  },
}
