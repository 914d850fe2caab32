import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { aCredential, entry, T0, times } from '../../src/store/contract/samples.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { record } from '../../src/store/sql/revocations.ts'
import { openStores } from '../../src/store/stores.ts'
import { addClient, addUser, askTokens, giveCode, isActive, pkce, redeem, refresh } from '../kit/cast.ts'
import { eventually } from '../kit/eventually.ts'
import { startPostgres } from '../kit/postgres.ts'
import { testServer } from '../kit/server.ts'

const postgres = await startPostgres()
after(() => postgres[Symbol.asyncDispose]())

test('while PostgreSQL restarts there is 503 and nothing else; then it goes on by itself, and nothing answered is lost', async () => {
  await using server = await testServer({ CLAVIGER_DATABASE_URL: await postgres.database() })
  const app = await addClient(server.world)
  const issue = () => askTokens(server.url, app, { grant_type: 'client_credentials' })
  const answered: string[] = []
  const statuses = new Map<number, number>()
  let working = true
  const load = times(4, async () => {
    while (working) {
      const { status, access_token } = await issue()
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (access_token !== undefined) answered.push(access_token)
    }
  })
  for (const how of ['immediate', 'fast'] as const) {
    await eventually(async () => answered.length > 20)
    await postgres.stop(how)
    await eventually(async () => (statuses.get(503) ?? 0) > 0)
    await postgres.start()
    const before = answered.length
    await eventually(async () => answered.length > before + 20)
  }
  working = false
  await Promise.all(load)
  assert.deepEqual([...statuses.keys()].sort(), [200, 503])
  for (const token of answered) assert.equal(await isActive(server.url, app, token), true)
})

test('where no repeated refresh is answered, of parallel ones exactly one gets tokens, also with two servers', async () => {
  const settings = {
    CLAVIGER_DATABASE_URL: await postgres.database(),
    CLAVIGER_MASTER_KEY: 'a key that both of these servers have',
    CLAVIGER_REFRESH_REPLAY_SECONDS: '0',
  }
  await using one = await testServer(settings)
  await using two = await testServer(settings)
  const [user, app, { verifier, challenge }] = [await addUser(one.world), await addClient(one.world), pkce()]
  for (let family = 0; family < 20; family++) {
    const code = await giveCode(one.world, app.client, user, challenge)
    const { refresh_token } = await redeem(one.url, app, code, verifier)
    const answers = await Promise.all(times(6, i => refresh((i % 2 ? one : two).url, app, refresh_token)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400, 400, 400, 400])
  }
})

test('while one transaction writes to the journal for long, the entries before it are listed and those after it come later', async () => {
  const url = await postgres.database()
  const [engine, other] = [await openPostgres(url), await openPostgres(url)]
  await migrate(engine)
  const { journal } = openStores(engine)
  const ids = async () => (await journal.list({}, { limit: 5 })).items.map(({ requestId }) => requestId)
  await journal.append([entry({ requestId: 'before' })])
  assert.deepEqual(await ids(), ['before'])
  const [began, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const long = other.write(async tx => {
    await record(tx, entry({ requestId: 'long' }))
    began.resolve()
    await release.promise
  })
  await began.promise
  await journal.append([entry({ requestId: 'after' })])
  assert.deepEqual(await ids(), ['before'])
  await assert.rejects(openStores(other).journal.list({}, { limit: 5 }), { code: 'unavailable' })
  release.resolve()
  await long
  assert.deepEqual(await ids(), ['after', 'long', 'before'])
  await Promise.all([engine.close(), other.close()])
})

test('a PostgreSQL that does not answer at all is given up after the deadline, and used again when it answers', async () => {
  const engine = await openPostgres(await postgres.database(), { statementSeconds: 1 })
  await migrate(engine)
  const { credentials } = openStores(engine)
  const one = aCredential()
  await credentials.issue([one], entry())
  const thaw = postgres.freeze()
  const asked = [credentials.findAny(one.fingerprint), credentials.issue([aCredential()], entry())]
  const outcomes = await Promise.allSettled([...asked, credentials.revoke(one.id, entry())])
  thaw()
  for (const outcome of outcomes)
    assert.equal(outcome.status === 'rejected' && (outcome.reason as { code: string }).code, 'unavailable')
  await eventually(async () => (await credentials.findAny(one.fingerprint).catch(() => undefined)) !== undefined)
  await engine.close()
})

test('a PostgreSQL that hangs is given up long before the deadline of a statement, and what comes meanwhile gets 503 at once', async () => {
  const url = await postgres.database()
  const engine = await openPostgres(url, { statementSeconds: 3600 })
  await migrate(engine)
  const { credentials } = openStores(engine)
  const one = aCredential()
  await credentials.issue([one], entry())
  await using server = await testServer({ CLAVIGER_DATABASE_URL: url })
  const app = await addClient(server.world)
  const thaw = postgres.freeze()
  const asked = times(30, i =>
    i % 2 ? credentials.find('access-token', one.fingerprint) : credentials.revoke(one.id, entry()),
  )
  for (const outcome of await Promise.allSettled(asked))
    assert.equal(outcome.status === 'rejected' && (outcome.reason as { code: string }).code, 'unavailable')
  await assert.rejects(credentials.find('access-token', one.fingerprint), { code: 'unavailable' })
  assert.equal((await askTokens(server.url, app, { grant_type: 'client_credentials' })).status, 503)
  assert.equal((await fetch(`${server.url}/readyz`)).status, 503)
  thaw()
  await eventually(
    async () => (await credentials.find('access-token', one.fingerprint).catch(() => undefined)) !== undefined,
  )
  await eventually(async () => (await askTokens(server.url, app, { grant_type: 'client_credentials' })).status === 200)
  await engine.close()
})

test('a statement that takes long at a PostgreSQL that answers is waited for', async () => {
  const engine = await openPostgres(await postgres.database())
  const { rows } = await sql<{ done: number }>`select 1 as done from pg_sleep(3.5)`.execute(engine.db)
  assert.deepEqual(rows, [{ done: 1 }])
  await engine.close()
})

test('when the connection breaks during COMMIT nobody is told it worked, and trying again tells what happened', async () => {
  const url = new URL(await postgres.database())
  const proxy = await cutAtCommit(Number(url.port))
  const direct = await openPostgres(url.href)
  await migrate(direct)
  url.port = String(proxy.port)
  const engine = await openPostgres(url.href)
  const { credentials } = openStores(engine)
  for (let trial = 0; trial < 10; trial++) {
    const code = aCredential({ kind: 'setup-link' })
    await openStores(direct).credentials.issue([code], entry())
    const tokens = times(2, () => aCredential({ userId: code.id }))
    const spend = { fingerprint: code.fingerprint, kind: code.kind, at: T0 }
    proxy.cut()
    await assert.rejects(credentials.redeem({ ...spend, issues: tokens.slice(0, 1) }, entry()), { code: 'unavailable' })
    const again = await credentials.redeem({ ...spend, issues: tokens.slice(1) }, entry())
    const made = (await credentials.list({ userId: code.id }, { limit: 5 })).items.map(({ id }) => id)
    assert.deepEqual(made, [again === 'redeemed' ? tokens[1]?.id : tokens[0]?.id], 'one pair of tokens, whoever won')
  }
  await engine.close()
  await direct.close()
  proxy.close()
})

/** Passes everything on; after `cut`, the first COMMIT still arrives, but its answer never comes back. */
async function cutAtCommit(port: number) {
  let armed = false
  const server = createServer(client => {
    const database = connect(port, '127.0.0.1')
    for (const socket of [client, database]) socket.on('error', () => {})
    client.on('data', bytes => {
      const now = armed && bytes.includes('commit')
      if (now) armed = false
      database.write(bytes, () => now && setTimeout(() => client.destroy(), 20))
      if (now) database.removeAllListeners('data')
    })
    database.on('data', bytes => client.write(bytes))
    client.on('close', () => database.end())
    database.on('close', () => client.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      armed = true
    },
    close: () => server.close(),
  }
}
