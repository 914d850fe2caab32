import { type Kysely, sql } from 'kysely'

/**
 * Moves the rule for redirects over plain http from the source of a client to its policy. A policy is a JSON object
 * with at least one field, so the new field is inserted after the first brace. Rows without the field get the stricter
 * rule when read.
 */
export const httpRedirects = {
  name: '0004-http-redirects',
  async up(db: Kysely<unknown>): Promise<void> {
    const field = '{"httpRedirects":"allowed",'
    await sql`update clients set policy = ${sql.lit(field)} || substr(policy, 2) where source = 'mastodon'`.execute(db)
  },
}
