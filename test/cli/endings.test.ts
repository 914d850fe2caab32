import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { KINDS } from '../../src/model/credentials/credential.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { VERBS } from '../docs/commands.ts'
import { emptyFolder } from '../kit/command.ts'
import { person } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* Nothing is taken away by a slip: the command asks, needs `--yes` where no terminal is, and can be rehearsed. */

const TAKES_AWAY = /\b(delete|remove|revoke|revoke-all|disable|end|rotate|password|withdraw|forget)\b/i
/** The old key goes on verifying until the last token it signed has ended; a context is a note of this machine, and its tokens live on; to delete a block allows
 * what it forbade. */
const TAKES_NOTHING = ['context remove <name>', 'registration-block delete <network-or-host>', 'signing-key rotate']

test('every verb that takes something away, by its name or its options, asks before it does', () => {
  const unasked = VERBS.filter(
    ({ verb }) => !verb.ends && (TAKES_AWAY.test(verb.at) || verb.options?.some(({ flags }) => flags === '--remove')),
  ).map(({ noun, verb }) => `${noun} ${verb.at}`)
  assert.deepEqual(unasked, TAKES_NOTHING)
  assert.ok(VERBS.filter(({ verb }) => verb.ends).length > 20)
})

const ENDING = VERBS.flatMap(({ noun, verb }) => {
  if (!verb.ends) return []
  const words = verb.at.split(' ').map(word => (word.startsWith('<') ? 'x' : word))
  return [[noun, ...words.filter(Boolean), ...(verb.ends.only ? [`--${verb.ends.only}`] : [])]]
})
for (const words of ENDING)
  test(`claviger ${words.join(' ')} without a terminal and without --yes is a wrong use that touches nothing`, async () => {
    await using folder = await emptyFolder()
    const more = words[0] === 'view' ? ['--user', 'ada'] : []
    const { code, stdout, stderr } = await command([...words, ...more], { cwd: folder.path })
    assert.deepEqual([code, stdout], [2, ''], stderr)
    assert.match(stderr, /Nothing was changed\. .+ Say --yes to do it, or --dry-run/)
    assert.deepEqual(readdirSync(folder.path), [])
  })

test('a rehearsal counts what would end, as text and as JSON, and changes nothing', async () => {
  await using server = await testServer()
  const { world, dataDir } = server
  const user = await person(world, 'ada')
  const { credential } = await issueKey(world, OPERATOR, { kind: 'api-key', userId: user.id, name: 'nightly' })
  const at = world.now()
  await world.usage.add(
    [
      {
        minute: Math.floor(at / 60_000),
        countedBy: credential.id,
        kind: KINDS['api-key'].shown,
        outcome: 'valid',
        count: 1204,
      },
    ],
    new Map([[credential.id, at]]),
    ['10.0.0.0/24', '10.0.1.0/24'].map(network => ({ countedBy: credential.id, network, at })),
  )
  const ask = (...words: string[]) => command([...words, '--dry-run'], { env: { CLAVIGER_DATA_DIR: dataDir } })
  for (const words of [
    ['key', 'revoke', credential.id],
    ['key', 'rotate', credential.id],
    ['user', 'disable', 'ada'],
    ['user', 'delete', 'ada'],
    ['credential', 'revoke-all', '--user', 'ada'],
    ['credential', 'revoke-all', '--everything'],
  ]) {
    const { code, stdout, stderr, json } = await ask(...words, '--json')
    assert.equal(code, 0, stderr)
    assert.deepEqual(
      [json['dry_run'], json['credentials'], json['uses_24h'], json['networks_24h'], json['users']],
      [true, 1, 1204, 2, 1],
      stdout,
    )
    const text = await ask(...words)
    assert.match(text.stdout, /1 credential of 1 person, used 1,204 times in the last 24 hours from 2 networks\./)
  }
  assert.equal((await ask('user', 'delete', 'nobody')).code, 5, 'what the deed would refuse is refused')
  assert.equal((await ask('seed')).code, 2, 'a rehearsal of what cannot be rehearsed does nothing')
  assert.equal((await world.users.byId(user.id))?.active, true)
  const kept = await world.credentials.byId(credential.id)
  assert.deepEqual([kept?.revokedAt, kept?.spentAt], [undefined, undefined])
})

const TERMINAL: string = 'script'
const terminal = spawnSync(TERMINAL, ['-qec', 'true', '/dev/null']).status === 0
test('on a terminal a command says what would stop, asks, and does it after a yes alone', async t => {
  if (!terminal) return t.skip('no program here that gives a terminal (script)')
  await using server = await testServer()
  const user = await person(server.world, 'ada')
  const binary = join(import.meta.dirname, '..', '..', 'bin', 'claviger')
  const type = async (keys: string) => {
    const line = `stty cols 100; exec "${process.execPath}" "${binary}" user disable ada`
    const env = { ...process.env, CLAVIGER_DATA_DIR: server.dataDir }
    const child = spawn(TERMINAL, ['-qec', line, '/dev/null'], { env })
    let shown = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      shown += part
      // The question is there, and the terminal gives key by key.
      if (/Yes.+No/s.test(shown)) child.stdin.end(keys)
    })
    const [status] = (await once(child, 'close')) as [number]
    return { status, shown, active: (await server.world.users.byId(user.id))?.active }
  }
  const no = await type('n')
  assert.match(no.shown, /Disable: the user ada[\s\S]+0 credentials, not used in the last 24 hours\.[\s\S]+Disable\?/)
  for (const [keys, done] of [
    [no, false],
    [await type('\r'), false],
    [await type(''), false],
    [await type('y'), true],
  ] as const)
    assert.deepEqual([keys.status, keys.active], [done ? 0 : 2, !done], keys.shown)
})
