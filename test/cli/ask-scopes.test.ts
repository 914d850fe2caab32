import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { api, person } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'

const TERMINAL: string = 'script'
const terminal = spawnSync(TERMINAL, ['-qec', 'true', '/dev/null']).status === 0

test('on a terminal a key without a word about its scopes is asked what it may do, and the scopes are picked', async t => {
  if (!terminal) return t.skip('no program here that gives a terminal (script)')
  await using server = await testServer()
  const { world } = server
  await person(world, 'ada')
  await api(server, 'https://tickets.example', { scopes: ['tickets:read'] })
  const binary = join(import.meta.dirname, '..', '..', 'bin', 'claviger')
  const make = async (name: string, answers: readonly (readonly [RegExp, string])[], more = '') => {
    const line = `stty cols 100 rows 40; exec "${process.execPath}" "${binary}" key create --user ada --name ${name} ${more}`
    const env = { ...process.env, CLAVIGER_DATA_DIR: server.dataDir }
    const child = spawn(TERMINAL, ['-qec', line, '/dev/null'], { env })
    const waiting = [...answers]
    let shown = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      shown += part
      const [question, keys] = waiting[0] ?? []
      if (!question?.test(shown) || keys === undefined) return
      waiting.shift()
      child.stdin.write(keys)
    })
    await once(child, 'close')
    const { items } = await world.credentials.list({ search: name }, { limit: 1 })
    return { scopes: items[0]?.scopes, asked: /What may it do\?/.test(shown) }
  }
  // The first choice, then the group of the API, then the end.
  const some = await make('picked', [
    [/What may it do\?[\s\S]*nothing/, '\r'],
    [/Scopes \(space[\s\S]*tickets:read/, ' '],
    [/◼|\[\+\]/, '\r'],
  ])
  assert.deepEqual(some, { scopes: ['tickets:read'], asked: true })
  assert.deepEqual(await make('said', [], '--no-scopes'), { scopes: [], asked: false })
})
