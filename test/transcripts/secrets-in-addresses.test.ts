import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { createUser } from '../../src/core/users/create-user.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { caller } from '../kit/call.ts'
import { testServer } from '../kit/server.ts'

/** Everything below a folder, byte by byte. */
async function bytesBelow(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts = files.filter(one => one.isFile()).map(one => readFile(join(one.parentPath, one.name), 'latin1'))
  return (await Promise.all(texts)).join('\n')
}

test('secrets that old clients put into an address reach neither the log nor the disk', async () => {
  const lines: string[] = []
  await using server = await testServer({}, lines)
  const call = caller(server)
  const [password, newPassword, wrong] = ['GGGGGG-secret', 'HHHHHH-secret', '123-deadbeefdeadbeefdead']
  await createUser(server.world, OPERATOR, { handle: 'ada', password })
  const pair = await call('POST', '/token/new.json', { form: { username: 'ada', password } })
  const token = String(pair.body['token'])
  const bearer = String((await call('POST', '/token', { form: { username: 'ada', password } })).body['access_token'])

  assert.equal((await call('GET', `/token/${token}/1.json`)).status, 200)
  assert.equal((await call('GET', `/token/${wrong}/1.json`)).status, 401)
  assert.equal((await call('GET', `/token/${wrong}/nobody.json`)).status, 404)
  assert.equal((await call('GET', `/token/new.json?username=ada&password=${password}`)).status, 405)
  assert.equal((await call('POST', `/user?password=${newPassword}`, { bearer })).status, 200)
  await server.world.recorder.flush()

  const [log, disk] = [lines.join(''), await bytesBelow(server.dataDir)]
  assert.ok(log.includes('/token/new.json') && disk.includes('ada'), 'looked where things are written')
  for (const secret of [token, wrong, password, newPassword, bearer]) {
    assert.equal(log.includes(secret), false, `in the log: ${secret}`)
    assert.equal(disk.includes(secret), false, `on the disk: ${secret}`)
  }
})
