import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { revokeCredential } from '../../../src/core/credentials/revoke-credential.ts'
import { setPassword } from '../../../src/core/users/set-password.ts'
import { DAY } from '../../../src/model/span.ts'
import { OPERATOR } from '../../../src/model/users/actor.ts'
import { caller, type Told } from '../../kit/call.ts'
import { eventually } from '../../kit/eventually.ts'
import { type TestServer, testServer } from '../../kit/server.ts'
import { storedPassword } from '../../kit/stored-password.ts'
import { command } from '../../kit/warm-command.ts'

/*
 * users.json was written by Django 5.2's own `dumpdata auth.user`; the tokens were derived there, with this SECRET_KEY,
 * on 10 March 2026.
 */
const FILE = join(import.meta.dirname, 'users.json')
const SECRET_KEY = 'django-insecure-old-site'
const ISSUED = Date.UTC(2026, 2, 10)
const DERIVED = {
  7: '73j-cdcef42d598bd7c8e0ba',
  9: '73j-e355c343db59ee3aa141',
  12: '73j-9553aaeda415af0279d7',
  15: '73j-2733c75843989e4492b6',
  16: '73j-888d21f225914680e171',
  18: '73j-e39219b774e662101fe6',
  4200: '73j-b87cd6fa4c25e5d1b097',
}

const LEFT = [{ number: 13, handle: 'Bee', why: 'the name stands twice in the file, letter case aside' }]
const REMARKS = [
  { number: 15, handle: 'old', remark: 'the password is stored as md5, which is not known here; set a new one' },
  { number: 18, handle: 'twin', remark: 'the e-mail address is in use by somebody else and was left out' },
]

suite('users of a Django site come with their numbers, their passwords and their tokens', () => {
  let server: TestServer
  let call: ReturnType<typeof caller>
  before(async () => {
    server = await testServer({ CLAVIGER_TOKENAPI_DJANGO_SECRET_KEY: SECRET_KEY })
    server.world.now = () => ISSUED + 2 * DAY
    call = caller(server)
  })
  after(() => server[Symbol.asyncDispose]())

  const importing = (...words: string[]) =>
    command(['import', 'django', ...words, '--json'], { env: { CLAVIGER_DATA_DIR: server.dataDir } })
  const check = (number: number, token: string): Promise<Told> => call('GET', `/token/${token}/${number}.json`)
  const signIn = (username: string) => call('POST', '/token/new.json', { form: { username, password: 'GGGGGG' } })

  test('a dry run says what would happen and writes nothing', async () => {
    const { code, json } = await importing(FILE, '--dry-run')
    assert.equal(code, 10)
    const report = { read: 8, taken: 7, known: 0, left: LEFT, remarks: REMARKS, staff: ['jpulgarin'], others: 0 }
    assert.deepEqual(json, report)
    assert.equal(await server.world.users.count(), 0)
  })

  test('the import takes everybody it can, says whom it could not, and counts on from the highest number', async () => {
    const { code, json } = await importing(FILE)
    assert.equal(code, 10)
    assert.deepEqual([json['taken'], json['left'], json['remarks']], [7, LEFT, REMARKS])
    const user = await server.world.users.byNumber(7)
    assert.deepEqual(
      [user?.handle, user?.email, user?.firstName, user?.role, user?.createdAt],
      ['jpulgarin', 'julian@example.com', 'Julian', 'user', Date.UTC(2012, 2, 4, 5, 6, 7)],
    )
    const made = await command(['user', 'create', '--handle', 'new', '--json'], {
      env: { CLAVIGER_DATA_DIR: server.dataDir },
    })
    assert.equal(made.json['number'], 4201)
  })

  test('once more changes nobody', async () => {
    const { json } = await importing(FILE)
    const left = [{ number: 13, handle: 'Bee', why: 'the name is in use here' }]
    assert.deepEqual([json['taken'], json['known'], json['left']], [0, 7, left])
  })

  test('tokens derived by the site work, for their own user alone, and inactive users stay inactive', async () => {
    for (const [number, token] of Object.entries(DERIVED)) {
      const { status } = await check(Number(number), token)
      assert.equal(status, number === '12' ? 401 : 200, number)
    }
    assert.equal((await check(9, DERIVED[7])).status, 401)
    assert.equal((await check(7, `${DERIVED[7].slice(0, -1)}0`)).status, 401)
    assert.equal((await signIn('idle')).status, 401)
  })

  test('a derived token is a credential like any other: listed once, revoked by itself, and gone after its days', async () => {
    await Promise.all([check(7, DERIVED[7]), check(7, DERIVED[7])])
    const user = await server.world.users.byNumber(7)
    const { items } = await server.world.credentials.list({ userId: user?.id ?? '' }, { limit: 10 })
    assert.deepEqual(
      items.map(({ kind, name }) => [kind, name]),
      [['token-pair', 'Derived by the Django site']],
    )
    await revokeCredential(server.world, OPERATOR, { credentialId: items[0]?.id ?? '' })
    assert.equal((await check(7, DERIVED[7])).status, 401)

    server.world.now = () => ISSUED + 8 * DAY - 1
    assert.equal((await check(16, DERIVED[16])).status, 200)
    server.world.now = () => ISSUED + 8 * DAY
    assert.equal((await check(16, DERIVED[16])).status, 401)
    server.world.now = () => ISSUED + 2 * DAY
  })

  for (const [username, number] of [
    ['jpulgarin', 7],
    ['bee', 9],
  ] as const)
    test(`the old password of ${username} is right, is stored anew, and their derived tokens live on`, async () => {
      const told = await signIn(username)
      assert.deepEqual([told.status, told.body['user']], [200, number])
      const user = await server.world.users.byNumber(number)
      assert.match((await storedPassword(server.world, user?.id)) ?? '', /^\$argon2id\$/)
      if (number === 9) assert.equal((await check(9, DERIVED[9])).status, 200)
    })

  test('a new password ends derived tokens, as it did there', async () => {
    const user = await server.world.users.byNumber(4200)
    await setPassword(server.world, OPERATOR, { userId: user?.id ?? '', password: 'HHHHHH', keys: 'keep' })
    assert.equal((await check(4200, DERIVED[4200])).status, 401)
  })

  test('what is kept of the old passwords is sealed, and forgotten when the import ends', async () => {
    const before = await server.world.users.byNumber(15)
    assert.ok(before?.importedPassword)
    assert.equal(before.importedPassword.includes('md5'), false)
    const { json } = await command(['import', 'end', '--yes', '--json'], { env: { CLAVIGER_DATA_DIR: server.dataDir } })
    assert.equal(json['forgotten'], 6)
    await eventually(async () => (await server.world.users.byNumber(15))?.importedPassword === undefined)
    assert.equal((await check(18, DERIVED[18])).status, 200, 'already taken in: it has a row of its own')
  })
})

test('without the secret of the site no derived token works', async () => {
  await using server = await testServer()
  server.world.now = () => ISSUED + 2 * DAY
  await command(['import', 'django', FILE], { env: { CLAVIGER_DATA_DIR: server.dataDir } })
  assert.ok(await server.world.users.byNumber(7))
  assert.equal((await caller(server)('GET', `/token/${DERIVED[7]}/7.json`)).status, 401)
})

test('on a terminal a bar moves while users are taken in, and leaves nothing behind; elsewhere there is none', async () => {
  await using server = await testServer()
  const importing = (env: Record<string, string> = {}) =>
    command(['import', 'django', FILE, '--json'], { env: { CLAVIGER_DATA_DIR: server.dataDir, ...env } })
  const { stderr, stdout } = await importing({
    NODE_OPTIONS: '--import=data:text/javascript,process.stderr.isTTY=true',
  })
  const steps = stderr.split('\r').filter(step => step.includes('users'))
  const shares = steps.map(step => Number(/ (\d+) %$/.exec(step)?.[1]))
  assert.deepEqual(shares, [13, 25, 38, 50, 63, 75, 88, 100])
  assert.match(stderr, /\r +\r$/, 'the line is empty again')
  assert.equal(JSON.parse(stdout).taken, 7, 'what programs read is untouched')
  assert.equal((await importing()).stderr, '')
})

test('files that are no dump are refused in a sentence', async () => {
  await using server = await testServer()
  const env = { CLAVIGER_DATA_DIR: server.dataDir }
  const path = join(server.dataDir, 'odd.json')
  await writeFile(path, '{"not": "a list"}')
  const odd = await command(['import', 'django', path], { env })
  assert.equal(odd.code, 10)
  assert.match(odd.stderr, /is not what dumpdata writes/)
  const missing = await command(['import', 'django', join(server.dataDir, 'none.json')], { env })
  assert.equal(missing.code, 5)
  await writeFile(path, '[{"model": "auth.user", "pk": 1, "fields": {"username": "x"}}, {"model": "auth.group"}]')
  const { json } = await command(['import', 'django', path, '--json'], { env })
  assert.deepEqual([json['read'], json['taken'], json['others']], [1, 0, 1])
})

test('an operator makes a pair by command, good until it is revoked', async () => {
  await using server = await testServer()
  const env = { CLAVIGER_DATA_DIR: server.dataDir }
  await command(['user', 'create', '--handle', 'ada'], { env })
  const made = await command(['pair', 'create', '--user', 'ada', '--days', 'until-revoked', '--json'], { env })
  assert.deepEqual([made.json['user'], made.json['expires_at']], [1, null])
  const path = `/token/${made.json['token']}/1.json`
  assert.equal((await caller(server)('GET', path)).status, 200)
  assert.equal((await command(['pair', 'revoke', '--yes', String(made.json['id'])], { env })).code, 0)
  await eventually(async () => (await caller(server)('GET', path)).status === 401)
})
