import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { disconnectApps } from '../../src/core/oauth/disconnect-apps.ts'
import { listConnectedApps } from '../../src/core/oauth/list-connected-apps.ts'
import { countedByGrant } from '../../src/model/credentials/counted-by.ts'
import { DAY } from '../../src/model/span.ts'
import { setClock } from '../../src/store/contract/samples.ts'
import { asUser } from '../kit/acts.ts'
import { person } from '../kit/admin.ts'
import { addClient, addUser, giveCode, pkce, redeem, refresh } from '../kit/cast.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Tokens are swept soon after their end. What is in use must not look unused because of that. */

const { verifier, challenge } = pkce()
let server: TestServer
before(async () => {
  server = await testServer({ CLAVIGER_REFRESH_TOKEN_SECONDS: String((70 * DAY) / 1000) })
})
after(() => server.stop())

/** The clocks of the server and of its database, some days on. */
function letPass(days: number): void {
  const { now } = server.world
  server.world.now = () => now() + days * DAY
  setClock(server.world.now(), server.installation)
}

const purge = async () => {
  const keep = {
    expired: DAY,
    revoked: DAY,
    usage: 90 * DAY,
    networks: DAY,
    minutes: DAY,
    journal: DAY,
    revocations: DAY,
  }
  for (let turn = 0; turn < 10; turn++)
    await server.world.retention.purge(server.world.now(), {
      ...keep,
      applications: 180 * DAY,
      documents: 7 * DAY,
      registrations: 30 * DAY,
      notices: 7 * DAY,
      turn: 0,
      limit: 500,
    })
}

test('a client that is given tokens says when it was last used, though none of them is left', async () => {
  const { world, url } = server
  const staff = await person(server, 'staff', 'admin')
  const { client, secret } = await addClient(world, { source: 'mastodon' })
  const shown = async (path = '') => (await staff.ask('GET', `/v1/clients/${client.id}${path}`)).body
  assert.equal((await shown())['last_used_at'], null)
  const before = world.now()
  const form = { grant_type: 'client_credentials', client_id: client.id, client_secret: secret ?? '' }
  const answer = await fetch(`${url}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) })
  assert.equal(answer.status, 200)
  await world.recorder.flush()
  letPass(3)
  await purge()
  for (const path of ['', '/impact']) {
    const at = (await shown(path))['last_used_at'] as number
    assert.ok(at >= Math.floor(before / 1000) && at <= Date.now() / 1000, `${path} says ${at}`)
  }
  letPass(178)
  await purge()
  assert.equal(await world.clients.byId(client.id), undefined)
})

test('the chart of a client and of a user keeps what was done with tokens that have been swept since', async () => {
  const { world, url } = server
  const staff = await person(server, 'boss', 'admin')
  const alice = await addUser(world, 'anna')
  const by = await addClient(world)
  const { access_token } = await redeem(url, by, await giveCode(world, by.client, alice, challenge), verifier)
  for (let i = 0; i < 3; i++)
    await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${access_token}` } }).then(one => one.text())
  await world.recorder.flush()
  const uses = async (of: string) => {
    const since = Math.floor(world.now() / 1000) - 30 * 86_400
    const { body } = await staff.ask('GET', `/v1/usage?${of}&since=${since}&bucket=day`)
    return (body['items'] as { count: number }[]).reduce((sum, { count }) => sum + count, 0)
  }
  const both = async () => [await uses(`client=${by.client.id}`), await uses(`owner=${alice.id}`)]
  assert.deepEqual(await both(), [3, 3])
  letPass(4)
  await purge()
  const { items } = await world.credentials.list({ clientId: by.client.id, kinds: ['access-token'] }, { limit: 5 })
  assert.deepEqual(items, [])
  assert.deepEqual(await both(), [3, 3])
})

test('an application whose token was accepted is not removed with those unused for 60 days, though the token is gone', async () => {
  const { world, url } = server
  const berta = await addUser(world, 'berta')
  const [by, other] = [await addClient(world), await addClient(world, { name: 'Silent' })]
  const code = (client: typeof by) => giveCode(world, client.client, berta, challenge)
  const first = await redeem(url, by, await code(by), verifier)
  assert.equal((await redeem(url, other, await code(other), verifier)).status, 200)
  const { id: grantId } = (await world.grants.ofUser(berta.id)).find(one => one.clientId === by.client.id) ?? {}
  assert.ok(grantId && first.refresh_token)
  // Fifty days later one of it is accepted once more.
  letPass(50)
  world.recorder.used(countedByGrant(grantId), 'access-token', 'valid', world.now())
  await world.recorder.flush()
  letPass(12)
  await purge()
  const removed = await disconnectApps(world, asUser(berta), { which: { unusedSince: world.now() - 60 * DAY } })
  const left = await listConnectedApps(world, asUser(berta))
  assert.deepEqual([removed, left.map(({ client }) => client.id)], [1, [by.client.id]])
})

test('an application that refreshes its tokens is not removed with those unused for 60 days', async () => {
  const { world, url } = server
  const alice = await addUser(world)
  const by = await addClient(world)
  const other = await addClient(world, { name: 'Forgotten' })
  const at = world.now()
  const code = (client: typeof by) => giveCode(world, client.client, alice, challenge)
  const first = await redeem(url, by, await code(by), verifier)
  assert.equal((await redeem(url, other, await code(other), verifier)).status, 200)
  letPass(61)
  const next = await refresh(url, by, first.refresh_token)
  assert.equal(next.status, 200)
  letPass(3)
  await purge()
  const apps = await listConnectedApps(world, asUser(alice))
  const used = apps.find(({ client }) => client.id === by.client.id)
  const rows = await world.credentials.list({ clientId: by.client.id, kinds: ['access-token'] }, { limit: 5 })
  assert.deepEqual(rows.items, [], 'no token of it is left')
  assert.equal(used?.tokensIssued, 2)
  assert.ok((used?.lastUsedAt ?? 0) >= at + 61 * DAY)
  const removed = await disconnectApps(world, asUser(alice), {
    which: { unusedSince: world.now() - 60 * DAY },
  })
  assert.equal(removed, 1)
  const left = await listConnectedApps(world, asUser(alice))
  assert.deepEqual(
    left.map(({ client }) => client.id),
    [by.client.id],
  )
})
