import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { EXIT } from '../../src/cli/output/exit-codes.ts'
import { command, installationFolder } from '../kit/command.ts'

test('an answer comes as JSON, JSON lines, CSV, YAML or ids, whole and readable again', async () => {
  await using folder = await installationFolder()
  const run = (...words: string[]) => command(words, { env: { CLAVIGER_DATA_DIR: folder.path } })
  await run('user', 'create', '--handle', 'ada', '--first-name', '=HYPERLINK("http://evil")', '--last-name', 'a "b", c')
  await run('user', 'create', '--handle', 'eve', '--first-name', 'no', '--scope', 'read write')
  const { items } = (await run('user', 'list', '--json')).json as { items: Record<string, unknown>[] }
  assert.equal(items.length, 2)
  assert.deepEqual((await run('user', 'list', '-o', 'json')).json, { items, next_cursor: null })
  const lines = (await run('user', 'list', '--output', 'jsonl')).stdout.trim().split('\n')
  assert.deepEqual(
    lines.map(line => JSON.parse(line)),
    items,
  )
  assert.deepEqual(parse((await run('user', 'list', '-o', 'yaml')).stdout), { items, next_cursor: null })
  assert.equal((await run('user', 'list', '-o', 'id')).stdout, items.map(({ id }) => `${id}\n`).join(''))
  assert.equal((await run('user', 'get', 'ada', '-o', 'id')).stdout, `${items[1]?.['id']}\n`)
  const csv = (await run('user', 'list', '-o', 'csv')).stdout
  assert.ok(csv.startsWith('id,number,handle,'), csv)
  // No spreadsheet runs a name; quotes and commas stay in their cell.
  assert.ok(csv.includes(`"'=HYPERLINK(""http://evil"")","a ""b"", c"`), csv)
  assert.match((await run('user', 'list', '-o', 'table')).stdout, /│ handle/)
})

test('a format that there is not, and one that would lose a secret, are refused before anything is done', async () => {
  await using folder = await installationFolder()
  const run = (...words: string[]) => command(words, { env: { CLAVIGER_DATA_DIR: folder.path } })
  await run('user', 'create', '--handle', 'ada')
  const odd = await run('user', 'list', '-o', 'xml')
  assert.deepEqual([odd.code, odd.stdout], [2, ''])
  assert.match(odd.stderr, /--output must be one of table, json, jsonl, csv, yaml, id, not "xml"/)
  const lost = await run('token', 'create', '--user', 'ada', '--name', 'ci', '-o', 'id')
  assert.deepEqual([lost.code, lost.stdout], [2, ''])
  assert.match(lost.stderr, /would lose the secret/)
  assert.equal((await run('token', 'list', '-o', 'id')).stdout, '')
})

test('help is of the exact command, wherever it is said, and of the exit codes', async () => {
  for (const words of [
    ['help', 'token', 'create'],
    ['token', 'help', 'create'],
    ['token', 'create', '--help'],
  ])
    assert.match((await command(words)).stdout, /claviger token create [\s\S]*--expires <time>/, words.join(' '))
  const codes = (await command(['help', 'exit-codes'])).stdout
  for (const code of Object.values(EXIT)) assert.match(codes, new RegExp(`^ +${code}  \\w`, 'm'))
  assert.match((await command(['help', 'output'])).stdout, /csv/)
  assert.match((await command(['help'])).stdout, /signing-key/)
  assert.equal((await command(['help', 'nonsense'])).code, 2)
})

test('a secret that is typed as an argument is refused with the way in that others cannot list', async () => {
  for (const [words, way] of [
    [['user', 'create', '--handle', 'ada', '--password', 'x'], '--password-stdin'],
    [['login', '--url', 'http://127.0.0.1:9', '--token', 'x'], '--with-token'],
  ] as const) {
    const outcome = await command([...words])
    assert.deepEqual([outcome.code, outcome.stdout], [2, ''])
    assert.match(outcome.stderr, new RegExp(`never typed as an argument.*${way}`))
  }
})

test('one setting is shown with where it comes from, and no secret is', async () => {
  const env = { CLAVIGER_PORT: '9001', CLAVIGER_MASTER_KEY: 'm'.repeat(40) }
  const port = await command(['config', 'get', 'port', '--json'], { env })
  assert.deepEqual([port.json['value'], port.json['origin']], ['9001', 'environment'])
  assert.equal((await command(['config', 'get', 'CLAVIGER_PORT', '-q'], { env })).stdout, '9001\n')
  const key = await command(['config', 'get', 'CLAVIGER_MASTER_KEY', '--show-origin'], { env })
  assert.deepEqual([key.stdout, key.stderr.includes('environment')], ['(secret)\n', true])
  const none = await command(['config', 'get', 'nonsense'], { env })
  assert.equal(none.code, 5)
  assert.match(none.stderr, /There is no setting "nonsense"/)
})
