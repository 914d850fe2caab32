import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyFolder, startCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { command } from '../kit/warm-command.ts'

type Check = { name: string; state: string; found: string; fix?: string }

async function proxies(env: Record<string, string>): Promise<Check | undefined> {
  const { json } = await command(['doctor', '--json'], { env })
  return (json['checks'] as Check[]).find(({ name }) => name === 'proxies')
}
const warnings = (text: string): string[] => text.split('\n').filter(line => line.includes('CLAVIGER_TRUST_PROXY'))

test('a proxy that is not listed is told of once in the log, then by doctor and at the next start, until it is listed', async () => {
  await using folder = await emptyFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path }
  {
    await using server = await startCommand([], { env })
    assert.deepEqual(warnings(server.stdout()), [])
    await fetch(`${server.url}/livez`)
    assert.equal((await proxies(env))?.state, 'ok')
    for (const header of ['x-forwarded-for', 'forwarded', 'x-forwarded-for'])
      await fetch(`${server.url}/v1/whoami`, { headers: { [header]: 'for=203.0.113.9' } })
    await eventually(async () => (await proxies(env))?.state === 'warn')
    const [line = '', ...more] = warnings(server.stderr())
    assert.match(line, /"level":40.*127\.0\.0\.1 sends X-Forwarded-For/)
    assert.deepEqual(more, [])
  }
  const concern = await proxies(env)
  assert.match(concern?.found ?? '', /127\.0\.0\.1 .* not in CLAVIGER_TRUST_PROXY/)
  assert.match(concern?.fix ?? '', /Add 127\.0\.0\.1 to CLAVIGER_TRUST_PROXY/)
  {
    await using server = await startCommand([], { env })
    assert.match(warnings(server.stdout())[0] ?? '', /^warning: 127\.0\.0\.1 /)
  }
  const listed = { ...env, CLAVIGER_TRUST_PROXY: '127.0.0.1/32' }
  await using server = await startCommand([], { env: listed })
  await fetch(`${server.url}/v1/whoami`, { headers: { 'x-forwarded-for': '203.0.113.9' } })
  assert.deepEqual(warnings(server.stdout() + server.stderr()), [])
  assert.equal((await proxies(listed))?.state, 'ok')
})

test('an https address without a listed proxy is a warning at the start and in doctor', async () => {
  await using folder = await emptyFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_URL: 'https://auth.example' }
  {
    await using server = await startCommand([], { env })
    assert.match(warnings(server.stdout())[0] ?? '', /^warning: CLAVIGER_URL is https/)
  }
  assert.equal((await proxies(env))?.state, 'warn')
  const listed = { ...env, CLAVIGER_TRUST_PROXY: '10.0.0.0/8' }
  await using server = await startCommand([], { env: listed })
  assert.deepEqual(warnings(server.stdout()), [])
  assert.deepEqual((await proxies(listed))?.found, '10.0.0.0/8')
})
