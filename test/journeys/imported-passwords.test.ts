import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import bcrypt from 'bcryptjs'
import { addUser } from '../kit/cast.ts'
import { testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* Stored strings of another system that cannot or must not be checked: said at import, and a wrong password ever after. */

const TAIL = 'jn8Z1ymCnKECkVc1LjGnQOPYkSsUvYwhavoVkj6tRSJ0LlBY1KJJq'
const UNUSABLE = {
  dear: `bcrypt$$2b$31$${TAIL.slice(0, 53)}`,
  bare: `$2y$31$${TAIL.slice(0, 53)}`,
  cut: 'bcrypt$$2b$12$short',
  salt: `bcrypt_sha256$$2b$xx$${TAIL.slice(0, 53)}`,
  rounds: `pbkdf2_sha256$99999999$salt$${'A'.repeat(43)}=`,
  part: 'pbkdf2_sha256$1000$salt$AAAAAAAAAAAAAAAAAAAAAA==',
  memory: `argon2$argon2id$v=19$m=0,t=0,p=0$c2Vhc2FsdDE$${'A'.repeat(43)}`,
  odd: `scrypt$16383$salt$8$1$${'A'.repeat(86)}==`,
}

test('what is damaged or takes too long to check is said at import, and signs nobody in, without an error', async () => {
  await using server = await testServer()
  const file = join(server.dataDir, 'users.json')
  const good = await bcrypt.hash('GGGGGG', 10)
  const records = Object.entries({ ...UNUSABLE, fine: `bcrypt$${good}` }).map(([username, password], i) => ({
    model: 'auth.user',
    pk: i + 1,
    fields: { username, password, is_active: true },
  }))
  await writeFile(file, JSON.stringify(records))
  const env = { CLAVIGER_DATA_DIR: server.dataDir }
  const { json } = await command(['import', 'django', file, '--json'], { env })
  const remarks = json['remarks'] as { handle: string; remark: string }[]
  assert.deepEqual(
    remarks.map(({ handle }) => handle),
    Object.keys(UNUSABLE),
  )
  for (const { remark } of remarks) assert.match(remark, /damaged or takes too long to check; set a new one$/)

  const sign = async (path: string, username: string) =>
    (await fetch(server.url + path, { method: 'POST', body: new URLSearchParams({ username, password: 'GGGGGG' }) }))
      .status
  for (const name of Object.keys(UNUSABLE)) {
    assert.equal(await sign('/token/new.json', name), 401, name)
    assert.equal(await sign('/token', name), 401, name)
  }
  assert.equal(await sign('/token/new.json', 'fine'), 200)
})

test('such a string that an earlier version stored is a wrong password, too', async () => {
  await using server = await testServer()
  const entry = { at: 0, event: 'changed', about: 'user', actor: 'operator' } as const
  for (const [handle, password] of Object.entries(UNUSABLE)) {
    const { id } = await addUser(server.world, handle)
    await server.world.users.change(id, { password }, entry)
    const body = new URLSearchParams({ username: handle, password: 'x' })
    assert.equal((await fetch(`${server.url}/token`, { method: 'POST', body })).status, 401, handle)
  }
  assert.equal((await server.world.users.foreignPasswords()).length > 0, true)
})
