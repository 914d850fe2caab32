import type { Kysely } from 'kysely'

/**
 * Adds the data for id tokens and userinfo: to grants their session, and as JSON the sign-in and the requested claims;
 * to users their claims as JSON.
 */
export const openid = {
  name: '0025-openid',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('grants').addColumn('session_id', 'text').execute()
    await db.schema.alterTable('grants').addColumn('openid', 'text').execute()
    await db.schema.createIndex('grants_by_session').on('grants').column('session_id').execute()
    await db.schema.alterTable('users').addColumn('claims', 'text').execute()
  },
}
