import assert from 'node:assert/strict'
import { chownSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { emptyFolder, makeInstallation, startCommand } from '../kit/command.ts'
import { command } from '../kit/warm-command.ts'

/* Only `start` makes an installation. Every other command finds the one of its project, or says where it looked. */

const COMMANDS = [
  'user list',
  'app list',
  'token create --user ada --name x',
  'verify',
  'explain',
  'journal list',
  'setup-link',
  'migrate status',
  'seed',
  'user create --handle ada',
  'migrate up',
]
for (const line of COMMANDS)
  test(`claviger ${line} where there is no installation makes nothing and says where it looked`, async () => {
    await using folder = await emptyFolder()
    const cwd = realpathSync(folder.path)
    const { code, stdout, stderr } = await command(line.split(' '), { cwd, input: 'secret' })
    assert.deepEqual([code, stdout], [3, ''], stderr)
    for (const name of [
      join(cwd, 'claviger-data'),
      '--data-dir',
      'CLAVIGER_DATA_DIR',
      'CLAVIGER_DATABASE_URL',
      'claviger start',
    ])
      assert.ok(stderr.includes(name), stderr)
    assert.deepEqual(readdirSync(cwd), [])
  })

const NAMED: [string, string[], Record<string, string>][] = [
  ['flag', ['--data-dir', 'flag'], {}],
  ['environment', [], { CLAVIGER_DATA_DIR: 'environment' }],
]
for (const [place, more, env] of NAMED)
  test(`in a place that was named (${place}) an installation begins with what fills it, and with no other command`, async () => {
    await using folder = await emptyFolder()
    for (const line of [
      'user list',
      'credential list',
      'user disable ada --yes',
      'verify',
      'token create --user ada --name x',
    ]) {
      const refused = await command([...line.split(' '), ...more], { cwd: folder.path, env, input: 'secret' })
      assert.deepEqual([refused.code, refused.stdout], [3, ''], `${line}: ${refused.stderr}`)
      assert.deepEqual(readdirSync(folder.path), [], line)
    }
    const { code, stderr } = await command(['user', 'create', '--handle', 'ada', ...more], { cwd: folder.path, env })
    assert.equal(code, 0, stderr)
    assert.deepEqual(readdirSync(folder.path), [place])
  })

test('doctor makes nothing either, wherever it is pointed', async () => {
  await using folder = await emptyFolder()
  for (const env of [{}, { CLAVIGER_DATABASE_URL: 'sqlite:other.db' }, { CLAVIGER_DATA_DIR: 'none' }]) {
    const { stdout } = await command(['doctor'], { cwd: folder.path, env: env as Record<string, string> })
    assert.match(stdout, /there is none yet/)
    assert.deepEqual(readdirSync(folder.path), [])
  }
})

test('from any folder of the project a command and a start use its one installation, and both starts say which', async () => {
  await using folder = await emptyFolder()
  const project = realpathSync(folder.path)
  const deep = join(project, 'src', 'routes')
  mkdirSync(deep, { recursive: true })
  {
    await using first = await startCommand([], { cwd: project })
    assert.match(first.stdout(), /^database: \.\/claviger-data\/claviger\.db /m)
    assert.equal((await command(['user', 'create', '--handle', 'ada'], { cwd: project })).code, 0)
    assert.equal((await command(['user', 'get', 'ada'], { cwd: deep })).code, 0)
    assert.equal(await first.stop(), 0)
  }
  await using second = await startCommand([], { cwd: deep })
  const place = join(project, 'claviger-data')
  assert.ok(second.stdout().includes(`database: ${place}/claviger.db`))
  assert.ok(second.stderr().includes(`Uses the installation of a folder above: ${place}.`), second.stderr())
  assert.deepEqual([readdirSync(deep), readdirSync(join(project, 'src'))], [[], ['routes']])
})

test('a start that makes a second installation below another one says so, and only then', async () => {
  await using folder = await emptyFolder()
  const project = realpathSync(folder.path)
  await makeInstallation(join(project, 'claviger-data'))
  const below = join(project, 'below')
  mkdirSync(below)
  {
    await using made = await startCommand(['--data-dir', './claviger-data'], { cwd: below })
    assert.match(
      made.stderr(),
      /This is a new installation, in \S+\/below\/claviger-data\. A folder above has another one: /,
    )
    assert.equal(await made.stop(), 0)
  }
  await using again = await startCommand([], { cwd: below })
  assert.doesNotMatch(again.stderr(), /above/)
  assert.match(again.stdout(), /^database: \.\/claviger-data\/claviger\.db /m)
})

test("the project's configuration file counts in every folder of it, and its paths are meant from its own folder", async () => {
  await using folder = await emptyFolder()
  const deep = join(folder.path, 'a', 'b')
  mkdirSync(deep, { recursive: true })
  await makeInstallation(join(folder.path, 'data'))
  for (const settings of [{ databaseUrl: 'sqlite:data/claviger.db', dataDir: 'data' }, { dataDir: './data' }]) {
    writeFileSync(join(folder.path, 'claviger.config.json'), JSON.stringify(settings))
    const { code, stderr } = await command(['user', 'list'], { cwd: deep })
    assert.equal(code, 0, stderr)
  }
  await command(['user', 'create', '--handle', 'ada', '--data-dir', 'typed'], { cwd: deep })
  assert.deepEqual(readdirSync(deep), ['typed'], 'what is typed is meant from here')
})

test('an installation that another user left in a folder above is not used', async t => {
  if (process.getuid?.() !== 0) return t.skip('only root may give a folder away')
  await using folder = await emptyFolder()
  const [data, deep] = [join(folder.path, 'claviger-data'), join(folder.path, 'mine')]
  mkdirSync(deep)
  await makeInstallation(data)
  chownSync(data, 65534, 65534)
  const { code, stderr } = await command(['user', 'list'], { cwd: deep })
  assert.equal(code, 3, stderr)
  assert.deepEqual(readdirSync(deep), [])
})
