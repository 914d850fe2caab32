import { type Kysely, sql } from 'kysely'

/** Passwords in the form of another system: a few after an import, none elsewhere, found without reading all users. */
export const foreignPasswords = {
  name: '0015-foreign-passwords',
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create index foreign_passwords on users (password)
      where password is not null and password not like '$argon2id$%'`.execute(db)
  },
}
