import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

const BEFORE = ['authorization_code', 'refresh_token']
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'

/** Lets `claviger login` use the device grant, also where its client was made by an earlier version and has not been changed. */
export const commandLineDevice = {
  name: '0030-command-line-device',
  async up(db: Kysely<Tables>): Promise<void> {
    await db
      .updateTable('clients')
      .set({ grant_types: JSON.stringify([...BEFORE, DEVICE]) })
      .where('id', '=', 'claviger-cli')
      .where('grant_types', '=', JSON.stringify(BEFORE))
      .execute()
  },
}
