import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { compose } from '../../src/server/compose.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { addClient, askTokens, isActive } from '../kit/cast.ts'
import { emptyFolder, startCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { startPostgres } from '../kit/postgres.ts'

/* A revocation holds in every process over the same database; the bound tells a hang, the usual time is printed. */

const postgres = await startPostgres()
after(() => postgres[Symbol.asyncDispose]())

/** All processes of an installation have one. */
const ISSUER = 'https://auth.example'

for (const [name, database] of [
  ['SQLite', async () => ({})],
  ['PostgreSQL', async () => ({ CLAVIGER_DATABASE_URL: await postgres.database() })],
] as const) {
  test(`what one process revokes, another one over the same ${name} obeys, whatever it remembered`, async t => {
    await using folder = await emptyFolder()
    const env = { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_LIMITS: 'off', CLAVIGER_URL: ISSUER, ...(await database()) }
    const { world, close } = await compose(readConfig(env))
    const app = await addClient(world)
    await using one = await startCommand([], { env })
    await using two = await startCommand([], { env })
    const delays: number[] = []
    for (let round = 0; round < 5; round++) {
      const { access_token: token = '' } = await askTokens(one.url, app, { grant_type: 'client_credentials' })
      assert.equal(await isActive(two.url, app, token), true)
      assert.equal(await isActive(two.url, app, token), true) // remembered now
      const body = new URLSearchParams({ client_id: app.client.id, client_secret: app.secret as string, token })
      assert.equal((await fetch(`${one.url}/oauth2/revoke`, { method: 'POST', body })).status, 200)
      const revoked = performance.now()
      assert.equal(await isActive(one.url, app, token), false, 'the process that revoked it obeys at once')
      await eventually(async () => !(await isActive(two.url, app, token)))
      delays.push(Math.round(performance.now() - revoked))
    }
    t.diagnostic(`obeyed after ${delays.join(', ')} ms`)
    await close()
  })

  test(`workers over one ${name} obey what one of them revoked`, async () => {
    await using folder = await emptyFolder()
    const env = { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_LIMITS: 'off', CLAVIGER_URL: ISSUER, ...(await database()) }
    const { world, close } = await compose(readConfig(env))
    const app = await addClient(world)
    await using server = await startCommand(['--workers', '2'], { env })
    const { access_token: token = '' } = await askTokens(server.url, app, { grant_type: 'client_credentials' })
    const ask = () => Promise.all(Array.from({ length: 8 }, () => isActive(server.url, app, token)))
    assert.ok((await ask()).every(active => active))
    const body = new URLSearchParams({ client_id: app.client.id, client_secret: app.secret as string, token })
    assert.equal((await fetch(`${server.url}/oauth2/revoke`, { method: 'POST', body })).status, 200)
    await eventually(async () => (await ask()).every(active => !active))
    await close()
    assert.equal(await server.stop(), 0)
  })
}
