import { type Kysely, sql } from 'kysely'

/** Adds an index of passwords in formats of other systems. Such passwords exist only after an import and are few, so the index finds them without reading all users. */
export const foreignPasswords = {
  name: '0015-foreign-passwords',
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create index foreign_passwords on users (password)
      where password is not null and password not like '$argon2id$%'`.execute(db)
  },
}
