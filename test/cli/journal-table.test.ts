import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { rotateKey } from '../../src/core/credentials/rotate-key.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { testServer } from '../kit/server.ts'

const BINARY = join(import.meta.dirname, '..', '..', 'bin', 'claviger')
/** Runs it at a terminal of so many columns (util-linux). */
const atTerminal = (line: string, columns: number, env: Record<string, string>) =>
  spawnSync('script', ['-qec', `stty cols ${columns}; ${line}`, '/dev/null'], {
    encoding: 'utf8',
    env: { ...env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, TZ: 'UTC' },
  })
const missing = spawnSync('script', ['--version']).status !== 0 && 'there is no script(1) on this machine'

test('at a terminal the journal is a table that fits 100 columns, and 80, with every word of its sentences', {
  skip: missing,
}, async () => {
  await using server = await testServer()
  const { world } = server
  const handle = 'a-partner@integration.example'
  const { id: userId } = await createUser(world, OPERATOR, { handle })
  const name = 'nightly report of all the orders that were sent abroad'
  const { credential } = await issueKey(world, OPERATOR, { kind: 'api-key', userId, name, scopes: ['read'] })
  await rotateKey(world, OPERATOR, { credentialId: credential.id, overlapSeconds: 7200 })
  for (const columns of [100, 80]) {
    const { stdout } = atTerminal(`"${BINARY}" journal list`, columns, { CLAVIGER_DATA_DIR: server.dataDir })
    const lines = stdout
      .replace(/\u001b\[[0-9;]*m/g, '')
      .trim()
      .split(/\r?\n/)
    assert.deepEqual(
      lines.filter(line => [...line].length > columns),
      [],
    )
    const words = lines.map(line => line.split('│')[2]?.trim() ?? '').join(' ')
    assert.ok(
      words.includes(`replaced API key “${name}” of ${handle} by a new one; the old one works for another 2 hours`),
      stdout,
    )
    assert.match(stdout, /│ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d │/)
  }
})
