import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compose } from '../../src/server/compose.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { addClient, addUser, giveCode, pkce } from '../kit/cast.ts'
import { emptyFolder, startCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { audit, emptyLedger, REPLAY_SECONDS, workAgainst } from './ledger.ts'
import { SLOW_COMMITS, sabotage } from './sabotage.ts'

/* `CRASH_CYCLES=200 node --conditions=source --test test/faults/crash.test.ts` kills as often as that, however long it takes. */
const ASKED = Number(process.env['CRASH_CYCLES'] ?? 0)
const CYCLES = ASKED || 20
/** On a busy machine a start takes seconds: fewer lives then, but never fewer than this. */
const LEAST_CYCLES = 5
const ENOUGH_MILLISECONDS = ASKED ? Number.POSITIVE_INFINITY : 60_000
const CODES = 40

test('a server killed under load again and again loses nothing it answered and revives nothing it ended', async t => {
  const { answers, lives, faults } = await killAgainAndAgain(CYCLES)
  t.diagnostic(`${answers} answers in ${lives} lives`)
  assert.ok(answers > lives * 5, `only ${answers} answers: the server was hardly used`)
  assert.deepEqual(faults, [])
})

test('the same audit finds a server out that answers before it has written', async () => {
  await using copy = await emptyFolder()
  const binary = sabotage(copy.path, [
    {
      in: 'src/core/oauth/revoke-token.ts',
      says: 'return needs.endedStatements.end(',
      instead: 'void needs.endedStatements.end(',
    },
    SLOW_COMMITS,
  ])
  const { faults } = await killAgainAndAgain(2, binary)
  assert.ok(faults.includes('a revoked token lives again'), `it found only: ${faults}`)
})

async function killAgainAndAgain(cycles: number, binary?: string) {
  await using folder = await emptyFolder()
  const env = {
    CLAVIGER_DATA_DIR: folder.path,
    CLAVIGER_LIMITS: 'off',
    // One issuer through all lives, each of which listens on another port.
    CLAVIGER_URL: 'https://auth.example',
    CLAVIGER_REFRESH_REPLAY_SECONDS: String(REPLAY_SECONDS),
  }
  const { world, close } = await compose(readConfig(env))
  const [user, app] = [await addUser(world), await addClient(world)]
  const { verifier, challenge } = pkce()
  const faults: string[] = []
  let answers = 0
  // Each life is audited by the next, and the last by a process that nobody kills before it is done.
  let ledger = emptyLedger()
  let lives = 0
  const enough = performance.now() + ENOUGH_MILLISECONDS
  for (;;) {
    const codes = []
    while (codes.length < CODES) codes.push(await giveCode(world, app.client, user, challenge))
    await using server = await startCommand([], { env, ...(binary && { binary }) })
    const client = { url: server.url, app, verifier, codes }
    faults.push(...(await audit(client, ledger)))
    ledger = { ...emptyLedger(), families: ledger.families.slice(0, 20) }
    if (lives === cycles || (lives >= LEAST_CYCLES && performance.now() > enough)) break
    lives++
    const using = workAgainst(client, ledger)
    // In use first, however slow the machine is; then dead at any moment.
    const { answers: before } = ledger
    await eventually(async () => ledger.answers > before + 5, 60_000)
    await new Promise(done => setTimeout(done, Math.random() * 300))
    await server.stop('SIGKILL')
    await using
    answers += ledger.answers
  }
  await close()
  return { answers, lives, faults }
}
