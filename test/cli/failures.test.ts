import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { createUser } from '../../src/core/users/create-user.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { compose } from '../../src/server/compose.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { emptyFolder } from '../kit/command.ts'
import { command } from '../kit/warm-command.ts'

/** A folder with an installation that somebody uses, and the start of a server over it. */
async function used(spoil: (folder: string) => void = () => {}) {
  const folder = await emptyFolder()
  const house = await compose(readConfig({ CLAVIGER_DATA_DIR: folder.path }))
  await createUser(house.world, OPERATOR, { handle: 'ada' })
  await house.close()
  spoil(folder.path)
  const start = (env: Record<string, string> = {}) =>
    command(['start', '--port', '0', '--json'], { env: { CLAVIGER_DATA_DIR: folder.path, ...env } })
  return { path: folder.path, start, [Symbol.asyncDispose]: folder[Symbol.asyncDispose] }
}

type Case = {
  title: string
  spoil?: (folder: string) => void
  env?: (folder: string) => Record<string, string>
  exit: number
  says: RegExp
}

const database = (folder: string) => join(folder, 'claviger.db')
const CASES: readonly Case[] = [
  {
    title: 'an unknown setting is named, with the one that was meant',
    env: () => ({ CLAVIGER_PROT: '1', CLAVIGER_REGISTRATION: 'sometimes' }),
    exit: 3,
    says: /CLAVIGER_PROT is not a setting\. Did you mean CLAVIGER_PORT\?[\s\S]*CLAVIGER_REGISTRATION must be one of/,
  },
  {
    title: 'a data directory that cannot be made is named, with what to do',
    env: () => ({ CLAVIGER_DATA_DIR: '/proc/claviger' }),
    exit: 3,
    says: /data directory \/proc\/claviger cannot be used.*CLAVIGER_DATA_DIR/,
  },
  {
    title: 'a damaged database is not served',
    spoil: folder => {
      const bytes = readFileSync(database(folder))
      bytes.fill(0x55, 8192, 65_536)
      writeFileSync(database(folder), bytes)
    },
    exit: 10,
    says: /is damaged|cannot be opened/,
  },
  {
    title: 'a database that was cut short is not served',
    spoil: folder => truncateSync(database(folder), 5000),
    exit: 10,
    says: /is damaged|cannot be opened/,
  },
  {
    title: 'a file that is no database is not served',
    spoil: folder => writeFileSync(database(folder), 'no database, but long enough to look at it twice'.repeat(20)),
    exit: 10,
    says: /cannot be opened: file is not a database/,
  },
  {
    title: 'an emptied database is not taken for a new one',
    spoil: folder => truncateSync(database(folder), 0),
    exit: 10,
    says: /missing or empty, but its master key is there/,
  },
  {
    title: 'a lost database is not replaced by an empty one',
    spoil: folder => rmSync(database(folder)),
    exit: 10,
    says: /missing or empty, but its master key is there/,
  },
  {
    title: 'a lost master key is not replaced by a new one',
    spoil: folder => rmSync(join(folder, 'master.key')),
    exit: 3,
    says: /master key is missing/,
  },
  {
    title: 'a wrong master key opens nothing and changes nothing',
    spoil: folder => writeFileSync(join(folder, 'master.key'), 'x'.repeat(64)),
    exit: 3,
    says: /not the one this database was made with/,
  },
  {
    title: 'a database that a newer version has changed is left to that version',
    spoil: folder => {
      const db = new DatabaseSync(database(folder))
      db.exec("insert into migrations (name, at) values ('9999-from-the-future', 0)")
      db.close()
    },
    exit: 10,
    says: /newer Claviger \(9999-from-the-future\)/,
  },
  {
    title: 'a PostgreSQL that does not answer is named without its password',
    env: () => ({ CLAVIGER_DATABASE_URL: 'postgres://ada:geheim-17@127.0.0.1:1/claviger' }),
    exit: 7,
    says: /PostgreSQL at 127\.0\.0\.1:1\/claviger does not answer/,
  },
  {
    title: 'production without its address and its master key does not start',
    env: () => ({ CLAVIGER_ENV: 'production' }),
    exit: 3,
    says: /CLAVIGER_URL is required in production[\s\S]*CLAVIGER_MASTER_KEY/,
  },
]

for (const { title, spoil, env, exit, says } of CASES) {
  test(title, async () => {
    await using house = await used(spoil)
    const before = snapshot(house.path)
    const { code, stdout, stderr } = await house.start(env?.(house.path))
    assert.equal(code, exit, stderr)
    assert.equal(stdout, '')
    const { error } = JSON.parse(stderr) as { error: { message: string; exit: number } }
    assert.equal(error.exit, exit)
    assert.match(error.message, says)
    assert.ok(!stderr.includes('geheim-17'))
    assert.deepEqual(snapshot(house.path), before)
  })
}

test('every setting is listed as it is written', async () => {
  await using folder = await emptyFolder()
  const env = {
    CLAVIGER_DATA_DIR: folder.path,
    CLAVIGER_DIALECT_SUNSET: 'zebbra=2026-12-01/2027-06-30,tokenapi=2027-06-30',
  }
  const { items } = (await command(['config', 'list', '--json'], { env })).json as {
    items: { variable: string; value?: string }[]
  }
  const sunset = items.find(({ variable }) => variable === 'CLAVIGER_DIALECT_SUNSET')
  assert.equal(sunset?.value, 'zebbra=2026-12-01/2027-06-30 tokenapi=2027-06-30')
})

test('a taken port is named, and the server that has it goes on', async () => {
  await using house = await used()
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => other.once('listening', resolve))
  const { port } = other.address() as { port: number }
  const words = ['start', '--port', String(port), '--data-dir', house.path]
  const [alone, together] = [await command(words), await command([...words, '--workers', '2'])]
  for (const { code, stderr } of [alone, together]) {
    assert.equal(code, 3)
    assert.match(stderr, new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken`))
  }
  other.close()
})

test('settings come from flag, environment and file in this order, and an unknown one in the file is refused', async () => {
  await using folder = await emptyFolder()
  const write = (settings: object) => writeFileSync(join(folder.path, 'claviger.config.json'), JSON.stringify(settings))
  write({ dataDir: folder.path, port: 1111, host: '127.0.0.2', codeSeconds: 30 })
  const asked = await command(['config', 'list', '--json'], { cwd: folder.path, env: { CLAVIGER_PORT: '2222' } })
  const { items } = asked.json as { items: { name: string; value: string; origin: string }[] }
  const found = (name: string) => items.find(item => item.name === name)
  assert.deepEqual([found('port')?.value, found('port')?.origin], ['2222', 'environment'])
  assert.deepEqual([found('codeSeconds')?.value, found('codeSeconds')?.origin], ['30', 'file'])
  assert.equal(found('workers')?.origin, 'default')
  write({ prot: 1 })
  const refused = await command(['config', 'list'], { cwd: folder.path })
  assert.deepEqual([refused.code, refused.stdout], [3, ''])
  assert.match(refused.stderr, /prot in claviger\.config\.json is not a setting\. Did you mean port\?/)
})

/** Every file and what is in it. Opening a database may leave its two companions, empty, beside it. */
function snapshot(folder: string): Record<string, string> {
  const files = readdirSync(folder).filter(name => !name.endsWith('-shm') && !name.endsWith('-wal'))
  return Object.fromEntries(files.sort().map(name => [name, readFileSync(join(folder, name)).toString('base64')]))
}
