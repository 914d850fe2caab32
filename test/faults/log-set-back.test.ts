import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { changeClient } from '../../src/core/clients/change-client.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { rotateSigningKey } from '../../src/core/services/signing-keys/rotate-signing-key.ts'
import type { World } from '../../src/core/world.ts'
import { openGuard } from '../../src/guard/decide/guard.ts'
import { webCarrier } from '../../src/guard/request/carriers.ts'
import { STANDARD_ALGORITHMS } from '../../src/model/credentials/signing-algorithm.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { compose, type Installation } from '../../src/server/compose.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import type { Engine } from '../../src/store/engine.ts'
import { addClient, askTokens } from '../kit/cast.ts'
import { eventually } from '../kit/eventually.ts'
import { api, type Issued, issue, person } from '../kit/house.ts'
import { link } from '../kit/link.ts'
import { startPostgres } from '../kit/postgres.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/*
 * The database loses its last changes under running processes, as when a replica that lagged behind is promoted: the
 * revocation log ends before the place that servers and guards have read, and goes on with other entries.
 */

const postgres = await startPostgres()
after(() => postgres[Symbol.asyncDispose]())

const DATABASES = {
  SQLite: async () => ({}),
  PostgreSQL: async () => ({ CLAVIGER_DATABASE_URL: await postgres.database() }),
}

async function passes(server: TestServer, { presented }: Issued): Promise<boolean> {
  return (await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${presented}` } })).ok
}

async function revokeSome(world: World, many: number): Promise<void> {
  const user = await person(world, `u${Math.random()}`)
  for (let i = 0; i < many; i++) await revoke(world, await issue(world, 'api-key', user))
}
const revoke = (world: World, { credentialId }: Issued) => revokeCredential(world, OPERATOR, { credentialId })

/** Takes the last entries out of the log, in the same transaction as `work`, which sees the numbers given anew. */
async function loseEntries(engine: Engine, many: number, more: readonly Issued[] = []): Promise<void> {
  await engine.write(async tx => {
    const counter = tx.updateTable('counters').where('name', '=', 'revocations')
    const { value } = await counter
      .set(eb => ({ value: eb('value', '-', many) }))
      .returning('value')
      .executeTakeFirstOrThrow()
    await tx.deleteFrom('revocations').where('seq', '>', value).execute()
    for (const [i, { credentialId }] of more.entries()) {
      const row = {
        seq: value + i + 1,
        at: Date.now(),
        subject: 'credential',
        subject_id: credentialId,
        effect: 'revoked',
      }
      await tx.insertInto('revocations').values(row).execute()
      await tx
        .updateTable('credentials')
        .set({ revoked_at: Date.now() })
        .where('fingerprint', '>=', credentialId)
        .where('fingerprint', '<', `${credentialId}g`)
        .execute()
    }
    await counter.set({ value: value + more.length }).execute()
  })
}

/** Another process over the same database, as far as decisions go. */
async function another(server: TestServer, settings: Record<string, string>): Promise<Installation & AsyncDisposable> {
  const installation = await compose(
    readConfig({ CLAVIGER_DATA_DIR: server.dataDir, CLAVIGER_LIMITS: 'off', ...settings }),
  )
  return { ...installation, [Symbol.asyncDispose]: installation.close }
}

for (const [name, database] of Object.entries(DATABASES)) {
  test(`${name}: what is revoked after the log was set back is refused by a process that had read further`, async () => {
    const settings = await database()
    const lines: string[] = []
    await using server = await testServer(settings, lines)
    const key = await issue(server.world, 'api-key', await person(server.world))
    await revokeSome(server.world, 8)
    assert.ok(await passes(server, key))
    await using other = await another(server, settings)
    await loseEntries(other.engine, 5)
    await revoke(other.world, key)
    await eventually(async () => !(await passes(server, key)))
    await eventually(async () => lines.some(line => line.includes('revocation log') && line.includes('revoke-all')))
    const { items } = await server.world.journal.list({ about: 'revocation-log' }, { limit: 5 })
    assert.equal(items.length, 1)
  })

  for (const further of [0, 1, 3])
    test(`${name}: it is refused too where the log has grown again, to ${further} entries beyond what was read, before the process looks`, async () => {
      const settings = await database()
      await using server = await testServer(settings)
      const user = await person(server.world)
      const keys = await Promise.all(Array.from({ length: 5 + further }, () => issue(server.world, 'api-key', user)))
      await revokeSome(server.world, 8)
      for (const key of keys) assert.ok(await passes(server, key))
      await using other = await another(server, settings)
      await loseEntries(other.engine, 5, keys)
      await eventually(async () => !(await Promise.all(keys.map(key => passes(server, key)))).includes(true))
    })

  test(`${name}: a process that had not read so far hears of it from the one that had`, async () => {
    const settings = await database()
    await using server = await testServer(settings)
    await revokeSome(server.world, 8)
    await using behind = await another(server, settings)
    const known = behind.world.lookups.place()
    await revokeSome(server.world, 5)
    await loseEntries(behind.engine, 5)
    await eventually(async () => {
      await behind.world.lookups.follow()
      return behind.world.lookups.place().incarnation !== known.incarnation
    })
    const { incarnation } = behind.world.lookups.place()
    await eventually(async () => server.world.lookups.place().incarnation === incarnation)
    await behind.world.lookups.follow()
    assert.equal(behind.world.lookups.place().incarnation, incarnation, 'it begins anew once')
  })

  test(`${name}: a far guard that remembered a credential refuses it once it is revoked in the log that was set back`, async () => {
    const settings = await database()
    await using server = await testServer(settings)
    await using line = await link(server.url)
    const guard = openGuard({ ...(await api(server)), url: line.url, scopes: 'read', feedLimitSeconds: 60 })
    const key = await issue(server.world, 'api-key', await person(server.world))
    const outcome = () =>
      guard.check(webCarrier({ headers: new Headers({ authorization: `Bearer ${key.presented}` }), url: '/' })).then(
        () => 'passed',
        (error: { code: string }) => error.code,
      )
    try {
      await revokeSome(server.world, 8)
      await eventually(async () => {
        const before = line.calls('/v1/verify')
        return (await outcome()) === 'passed' && line.calls('/v1/verify') === before
      })
      line.cut()
      await using other = await another(server, settings)
      await loseEntries(other.engine, 5)
      await revoke(other.world, key)
      assert.equal(await outcome(), 'passed', 'the line is down: it knows nothing of it')
      line.mend()
      await eventually(async () => (await outcome()) === 'revoked')
    } finally {
      await guard.close()
    }
  })
}

test('a JWT of the lost part of the log, which a guard checks by itself, is refused once what it depends on is disabled', async () => {
  await using server = await testServer()
  const { world } = server
  const audience = 'https://jwt.example'
  const { clientId, clientSecret } = await api(server, audience, { tokenFormat: 'jwt' })
  const app = await addClient(world)
  const ask = { grant_type: 'client_credentials', scope: 'read', resource: audience }
  const connection = { url: server.url, clientId, clientSecret, audience, jwt: 'offline' as const, scopes: 'read' }
  const guard = openGuard({ ...connection, cacheSeconds: 0 })
  try {
    await revokeSome(world, 8)
    const { access_token: token = '' } = await askTokens(server.url, app, ask)
    const carrier = webCarrier({ headers: new Headers({ authorization: `Bearer ${token}` }), url: '/' })
    await guard.check(carrier)
    await using other = await another(server, {})
    await loseEntries(other.engine, 5)
    await changeClient(other.world, OPERATOR, { clientId: app.client.id, active: false })
    await eventually(() =>
      guard.check(carrier).then(
        () => false,
        (error: { code: string }) => error.code === 'client_disabled',
      ),
    )
  } finally {
    await guard.close()
  }
})

test('PostgreSQL: a replica that lagged behind and is promoted is followed as another log, whatever its numbers are', async () => {
  await using own = await startPostgres()
  const settings = { CLAVIGER_DATABASE_URL: await own.database() }
  const lines: string[] = []
  await using server = await testServer(settings, lines)
  const user = await person(server.world)
  const [key, kept] = [await issue(server.world, 'api-key', user), await issue(server.world, 'api-key', user)]
  await revokeSome(server.world, 3)
  await own.stop()
  own.copy()
  await own.start()
  await eventually(() => passes(server, key))
  const before = server.world.lookups.place()
  await rotateSigningKey(server.world, OPERATOR)
  await revokeSome(server.world, 4)
  await own.stop()
  await own.promoteCopy()
  await using other = await another(server, settings)
  // As many entries as were lost: the numbers alone say nothing.
  await revokeSome(other.world, 4)
  await revoke(other.world, key)
  await eventually(async () => !(await passes(server, key)))
  assert.ok(await passes(server, kept))
  await eventually(async () => {
    const { keys } = (await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as { keys: unknown[] }
    return keys.length === STANDARD_ALGORITHMS.length // the key of the lost part signs no more
  })
  assert.notEqual(server.world.lookups.place().incarnation, before.incarnation)
})

test('a guard that has read further than the log reaches is told to forget everything, and that is noted', async () => {
  const lines: string[] = []
  await using server = await testServer({}, lines)
  const { clientId, clientSecret } = await api(server)
  await revokeSome(server.world, 3)
  const place = server.world.lookups.place()
  const firstEvents = async (id: string) => {
    const answer = await fetch(`${server.url}/v1/feed`, {
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`, 'last-event-id': id },
    })
    let text = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      if (text.includes('event: position')) break
    }
    return text
  }
  const seq = place.seq
  for (const id of [String(seq), `${seq}-${place.incarnation}`])
    assert.doesNotMatch(await firstEvents(id), /revocation/)
  const missed = await firstEvents(`${seq - 2}-${place.incarnation}`)
  assert.equal(missed.match(/event: revocation/g)?.length, 2)
  assert.doesNotMatch(missed, /everything/)
  assert.equal(lines.filter(line => line.includes('revocation log')).length, 0)

  assert.match(await firstEvents(`${seq}-another`), /"subject":"everything"/)
  assert.match(await firstEvents(`${seq - 2}-another`), /"subject":"everything"/)
  const { incarnation } = server.world.lookups.place()
  assert.equal(incarnation, place.incarnation, 'another incarnation is no news about this one')

  for (let i = 0; i < 2; i++) assert.match(await firstEvents(`${seq + 1}-${incarnation}`), /"subject":"everything"/)
  const begun = server.world.lookups.place()
  assert.notEqual(begun.incarnation, incarnation, 'the first one makes the log another one for every follower')
  for (const id of [`${seq + 1}`, `${seq + 1}-${begun.incarnation}`, `${seq + 100}-another`])
    assert.match(await firstEvents(id), /"subject":"everything"/)
  assert.deepEqual(server.world.lookups.place(), begun, 'a guard that lies does so once')

  assert.ok(lines.some(line => line.includes('A guard of https://api.example has read the revocation log')))
  assert.equal(lines.filter(line => line.includes('revocation log')).length, 2)
  const noted = async () => (await server.world.journal.list({ about: 'revocation-log' }, { limit: 9 })).items
  await eventually(async () => (await noted()).length === 5)
  for (const { actor, reason } of await noted()) assert.deepEqual([actor, reason], [clientId, 'ahead-of-log'])
  for (const id of ['x', '1-', '-1', `1-${'a'.repeat(65)}`, '1 or 2'])
    assert.equal(
      (
        await fetch(`${server.url}/v1/feed`, {
          headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`, 'last-event-id': id },
        })
      ).status,
      400,
      id,
    )
})
