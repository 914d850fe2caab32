import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCredential } from '../../src/core/check/check-credential.ts'
import { sealImportedPassword } from '../../src/core/check/imported-password.ts'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { issueUserToken } from '../../src/core/credentials/issue/issue-user-token.ts'
import { derivePair } from '../../src/crypto/derived-pair.ts'
import { dayOf } from '../../src/model/credentials/day.ts'
import { DAY } from '../../src/model/span.ts'
import { OPERATOR, SYSTEM } from '../../src/model/users/actor.ts'
import { ANONYMOUS } from '../kit/acts.ts'
import { person } from '../kit/admin.ts'
import { PASSWORD } from '../kit/cast.ts'
import { type TestServer, testServer } from '../kit/server.ts'

const KEY = 'django-insecure-old-site'
const settings = { CLAVIGER_TOKENAPI_DJANGO_SECRET_KEY: KEY, CLAVIGER_TOKENAPI_TIMEOUT_DAYS: '365' }

/** Somebody who came from a Django site, and the token that site derived for them today. */
async function imported(server: TestServer) {
  const { world } = server
  const ann = await person(server, 'ann', 'user', { password: PASSWORD })
  await world.users.change(
    ann.user.id,
    { importedPassword: sealImportedPassword(world, 'pbkdf2$x') },
    { at: world.now(), event: 'changed', about: 'user', actor: 'operator' },
  )
  const { number } = ann.user
  const token = derivePair(KEY, { number, password: 'pbkdf2$x', day: dayOf(world.now()) })
  const works = async () => {
    const { status, ok } = await fetch(`${server.url}/token/${token}/${number}.json`)
    assert.ok(ok || status === 404 || status === 403 || status === 401, String(status))
    return (
      ok &&
      (await world.credentials.list({ userId: ann.user.id, kinds: ['token-pair'], status: 'active' }, { limit: 2 }))
        .items.length > 0
    )
  }
  return { ann, works }
}

test('ending all credentials of somebody also ends tokens of the old site that were never shown here', async () => {
  await using server = await testServer(settings)
  const { ann, works } = await imported(server)
  const admin = await person(server, 'boss', 'owner')
  const ended = await admin.ask('POST', '/v1/credentials/revoke', { owner_id: ann.user.id })
  assert.equal(ended.status, 200, ended.text)
  assert.equal(await works(), false)
})

test('a revoked token of the old site stays revoked when its row is swept', async () => {
  await using server = await testServer(settings)
  const { ann, works } = await imported(server)
  const { world } = server
  assert.equal(await works(), true)
  const admin = await person(server, 'boss', 'owner')
  const { items } = await world.credentials.list({ userId: ann.user.id, kinds: ['token-pair'] }, { limit: 1 })
  assert.equal((await admin.ask('POST', '/v1/credentials/revoke', { ids: [items[0]?.id] })).status, 200)
  assert.equal(await works(), false)
  await world.retention.purge(world.now() + 100 * DAY, {
    expired: DAY,
    revoked: 90 * DAY,
    usage: DAY,
    networks: DAY,
    minutes: DAY,
    journal: 400 * DAY,
    revocations: 400 * DAY,
    applications: 400 * DAY,
    documents: 400 * DAY,
    registrations: 400 * DAY,
    notices: 400 * DAY,
    turn: 0,
    limit: 100,
  })
  assert.equal(await works(), false)
})

test('a check writes a row for a token of the old site alone, once, and only where its secret is set', async () => {
  for (const [where, expected] of [
    [settings, 1],
    [{}, 0],
  ] as const) {
    await using server = await testServer(where)
    const { world, installation } = server
    const { ann } = await imported(server)
    const { number } = ann.user
    const token = derivePair(KEY, { number, password: 'pbkdf2$x', day: dayOf(world.now()) })
    const { secret } = await issueKey(world, OPERATOR, { kind: 'api-key', userId: ann.user.id, name: 'k' })
    const jwt = await issueUserToken(world, ANONYMOUS, { name: 'ann', password: PASSWORD })
    const rows = async () =>
      (await installation.engine.db.selectFrom('credentials').select('fingerprint').execute()).length
    const before = await rows()
    const shown = [
      secret,
      jwt,
      'clv_key_mistyped',
      'a.b.c',
      'jti 1',
      `${number}:${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`,
    ]
    for (const presented of shown)
      await checkCredential(world, SYSTEM, { presented: { secret: presented }, dialects: 'any' })
    assert.equal(await rows(), before, 'all of these are read')
    for (let i = 0; i < 2; i++)
      await checkCredential(world, SYSTEM, { presented: { secret: `${number}:${token}` }, dialects: 'any' })
    assert.equal(await rows(), before + expected)
    assert.equal(world.finders.filter(({ writes }) => writes).length, expected)
  }
})
