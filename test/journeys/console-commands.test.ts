import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { ROLES } from '../../src/model/users/user.ts'
import { OPERATIONS } from '../../src/wire/admin/contract.ts'
import { asCommand, BY_COMMAND_ALONE, COMMANDS, type Shown } from '../../web/src/show/command/commands.ts'
import { type Asked, asCurl } from '../../web/src/show/command/curl.ts'
import { person, tokenOf } from '../kit/admin.ts'
import type { Case } from '../kit/console-case.ts'
import { CASES } from '../kit/console-cases.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { writeWarmProgram } from '../kit/warm-program.ts'

/* Every line that the console offers to copy, run as it stands, in a real shell: with curl, and with the command. */

const PASSWORD = "it's a $ecret"

let server: TestServer
let folder: string
let token: string
let boss: string
let program: Awaited<ReturnType<typeof writeWarmProgram>>
before(async () => {
  server = await testServer()
  const { user } = await person(server, 'boss', 'owner')
  boss = user.id
  token = await tokenOf(server, user, [...ROLES.owner, 'read', 'write'])
  folder = mkdtempSync(join(tmpdir(), 'claviger-shell-'))
  program = await writeWarmProgram(folder, { CLAVIGER_DATA_DIR: server.dataDir }, ['--yes'])
})
after(async () => {
  await program.close()
  await server.stop()
  rmSync(folder, { recursive: true })
})

/** What a person's shell would do with the line; what is secret stands in its variables. */
async function shell(line: string, credential = ''): Promise<{ out: string; err: string; code: number }> {
  const PATH = [folder, process.env['PATH']].join(delimiter)
  const env = { PATH, CLAVIGER_TOKEN: token, CREDENTIAL: credential, PASSWORD }
  const child = spawn('sh', ['-c', line], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { out, err, code }
}

async function runBoth(operation: Shown, one: Case): Promise<void> {
  const { world, url } = server
  const context = { me: 'boss', now: Math.floor(Date.now() / 1000) }
  const told: unknown[] = []
  const seen: unknown[] = []
  const ways = BY_COMMAND_ALONE.includes(operation) ? (['command'] as const) : (['curl', 'command'] as const)
  for (const by of ways) {
    const { what, credential, see } = await one(world, boss, PASSWORD)
    const asked = what as Asked<Shown>
    const [untouched, line] = [
      await see?.(),
      by === 'curl' ? asCurl(url, OPERATIONS[operation].on, asked) : asCommand(operation, asked, context),
    ]
    const { out, err, code } = await shell(
      by === 'curl' ? line.replace('curl', 'curl -sS --fail-with-body') : see ? line : `${line} --json`,
      credential,
    )
    assert.equal(code, 0, `${line}\n${out}${err}`)
    if (!see) told.push(gist(JSON.parse(out)))
    else {
      const effect = await see()
      assert.notDeepEqual(effect, untouched, `nothing came of ${line}\n${out}${err}`)
      seen.push(effect)
    }
  }
  assert.deepEqual(told[0], told.at(-1), `${operation}: curl and command tell the same`)
  assert.deepEqual(seen[0], seen.at(-1), `${operation}: curl and command do the same`)
}

/** What two ways of telling have in common: which things they name, or what they judged. */
function gist(told: Record<string, unknown>): unknown {
  const items = told['items'] as Record<string, unknown>[] | undefined
  const name = (item: Record<string, unknown>) =>
    String(item['variable'] ?? item['audience'] ?? item['client_id'] ?? item['kid'] ?? item['id'])
  const named = (item: Record<string, unknown>) => ('event' in item || 'kind' in item ? String(item['id']) : name(item))
  return items ? items.map(named).sort() : { active: told['active'], reason: told['reason'] ?? null }
}

const IDS = Object.keys(COMMANDS) as Shown[]
/** What lists, and what is about the keys of the house, is run by itself: it would see what others do. */
const ALONE = IDS.filter(id => /signing-keys|^GET/.test(OPERATIONS[id].on.join(' ')))
const GROUPS = {
  'lists, and changes of signing keys': { ids: ALONE, atOnce: 1 },
  'changes of everything else': { ids: IDS.filter(id => !ALONE.includes(id)), atOnce: 3 },
}

for (const [name, { ids, atOnce }] of Object.entries(GROUPS))
  test(`the curl and the command that the console shows do the same as each other: ${name}`, async () => {
    const wrong: string[] = []
    const waiting = ids.flatMap(id => CASES[id].map(one => ({ id, one })))
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        await runBoth(next.id, next.one).catch((error: Error) => wrong.push(error.message))
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    assert.deepEqual(wrong, [])
  })

test('a line with curl is left out exactly where no token may ask', () => {
  const sessionsOnly = IDS.filter(id => OPERATIONS[id].needs.length === 0)
  assert.deepEqual([...BY_COMMAND_ALONE].sort(), sessionsOnly.sort())
})
