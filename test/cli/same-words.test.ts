import assert from 'node:assert/strict'
import { test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { exportAccount } from '../../src/core/users/export-account.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { person as signedIn } from '../kit/admin.ts'
import { person } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* The command line and the wire describe the same things with the same names, in the same order. */

const json = async (words: string[], dataDir: string, input = '') => {
  const { json: read } = await command([...words, '--json'], { env: { CLAVIGER_DATA_DIR: dataDir }, input })
  return read
}

test('what a credential is worth is said alike by whoami and by the command line', async () => {
  await using server = await testServer()
  const user = await person(server.world)
  const ask = { kind: 'api-key' as const, userId: user.id, name: 'k', scopes: ['read'] }
  const whoami = async (secret: string) =>
    (await (
      await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${secret}` } })
    ).json()) as Record<string, unknown>
  for (const expiresAt of [undefined, Date.now() + 3_600_000]) {
    const { secret } = await issueKey(server.world, OPERATOR, { ...ask, ...(expiresAt && { expiresAt }) })
    const { hint: _, ...there } = await whoami(secret)
    const here = await json(['verify'], server.dataDir, secret)
    assert.equal(JSON.stringify(here), JSON.stringify(there))
  }
  const { reason } = await whoami('clv_key_cut')
  assert.equal((await json(['verify'], server.dataDir, 'clv_key_cut'))['reason'], reason)
})

test('who a user is is said alike by the management API, the command line and the export of the account', async () => {
  await using server = await testServer()
  const user = await person(server.world)
  const staff = await signedIn(server, 'sam', 'support')
  const same = ['id', 'number', 'handle', 'email', 'first_name', 'last_name', 'role']
  const api = (await staff.ask('GET', `/v1/users/${user.id}`)).body
  const here = await json(['user', 'get', user.handle], server.dataDir)
  const { profile } = await exportAccount(server.world, { by: { is: 'user', user }, from: {} })
  for (const one of [api, here, profile as Record<string, unknown>]) {
    assert.deepEqual(Object.keys(one).slice(0, same.length), same)
    for (const name of same) assert.equal(one[name], api[name], name)
  }
})
