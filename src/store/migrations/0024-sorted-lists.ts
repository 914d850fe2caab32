import { type Kysely, sql } from 'kysely'

/** Indexes of keys and tokens that people made, by latest use and by expiry. The first replaces an index on `last_used_at` alone. */
export const sortedLists = {
  name: '0024-sorted-lists',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.dropIndex('named_credentials_by_last_used_at').execute()
    await sql`create index named_credentials_by_last_use on credentials (coalesce(last_used_at, created_at), fingerprint)
      where name is not null and revoked_at is null`.execute(db)
    await sql`create index named_credentials_by_end on credentials (coalesce(expires_at, 9007199254740991), fingerprint)
      where name is not null and revoked_at is null`.execute(db)
  },
}
