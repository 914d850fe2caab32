import type { Kysely } from 'kysely'

/** What id tokens and userinfo say: of a grant its sign-in, its session and the claims that were asked for; of a user their claims, as JSON. */
export const openid = {
  name: '0025-openid',
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('grants').addColumn('session_id', 'text').execute()
    await db.schema.alterTable('grants').addColumn('openid', 'text').execute()
    await db.schema.createIndex('grants_by_session').on('grants').column('session_id').execute()
    await db.schema.alterTable('users').addColumn('claims', 'text').execute()
  },
}
