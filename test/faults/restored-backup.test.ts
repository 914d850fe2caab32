import assert from 'node:assert/strict'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { emptyFolder, makeInstallation, startCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { command } from '../kit/warm-command.ts'

test('after restoring a backup as docs/backup.md has it, nothing works that was revoked since, and new credentials do', async () => {
  await using folder = await emptyFolder()
  const [data, backup] = [join(folder.path, 'data'), join(folder.path, 'backup')]
  const env = { CLAVIGER_DATA_DIR: data }
  const ask = async (words: string[], input = '') => {
    const { code, stdout, stderr } = await command([...words, '--json'], { env, input })
    assert.equal(code, 0, stderr)
    return JSON.parse(stdout) as Record<string, unknown>
  }
  const isAlive = async (url: string, key: unknown) =>
    (await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${key}` } })).ok

  await makeInstallation(data)
  await ask(['user', 'create', '--handle', 'ada'])
  const key = await ask(['key', 'create', '--user', 'ada', '--name', 'leaked'])
  await cp(data, backup, { recursive: true })
  {
    await using server = await startCommand([], { env })
    await ask(['key', 'revoke', String(key['id']), '--yes'])
    await eventually(async () => !(await isAlive(server.url, key['key'])))
    assert.equal(await server.stop(), 0)
  }
  // As an operator does it: the database alone is put back, beside what is left of the lost one.
  for (const name of ['claviger.db-wal', 'claviger.db-shm']) await rm(join(data, name), { force: true })
  await cp(join(backup, 'claviger.db'), join(data, 'claviger.db'))
  {
    const refused = await command(['start', '--port', '0', '--json'], { env })
    assert.equal(refused.code, 10, refused.stderr)
    assert.match(refused.stderr, /claviger credential revoke-all --everything/)
    await rm(join(data, 'claviger.db-position'))
    await using server = await startCommand([], { env })
    assert.ok(await isAlive(server.url, key['key']), 'the restored database knows nothing of the revocation')
  }
  await ask(['credential', 'revoke-all', '--yes', '--everything'])
  await using server = await startCommand([], { env })
  assert.ok(!(await isAlive(server.url, key['key'])))
  const fresh = await ask(['key', 'create', '--user', 'ada', '--name', 'new'])
  assert.ok(await isAlive(server.url, fresh['key']))

  const both = await command(['credential', 'revoke-all', '--yes', '--everything', '--user', 'ada'], { env })
  assert.deepEqual([both.code, await isAlive(server.url, fresh['key'])], [2, true])
})
