import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'

/** Names the revocation log, so that followers notice when another log replaces it. */
export const logIncarnation = {
  name: '0014-log-incarnation',
  async up(db: Kysely<unknown>): Promise<void> {
    const named = { name: 'log-incarnation', value: randomBytes(6).toString('hex') }
    await (db as Kysely<{ settings: typeof named }>).insertInto('settings').values(named).execute()
  },
}
