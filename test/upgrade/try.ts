import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { command, startCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { startPostgres } from '../kit/postgres.ts'
import { earlierVersion } from './earlier-version.ts'
import { ENDINGS } from './endings.ts'
import { type Held, openInstallation, type Process, processOf } from './installation.ts'

/*
 * `npm run try:upgrade`: a rolling upgrade with a real earlier version, from the history of this clone. A folder as parameter is
 * kept, so that the packages of the earlier version are installed once. Not in `npm test`, because it needs the history and
 * installs packages.
 */

const scratch = await mkdtemp(join(tmpdir(), 'claviger-upgrade-'))
const binary = earlierVersion(process.argv[2] ?? join(scratch, 'earlier'))
const postgres = await startPostgres()
after(async () => {
  await postgres[Symbol.asyncDispose]()
  await rm(scratch, { recursive: true, force: true })
})

const DATABASES = {
  PostgreSQL: () => postgres.database(),
  SQLite: async () => `sqlite:${join(scratch, 'shared.db')}`,
}

for (const [name, database] of Object.entries(DATABASES))
  test(`a rolling upgrade over one ${name}`, async t => {
    const env = {
      CLAVIGER_DATABASE_URL: await database(),
      CLAVIGER_DATA_DIR: join(scratch, name),
      CLAVIGER_MASTER_KEY: randomBytes(48).toString('base64'),
      CLAVIGER_URL: 'http://127.0.0.1:8420',
      CLAVIGER_LIMITS: 'off',
    }
    await using first = await startCommand([], { env, binary })
    const earlier = processOf('earlier', first)
    const house = await openInstallation(binary, env)
    const app = await house.addApp(earlier)
    const api = await house.addApi(earlier, 'jwt')
    const one = await house.addUser(earlier)
    /** What outlives the upgrade. */
    const make = async (at: Process): Promise<Held[]> => {
      const { access } = await house.tokensOf(at, at, app, one.handle)
      return [
        { secret: access },
        await house.clientToken(at, app),
        await house.clientToken(at, app, { resource: api }),
        await house.userToken(at, one.handle),
        await house.key(at, one, 'token_pair'),
      ]
    }
    const kept = [house.admin, ...(await make(earlier))]
    const ended: Held[] = []

    await using second = await startCommand([], { env })
    const now = processOf('this', second)
    const both = [earlier, now]
    const statuses = async (held: Held) => {
      const seen: number[] = []
      for (const at of both) seen.push(await house.status(at, held))
      return seen
    }

    const isRefused = async (at: Process, held: Held) => [401, 403].includes(await house.status(at, held))

    await t.test(
      'what the earlier version issued passes at both, and the earlier process goes on after the migration',
      async () => {
        for (const held of kept) assert.deepEqual(await statuses(held), [200, 200])
        kept.push(...(await make(earlier)), ...(await make(now)))
        for (const held of kept) assert.deepEqual(await statuses(held), [200, 200])
      },
    )

    for (const ending of ENDINGS)
      for (const issuer of both)
        for (const ender of both)
          await t.test(`${ending.name}: issued by ${issuer.version}, ended at ${ender.version}`, async t => {
            const made = await ending.make(house, issuer)
            for (const held of made.held) {
              assert.deepEqual(await statuses(held), [200, 200], 'before')
              assert.deepEqual(await statuses(held), [200, 200], 'cached')
            }
            await made.end(ender)
            const since = performance.now()
            for (const held of made.held) assert.ok(await isRefused(ender, held), 'where it was ended')
            for (const held of made.held) for (const at of both) await eventually(() => isRefused(at, held))
            t.diagnostic(`refused at both after ${Math.round(performance.now() - since)} ms`)
            ended.push(...made.held)
          })

    await t.test('a process of the earlier version does not start any more, and says why', async () => {
      await assert.rejects(startCommand([], { env, binary }), /was upgraded by a newer Claviger/)
    })

    await t.test(
      'after the earlier process has stopped, the upgrade is finished and nothing ended lives again',
      async () => {
        assert.equal(await first.stop(), 0)
        const finished = await command(['upgrade', 'finish', '--json'], { env })
        assert.equal(finished.code, 0, finished.stderr)
        await eventually(async () => (await house.clientToken(now, app)).secret.length > 60)
        for (const held of kept) assert.equal(await house.status(now, held), 200)
        for (const held of ended) assert.ok(await isRefused(now, held))
        await using third = await startCommand([], { env })
        const restarted: Process = processOf('this', third)
        for (const held of kept) assert.equal(await house.status(restarted, held), 200)
        for (const held of ended) assert.ok(await isRefused(restarted, held))
      },
    )
  })
