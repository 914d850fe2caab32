import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { Client, NewClient } from '../../model/clients/client.ts'
import { COMMAND_LINE_CLIENT } from '../../model/clients/command-line-client.ts'
import type { Grant } from '../../model/credentials/credential.ts'
import { DAY } from '../../model/span.ts'
import type { Engine } from '../engine.ts'
import { MIGRATIONS, migrate, pendingMigrations } from '../migrate.ts'
import { fromClient } from '../sql/clients/client-rows.ts'
import { fromCredential, fromGrant } from '../sql/rows.ts'
import { openStores } from '../stores.ts'
import { loadFixture } from './fixture.ts'
import { aClient, aCredential, aGrant, entry, T0, times } from './samples.ts'

/** The address of an empty database, and a function that opens it. */
export type OpenEmpty = () => Promise<{ address: string; open(): Promise<Engine> } & AsyncDisposable>

/** The folder with rows of released versions; one file for each released state of the schema. */

const run = promisify(execFile)
const migrator = (...parameters: string[]) =>
  run(process.execPath, ['--conditions=source', join(import.meta.dirname, 'migrator.ts'), ...parameters])

export function schemaPromises(openEmpty: OpenEmpty): void {
  test('of five processes that start on an empty database exactly one makes the schema, and none fails', async () => {
    await using empty = await openEmpty()
    const ran = await Promise.all(times(5, async () => JSON.parse((await migrator(empty.address)).stdout) as string[]))
    assert.deepEqual(ran.map(names => names.length).sort(), [0, 0, 0, 0, MIGRATIONS.length])
    const engine = await empty.open()
    assert.deepEqual(await pendingMigrations(engine), [])
    await engine.close()
  })

  test('a migration killed at any statement has not happened, and the next start completes it', async () => {
    await using empty = await openEmpty()
    for (const statement of [1, 3, 17, 34, 10_000])
      await assert.rejects(migrator(empty.address, String(statement)), { signal: 'SIGKILL' })
    const engine = await empty.open()
    assert.equal((await engine.db.introspection.getTables()).length, 0)
    assert.deepEqual(
      await migrate(engine),
      MIGRATIONS.map(({ name }) => name),
    )
    assert.deepEqual(await migrate(engine), [])
    await engine.close()
  })

  test('a database of a newer version is refused, and nothing in it is touched', async () => {
    await using empty = await openEmpty()
    const engine = await empty.open()
    await migrate(engine)
    await engine.write(tx => tx.insertInto('migrations').values({ name: '9999-tomorrow', at: 1 }).execute())
    await assert.rejects(migrate(engine), { name: 'DatabaseProblem', message: /newer Claviger \(9999-tomorrow\)/ })
    await assert.rejects(pendingMigrations(engine), { name: 'DatabaseProblem' })
    await engine.close()
  })

  test('clients that could use plain http before their policy said so still can, and nobody else', async () => {
    await using empty = await openEmpty()
    const engine = await empty.open()
    await migrate(engine, 1 + MIGRATIONS.findIndex(({ name }) => name === '0003-insight'))
    const { httpRedirects: _, ...policy } = aClient().policy
    const stores = openStores(engine)
    const made: string[] = []
    for (const [number, source] of (['mastodon', 'operator', 'portal'] as const).entries()) {
      const client = aClient({ source, policy: policy as Client['policy'] })
      // The row without columns that were added later.
      const { reviewed_at: _, last_used_at: __, ...row } = clientRow(client, number)
      await engine.write(tx =>
        tx
          .insertInto('clients')
          .values(row as never)
          .execute(),
      )
      made.push(client.id)
    }
    await migrate(engine)
    const read = await Promise.all(made.map(async id => (await stores.clients.byId(id))?.policy))
    assert.deepEqual(read, [
      { ...policy, httpRedirects: 'allowed' },
      { ...policy, httpRedirects: 'loopback' },
      { ...policy, httpRedirects: 'loopback' },
    ])
    await engine.close()
  })

  test('what is known of the use of clients is kept: of rows that are there, and of those the journal alone remembers', async () => {
    await using empty = await openEmpty()
    const engine = await empty.open()
    await migrate(
      engine,
      MIGRATIONS.findIndex(({ name }) => name === '0012-client-use'),
    )
    const stores = openStores(engine)
    const make = async (number: number) => {
      const client = aClient({ source: 'mastodon' })
      const { last_used_at: _, ...row } = clientRow(client, number)
      await engine.write(tx =>
        tx
          .insertInto('clients')
          .values(row as never)
          .execute(),
      )
      return client.id
    }
    const [byToken, byUse, byJournal, byGrant, asked] = await Promise.all([1, 2, 3, 4, 5].map(make))
    const used = aCredential({ clientId: byUse as string, lastUsedAt: T0 + 2 })
    await stores.credentials.issue([aCredential({ clientId: byToken as string, createdAt: T0 + 1 }), used], entry())
    const uses = { minute: T0 / 60_000, credential_id: used.id, kind: 'access-token', outcome: 'valid', count: 7 }
    await engine.write(tx => tx.insertInto('usage').values(uses).execute())
    const waiting = { ...fromCredential(aCredential({ clientId: asked as string })), kind: 'interaction' }
    await engine.write(tx => tx.insertInto('credentials').values(waiting).execute())
    await stores.journal.append([
      entry({ clientId: byJournal as string, at: T0 + 3 }),
      entry({ clientId: byToken as string, at: T0 - DAY }),
      entry({ clientId: asked as string, about: 'interaction', at: T0 }),
      entry({ clientId: asked as string, event: 'refused', at: T0 }),
    ])
    await insertGrant(engine, aGrant({ clientId: byGrant as string, createdAt: T0 + 4 }))
    assert.deepEqual(
      await migrate(engine),
      MIGRATIONS.slice(MIGRATIONS.findIndex(({ name }) => name === '0012-client-use')).map(({ name }) => name),
    )
    const read = await Promise.all(
      [byToken, byUse, byJournal, byGrant, asked].map(id => stores.clients.byId(id as string)),
    )
    assert.deepEqual(
      read.map(client => client?.lastUsedAt),
      [T0 + 1, T0 + 2, T0 + 3, T0 + 4, undefined],
    )
    const day = { since: T0 - DAY, until: T0 + DAY, bucketMinutes: 60, clientId: byUse as string }
    const counted = { at: T0, kind: 'access-token', outcome: 'valid', count: 7 }
    assert.deepEqual(await stores.usage.read(day), [counted])
    await engine.close()
  })

  test('the client of the command line may use the device grant after an upgrade, unless staff changed its grants', async () => {
    for (const [before, after] of [
      [['authorization_code', 'refresh_token'], 3],
      [['authorization_code'], 1],
    ] as const) {
      await using empty = await openEmpty()
      const engine = await empty.open()
      await migrate(
        engine,
        MIGRATIONS.findIndex(({ name }) => name === '0030-command-line-device'),
      )
      const client = aClient({ id: COMMAND_LINE_CLIENT, grantTypes: [...before] })
      await engine.write(tx =>
        tx
          .insertInto('clients')
          .values(clientRow(client, 1) as never)
          .execute(),
      )
      await migrate(engine)
      assert.equal((await openStores(engine).clients.byId(client.id))?.grantTypes.length, after)
      await engine.close()
    }
  })

  test('a metadata document that was read before ETags were stored is kept, and has none', async () => {
    await using empty = await openEmpty()
    const engine = await empty.open()
    await migrate(
      engine,
      MIGRATIONS.findIndex(({ name }) => name === '0031-document-etags'),
    )
    const clientId = 'https://a.example/client.json'
    const times = { read_at: T0, asked_at: T0 + 1, fresh_until: T0 + 2 }
    const row = { client_id: clientId, ...times, trouble: 'withdrawn', sentence: 'Gone.' }
    await engine.write(tx =>
      tx
        .insertInto('client_documents')
        .values(row as never)
        .execute(),
    )
    await migrate(engine)
    assert.deepEqual(await openStores(engine).clientDocuments.byClient(clientId), {
      clientId,
      readAt: T0,
      askedAt: T0 + 1,
      freshUntil: T0 + 2,
      trouble: { is: 'withdrawn', sentence: 'Gone.' },
    })
    await engine.close()
  })

  test('what is known of the use of grants is kept, with how many tokens came of them and when the last thing ends', async () => {
    await using empty = await openEmpty()
    const engine = await empty.open()
    await migrate(
      engine,
      MIGRATIONS.findIndex(({ name }) => name === '0022-grant-use'),
    )
    const stores = openStores(engine)
    const [used, endless, bare] = [aGrant(), aGrant(), aGrant()]
    for (const grant of [used, endless, bare]) await insertGrant(engine, grant)
    const token = (grant: Grant, fields: object) => aCredential({ grantId: grant.id, ...fields })
    const rows = [
      token(used, { lastUsedAt: T0 + 7 }),
      token(used, { lastUsedAt: T0 + 9, expiresAt: T0 + DAY }),
      token(used, { kind: 'refresh-token', expiresAt: T0 + 30 * DAY }),
      token(endless, {}),
      token(endless, { expiresAt: undefined }),
    ]
    await stores.credentials.issue(rows, entry())
    await migrate(engine)
    const read = await Promise.all([used, endless, bare].map(({ id }) => stores.grants.byId(id)))
    assert.deepEqual(
      read.map(grant => [grant?.lastUsedAt, grant?.tokensIssued, grant?.endsAt]),
      [
        [T0 + 9, 2, T0 + 30 * DAY],
        [undefined, 2, undefined],
        [undefined, 0, T0],
      ],
    )
    await engine.close()
  })

  test('rows of a database of 0001-the-house are read after all later migrations', async () => {
    await using empty = await openEmpty()
    const engine = await empty.open()
    await loadFixture(engine, '0001-the-house')
    await migrate(engine)
    await readEverything(engine)
    await engine.close()
  })
}

/** The row of a client in the schema before statements. */
function clientRow(client: NewClient, number: number) {
  const {
    epoch: _,
    tokens_issued: __,
    metadata: ___,
    identity_changed_at: ____,
    origin_network: _____,
    origin_area: ______,
    origin_token: _______,
    origin_digest: ________,
    ...row
  } = fromClient({ ...client, number, epoch: 0, tokensIssued: 0 })
  return row
}

/** Inserts a grant in the schema before its use was stored. */
async function insertGrant(engine: Engine, grant: Grant): Promise<void> {
  const {
    last_used_at: _,
    ends_at: __,
    tokens_issued: ___,
    session_id: ____,
    openid: _____,
    parent_id: ______,
    ...row
  } = fromGrant(grant)
  await engine.write(tx =>
    tx
      .insertInto('grants')
      .values(row as never)
      .execute(),
  )
}

/** Reads all data of the fixtures through the current stores. */
async function readEverything(engine: Engine): Promise<void> {
  const stores = openStores(engine)
  const user = await stores.users.byName('ADA@example.org')
  assert.equal(user?.handle, 'ada')
  assert.deepEqual(user?.scopes, ['read', 'write'])
  const client = await stores.clients.byId('clv_cid_fixture')
  assert.deepEqual(client?.redirectUris, ['https://app.example/cb'])
  assert.equal(client?.secrets.length, 1)
  const facts = await stores.credentials.facts('a1'.repeat(32))
  assert.equal(facts?.credential.kind, 'refresh-token')
  assert.equal(facts?.grant?.generation, 3)
  assert.equal(facts?.user?.id, user?.id)
  assert.equal((await stores.credentials.list({ userId: user?.id as string }, { limit: 10 })).items.length, 2)
  assert.equal((await stores.resources.byAudience('https://api.example'))?.tokenFormat, 'jwt')
  assert.equal((await stores.scopes.list())[0]?.sentence, 'Lesen, was da ist – „alles“')
  assert.equal((await stores.signingKeys.list())[0]?.publicJwk['kid'], 'key1')
  assert.equal(await stores.settings.get('master-key-check'), 'mark')
  assert.deepEqual(
    (await stores.revocations.after(0, 10)).map(({ seq }) => seq),
    [1],
  )
  assert.equal((await stores.journal.list({}, { limit: 10 })).items[0]?.detail?.['count'], 1)
  const made = await stores.users.create(
    { id: 'b'.repeat(24), handle: 'next', role: 'user', active: true, createdAt: 1 },
    entry(),
  )
  assert.equal(made !== 'name-taken' && made.number, 8)
}
