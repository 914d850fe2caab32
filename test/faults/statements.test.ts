import assert from 'node:assert/strict'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { revokeAll } from '../../src/core/credentials/revoke-all.ts'
import { revokeEverything } from '../../src/core/credentials/revoke-everything.ts'
import { revokeGrant } from '../../src/core/oauth/revoke-grant.ts'
import { openEndedStatements } from '../../src/core/services/ended-statements.ts'
import { finishUpgrade } from '../../src/core/services/finish-upgrade.ts'
import { rotateSigningKey } from '../../src/core/services/signing-keys/rotate-signing-key.ts'
import { DAY, MINUTE } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { compose } from '../../src/server/compose.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { HELD, loadFixture } from '../../src/store/contract/fixture.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { addClient, addUser, giveCode, isActive, pkce, redeem } from '../kit/cast.ts'
import { setClock } from '../kit/clock.ts'
import { emptyFolder } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { api } from '../kit/house.ts'
import { startPostgres } from '../kit/postgres.ts'
import { anotherServer, testServer } from '../kit/server.ts'
import { giveBack, isStored, purge, SHARED, status, tokenOf } from '../kit/statements.ts'

/* Access tokens without a row under wrong clocks, lost and restored databases, several processes and old versions. */

const { verifier, challenge } = pkce()
const postgres = await startPostgres()
after(() => postgres[Symbol.asyncDispose]())

test('what was ended stays ended where it was forgotten too early, on every process and after a start; what is issued meanwhile works', async () => {
  await using one = await testServer(SHARED)
  const two = await anotherServer(one, SHARED)
  try {
    const app = await addClient(one.world)
    const [other, ended] = [await tokenOf(one, app), await tokenOf(one, app)]
    await giveBack(one, app, ended)
    await purge(one, Date.now() + 3 * DAY)
    const { ended: left, floor } = await one.world.endedStatements.all(10)
    assert.deepEqual(left, [])
    assert.ok(floor > Date.now())
    for (const server of [one, two]) {
      await server.world.lookups.follow()
      assert.equal(await status(server, ended), 401)
      await server.world.ended.load()
      assert.equal(await status(server, ended), 401)
      assert.equal(
        await status(server, other),
        401,
        'it ends before the floor: nobody knows any more whether it was ended',
      )
    }
    const short = await addClient(one.world, { policy: { accessTokenSeconds: 60 } })
    const fresh = await tokenOf(two, short)
    assert.ok(await isStored(two, fresh), 'one that would end below the floor has a row')
    assert.equal(await status(one, await tokenOf(two, app)), 200)
    assert.equal(await status(one, fresh), 200)
    const third = await anotherServer(one, SHARED)
    assert.deepEqual([await status(third, ended), await status(third, fresh)], [401, 200])
    await third.stop()
  } finally {
    await two.stop()
  }
})

test('a clock that runs 400 days ahead and is set back revives nothing that was ended', async () => {
  await using server = await testServer(SHARED)
  const { world } = server
  const [app, user] = [await addClient(world), await addUser(world)]
  const ended = await tokenOf(server, app)
  await giveBack(server, app, ended)
  const code = await giveCode(world, app.client, user, challenge)
  const { access_token: granted } = await redeem(server.url, app, code, verifier)
  const [grant] = await world.grants.ofUser(user.id)
  await revokeGrant(world, OPERATOR, { grantId: grant?.id ?? '' })
  const gone = await addClient(world)
  const orphan = await tokenOf(server, gone)
  await world.clients.delete(gone.client.id, { at: 1, event: 'deleted', about: 'client', actor: 'operator' })
  const dead = [ended, granted, orphan]
  setClock(400 * 24)
  try {
    await world.statements.load()
    for (let i = 0; i < 3; i++) await purge(server, Date.now())
    await world.statements.load()
    const ahead = await tokenOf(server, app)
    await giveBack(server, app, ahead)
    dead.push(ahead)
    for (const token of dead) assert.equal(await status(server, token), 401)
  } finally {
    setClock(0)
  }
  await world.statements.load()
  await world.ended.load()
  for (const token of dead) assert.equal(await status(server, token), 401)
  const fresh = await tokenOf(server, app)
  assert.equal(await status(server, fresh), 200)
  const again = await server.restart()
  try {
    for (const token of dead) assert.equal(await status(again, token), 401)
    assert.equal(await status(again, fresh), 200)
  } finally {
    await again.stop()
  }
})

test('after a restored database and the command that ends everything, no token of before works, of whatever form', async () => {
  await using server = await testServer(SHARED)
  const { world } = server
  const audience = 'https://jwt.example'
  await api(server, audience, { tokenFormat: 'jwt' })
  const [app, user] = [await addClient(world), await addUser(world)]
  const made = async () => {
    const code = await giveCode(world, app.client, user, challenge)
    return [
      await tokenOf(server, app),
      await tokenOf(server, app, { resource: audience, scope: 'read' }),
      (await redeem(server.url, app, code, verifier)).access_token ?? '',
    ]
  }
  const before = await made()
  await using backup = await emptyFolder()
  const live = new DatabaseSync(join(server.dataDir, 'claviger.db'), { readOnly: true })
  await copyDatabase(live, join(backup.path, 'claviger.db'))
  live.close()
  await cp(join(server.dataDir, 'master.key'), join(backup.path, 'master.key'))
  const [given] = before as [string, string, string]
  await giveBack(server, app, given)
  const later = await made()
  for (const token of [...before.slice(1), ...later]) assert.equal(await status(server, token), 200)

  // The database of the backup, as another machine has it.
  const config = readConfig({ ...SHARED, CLAVIGER_DATA_DIR: backup.path })
  const restored = await compose(config)
  await revokeEverything(restored.world, OPERATOR)
  await restored.close()
  const second = await anotherServer({ ...server, dataDir: backup.path }, SHARED)
  try {
    for (const token of [...before, ...later]) assert.equal(await status(second, token), 401)
    assert.equal(await status(second, await tokenOf(second, app)), 200)
    assert.equal(await status(second, await tokenOf(second, app, { resource: audience, scope: 'read' })), 200)
  } finally {
    await second.stop()
  }
})

test('a process remembers what was ended when the database under it loses that; an epoch the database lost is not believed', async () => {
  await using server = await testServer(SHARED)
  const { world, installation } = server
  const app = await addClient(world)
  const ended = await tokenOf(server, app)
  const { epoch = 0 } = (await world.clients.byId(app.client.id)) ?? {}
  const { seq } = world.lookups.place()
  await giveBack(server, app, ended)
  await revokeAll(world, OPERATOR, { of: 'client', id: app.client.id })
  const lost = await tokenOf(server, app)
  assert.deepEqual([await status(server, ended), await status(server, lost)], [401, 200])
  const { incarnation } = world.lookups.place()
  // As a replica that had not heard of any of it.
  await installation.engine.write(async tx => {
    await tx.deleteFrom('ended_statements').execute()
    await tx.deleteFrom('revocations').where('seq', '>', seq).execute()
    await tx.updateTable('counters').set({ value: seq }).where('name', '=', 'revocations').execute()
    await tx.updateTable('clients').set({ epoch }).where('id', '=', app.client.id).execute()
  })
  await eventually(async () => world.lookups.place().incarnation !== incarnation)
  assert.deepEqual([await status(server, ended), await status(server, lost)], [401, 401])
  assert.equal(await status(server, await tokenOf(server, app)), 200)
})

test('more ended tokens than are held in memory are refused all the same, and those that stand pass', async () => {
  await using server = await testServer(SHARED)
  const { world } = server
  const app = await addClient(world)
  world.ended = openEndedStatements(world, world.lookups, 3)
  await world.ended.load()
  const tokens = []
  for (let i = 0; i < 6; i++) tokens.push(await tokenOf(server, app))
  const standing = await tokenOf(server, app)
  for (const [i, token] of tokens.entries()) {
    await giveBack(server, app, token)
    for (const dead of tokens.slice(0, i + 1)) assert.equal(await status(server, dead), 401)
    assert.equal(await status(server, standing), 200)
  }
  await world.ended.load()
  for (const dead of tokens) assert.equal(await status(server, dead), 401)
  assert.equal(await status(server, standing), 200)
})

test('while the database cannot be asked a token is neither good nor bad: 503; afterwards it is as before', async () => {
  await using server = await testServer({ ...SHARED, CLAVIGER_DATABASE_URL: await postgres.database() })
  const app = await addClient(server.world)
  const [good, ended] = [await tokenOf(server, app), await tokenOf(server, app)]
  await giveBack(server, app, ended)
  assert.deepEqual([await status(server, good), await status(server, ended)], [200, 401])
  await postgres.stop('immediate')
  await eventually(async () => (await status(server, good)) === 503)
  await postgres.start()
  await eventually(async () => (await status(server, good)) === 200)
  assert.equal(await status(server, ended), 401)
})

test('a migrated database has rows until the operator says that no older process runs beside; running servers hear of that', async () => {
  await using folder = await emptyFolder()
  const path = join(folder.path, 'old.db')
  const engine = openSqlite(path)
  await loadFixture(engine, '0010-attempts')
  await engine.close()
  const settings = { ...SHARED, CLAVIGER_DATABASE_URL: `sqlite:${path}`, CLAVIGER_MASTER_KEY: HELD.masterKey }
  await using server = await testServer(settings)
  const app = await addClient(server.world)
  const before = await tokenOf(server, app)
  assert.ok(await isStored(server, before))
  // A process of the version before knows rows alone: what it ends is a row.
  const old = openSqlite(path)
  await old.write(tx => tx.updateTable('credentials').set({ revoked_at: Date.now() }).execute())
  await old.close()
  await server.world.lookups.follow()

  const second = await compose(readConfig({ ...settings, CLAVIGER_DATA_DIR: server.dataDir }))
  assert.equal(await finishUpgrade(second.world, OPERATOR), 'finished')
  assert.equal(await finishUpgrade(second.world, OPERATOR), 'was finished')
  await second.close()
  await eventually(async () => !(await isStored(server, await tokenOf(server, app))))
  const after = await tokenOf(server, app)
  assert.equal(await isActive(server.url, app, after), true)
  await rm(`${path}-position`, { force: true })
})

test('until the upgrade is finished, the key of the latest date is the one for tokens, because earlier versions sign with it', async () => {
  await using folder = await emptyFolder()
  const path = join(folder.path, 'old.db')
  const engine = openSqlite(path)
  await loadFixture(engine, '0010-attempts')
  await engine.close()
  const settings = { ...SHARED, CLAVIGER_DATABASE_URL: `sqlite:${path}`, CLAVIGER_MASTER_KEY: HELD.masterKey }
  await using server = await testServer(settings)
  const { world } = server
  const latest = async () =>
    (await world.signingKeys.list()).toSorted((a, b) => b.createdAt - a.createdAt)[0]?.algorithm
  const algorithms = (await world.signingKeys.list()).map(({ algorithm }) => algorithm)
  assert.ok(algorithms.includes('RS256'), 'this version has made its own key beside')
  assert.equal(await latest(), 'ES256')
  await rotateSigningKey(world, OPERATOR, { algorithm: 'RS256' })
  assert.equal(await latest(), 'ES256')
  const retired = (await world.signingKeys.list()).filter(({ retiredAt }) => retiredAt !== undefined)
  assert.ok(
    retired.every(({ retiredAt = 0 }) => Date.now() - retiredAt < MINUTE),
    'what it signed is still accepted',
  )
  await finishUpgrade(world, OPERATOR)
  await rotateSigningKey(world, OPERATOR, { algorithm: 'RS256' })
  assert.equal(await latest(), 'RS256')
})
