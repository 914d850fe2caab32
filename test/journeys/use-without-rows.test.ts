import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { checkCredential } from '../../src/core/check/check-credential.ts'
import { openRecorder } from '../../src/core/services/recorder.ts'
import type { Credential } from '../../src/model/credentials/credential.ts'
import { DAY } from '../../src/model/span.ts'
import { SYSTEM } from '../../src/model/users/actor.ts'
import { makeDemo } from '../../src/server/demo/make-demo.ts'
import { removeDemo } from '../../src/server/demo/remove-demo.ts'
import { person } from '../kit/admin.ts'
import { addClient, addUser, askTokens, giveCode, pkce, redeem } from '../kit/cast.ts'
import { testServer } from '../kit/server.ts'

/* Tokens that carry their own record come and go without a row: what they did is kept by grant and by client. */

/** One that nothing was stored of. */
function stated(of: Pick<Credential, 'clientId' | 'grantId' | 'userId'>): Credential {
  const fingerprint = randomBytes(32).toString('hex')
  const now = Date.now()
  const own = { fingerprint, id: fingerprint.slice(0, 24), kind: 'access-token', hint: 'clv_at_…' } as const
  return { ...own, ...of, stated: true, audience: [], createdAt: now, expiresAt: now + DAY, scopes: ['read'], data: {} }
}

test('of hundreds of tokens without rows, one entry says that the grant was used and one that the client was, now and after a restart', async () => {
  await using server = await testServer()
  const { world, url } = server
  const { verifier, challenge } = pkce()
  const alice = await addUser(world)
  const by = await addClient(world)
  const other = await addClient(world, { name: 'Alone' })
  const code = await giveCode(world, by.client, alice, challenge)
  assert.equal((await redeem(url, by, code, verifier)).status, 200)
  const use = async (recorder: typeof world.recorder) => {
    const [grant] = await world.grants.ofUser(alice.id)
    assert.ok(grant)
    for (let i = 0; i < 200; i++) {
      const ofGrant = stated({ clientId: by.client.id, grantId: grant.id, userId: alice.id })
      const own = stated({ clientId: other.client.id })
      for (const [credential, client] of [
        [ofGrant, by.client],
        [own, other.client],
      ] as const) {
        const facts = { credential, client, ...(credential.grantId && { grant, user: alice }) }
        const finders = [{ fits: () => true, find: async () => facts }]
        const verdict = await checkCredential({ ...world, recorder, finders }, SYSTEM, {
          presented: { secret: 'any' },
          ip: '192.0.2.7',
        })
        assert.equal(verdict.active, true)
      }
    }
    await recorder.flush()
  }
  await use(world.recorder)
  await use(openRecorder(world))
  const { items } = await world.journal.list({ event: 'used' }, { limit: 50 })
  assert.deepEqual(items.map(({ about, clientId }) => [about, clientId]).toSorted(), [
    ['client', other.client.id],
    ['grant', by.client.id],
  ])
  const span = { since: world.now() - DAY, until: world.now() + 60_000, bucketMinutes: 60 }
  const sum = async (of: object) =>
    (await world.usage.read({ ...span, ...of })).reduce((all, { count }) => all + count, 0)
  assert.deepEqual([await sum({ clientId: other.client.id }), await sum({ userId: alice.id })], [400, 400])
  const rows = await server.installation.engine.db.selectFrom('usage').select('credential_id').distinct().execute()
  assert.equal(rows.length, 2, 'one for the grant and one for the client')
  assert.ok((await world.grants.ofUser(alice.id))[0]?.lastUsedAt)

  const staff = await person(server, 'staff', 'admin')
  const top = (await staff.ask('GET', '/v1/usage/top')).body['items'] as Record<string, { id: string } | null>[]
  assert.deepEqual(
    top.map(item => [item['credential'], item['grant'] !== null, item['client']?.id ?? null]).toSorted(),
    [
      [null, false, other.client.id],
      [null, true, null],
    ],
  )
  const [grant] = (await staff.ask('GET', `/v1/grants?owner=${alice.id}`)).body['items'] as Record<string, unknown>[]
  assert.equal(grant?.['tokens_issued'], 1)
  assert.ok((grant?.['last_used_at'] as number) > 0)
  assert.deepEqual(grant?.['networks'], ['192.0.2.0/24'])
  const byClient = (await staff.ask('GET', `/v1/grants?client=${by.client.id}`)).body['items'] as { id: string }[]
  assert.deepEqual(
    byClient.map(({ id }) => id),
    [grant?.['id']],
  )
  assert.equal((await staff.ask('GET', `/v1/clients/${by.client.id}`)).body['tokens_issued'], 1)
  const networks = async (of: string) => (await staff.ask('GET', `/v1/usage/networks?${of}`)).body['items']
  for (const one of [`client=${other.client.id}`, `grant=${grant?.['id']}`, `owner=${alice.id}`])
    assert.deepEqual(
      ((await networks(one)) as { network: string }[]).map(({ network }) => network),
      ['192.0.2.0/24'],
    )
  assert.equal((await staff.ask('GET', '/v1/usage/networks')).status, 400)
  const ofGrant = (await staff.ask('GET', `/v1/usage?grant=${grant?.['id']}`)).body['items'] as { count: number }[]
  assert.equal(ofGrant[0]?.count, 400)
  assert.equal((await staff.ask('GET', '/v1/usage?grant=unknown')).status, 404)
  const stranger = await person(server, 'stranger', 'user')
  assert.equal((await stranger.ask('GET', `/v1/usage?grant=${grant?.['id']}`)).status, 404)
})

test('a pasted token without a row is explained whole: whose it is, what it says, and how it was issued, refused or not', async () => {
  await using server = await testServer()
  const { world, url } = server
  const app = await addClient(world)
  const staff = await person(server, 'staff', 'admin')
  const tokens = []
  for (let i = 0; i < 3; i++)
    tokens.push((await askTokens(url, app, { grant_type: 'client_credentials', scope: 'read' })).access_token ?? '')
  const [token = ''] = tokens
  for (const one of tokens) await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${one}` } })
  await world.recorder.flush()
  const explained = async () => (await staff.ask('POST', '/v1/explain', { credential: token })).body
  const before = await explained()
  const id = before['credential_id'] as string
  const whole = before['principal'] as Record<string, unknown>
  assert.deepEqual([before['active'], before['credential']], [true, null])
  assert.deepEqual([whole['scopes'], whole['client']], [['read'], { client_id: app.client.id, name: app.client.name }])
  const happened = (before['entries'] as { event: string; client_id: string | null }[]).map(
    ({ event, client_id }) => `${event} ${client_id}`,
  )
  assert.ok(happened.includes(`issued ${app.client.id}`), happened.join())
  assert.equal((await world.clients.byId(app.client.id))?.tokensIssued, 3)
  const ofClient = (await staff.ask('GET', `/v1/usage?client=${app.client.id}`)).body['items'] as { count: number }[]
  assert.equal(ofClient[0]?.count, 3)

  assert.equal((await staff.ask('POST', `/v1/credentials/${id}/revoke`)).status, 200)
  const after = await explained()
  assert.deepEqual([after['active'], after['reason'], after['principal']], [false, 'revoked', whole])
})

test('the demo has grants and applications in use, though their tokens have no rows, and takes all of it away again', async () => {
  await using server = await testServer()
  const { world, installation, dataDir } = server
  await makeDemo(world, { seed: 7 })
  const used = async (by: 'grant' | 'client') => {
    const { rows } = await sql<{ n: number }>`select count(distinct credential_id) as n from usage
      where credential_id like ${`${by} %`} and outcome = 'valid'`.execute(installation.engine.db)
    return Number(rows[0]?.n)
  }
  assert.ok((await used('grant')) > 5 && (await used('client')) > 2)
  assert.ok((await world.statistics.counts()).grants > 5)
  const { items } = await world.clients.list({}, { limit: 50 })
  assert.ok(items.some(({ tokensIssued }) => tokensIssued > 100))
  await removeDemo(installation, dataDir)
  assert.deepEqual([await used('grant'), await used('client')], [0, 0])
  for (const table of ['usage_owners', 'grants', 'clients'] as const) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(
      installation.engine.db,
    )
    assert.equal(Number(rows[0]?.n), 0, table)
  }
})
