import assert from 'node:assert/strict'
import { test } from 'node:test'
import { installationFolder, startCommand } from '../kit/command.ts'
import { command } from '../kit/warm-command.ts'

/* A command in one place and a server of another: what is made here is not there, and the command says so. */

test('setup-link and doctor notice that the server at the address uses another database, and only then', async () => {
  await using theirs = await installationFolder()
  await using other = await installationFolder()
  await using server = await startCommand([], { env: { CLAVIGER_DATA_DIR: theirs.path } })
  const at = (dataDir: string) => ({ env: { CLAVIGER_DATA_DIR: dataDir, CLAVIGER_URL: server.url } })

  const lost = await command(['setup-link'], at(other.path))
  assert.deepEqual([lost.code, lost.stdout], [3, ''], lost.stderr)
  assert.ok(lost.stderr.includes(`uses another database than the one in ${other.path}`), lost.stderr)
  assert.match((await command(['doctor'], at(other.path))).stdout, /uses another database than this one/)

  const link = await command(['setup-link'], at(theirs.path))
  assert.equal(link.code, 0, link.stderr)
  assert.equal((await fetch(link.stdout.trim())).status, 200)
  const well = await command(['doctor'], at(theirs.path))
  assert.match(well.stdout, /the server at \S+ uses this one/)
  assert.doesNotMatch(well.stdout, /another database/)

  await server.stop()
  assert.equal(
    (await command(['setup-link'], at(other.path))).code,
    0,
    'where no server answers there is nothing to say',
  )
})
