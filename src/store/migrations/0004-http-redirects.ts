import { type Kysely, sql } from 'kysely'

/**
 * Until here the source of a client decided whether its codes may travel over plain http; from here its policy does.
 * A policy is an object in JSON, never an empty one, so the field goes in behind the first brace. Rows without it are
 * read as the stricter rule.
 */
export const httpRedirects = {
  name: '0004-http-redirects',
  async up(db: Kysely<unknown>): Promise<void> {
    const field = '{"httpRedirects":"allowed",'
    await sql`update clients set policy = ${sql.lit(field)} || substr(policy, 2) where source = 'mastodon'`.execute(db)
  },
}
