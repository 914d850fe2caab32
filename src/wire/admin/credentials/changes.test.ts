import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asUser } from '../../../../test/kit/acts.ts'
import { bearer, type Person, person, tokenOf } from '../../../../test/kit/admin.ts'
import { issue } from '../../../../test/kit/house.ts'
import { type TestServer, testServer } from '../../../../test/kit/server.ts'
import { issueKey } from '../../../core/credentials/issue/issue-key.ts'
import { openSession } from '../../../core/sign-in/sessions/open-session.ts'
import { OPERATOR } from '../../../model/users/actor.ts'

type Shown = Record<string, unknown> & { id: string; status: string }

const keyOf = (server: TestServer, { user }: Person, scopes?: string[]) =>
  issueKey(server.world, OPERATOR, { kind: 'api-key', userId: user.id, name: 'k', ...(scopes && { scopes }) })

const whoami = async (server: TestServer, secret: string) => {
  const answer = await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${secret}` } })
  const body = (await answer.json()) as { reason?: string; scopes?: string[] }
  return [answer.status, body.reason ?? body.scopes?.join(' ')]
}

test('all of a key can be changed, its secret stays, and what is taken away is refused from that moment', async () => {
  await using server = await testServer()
  const ada = await person(server, 'ada')
  const { secret, credential } = await keyOf(server, ada, ['read', 'write'])
  const at = `/v1/credentials/${credential.id}`
  assert.deepEqual(await whoami(server, secret), [200, 'read write'])
  const end = Math.floor(Date.now() / 1000) + 3600
  const change = {
    ...{ name: 'Report', note: 'On the build server.\nAsk Bob.', scopes: ['read'], networks: ['127.0.0.1'] },
    ...{ expires_at: end, metadata: { team: 'billing' } },
  }
  const changed = await ada.ask('PATCH', at, change)
  assert.equal(changed.status, 200, changed.text)
  assert.partialDeepStrictEqual(changed.body, { ...change, status: 'active' })
  assert.deepEqual(await whoami(server, secret), [200, 'read'])
  const cleared = { note: null, networks: [], expires_at: null, metadata: null, scopes: null }
  const back = await ada.ask('PATCH', at, cleared)
  assert.partialDeepStrictEqual(back.body, { ...cleared, networks: null, metadata: {}, name: 'Report' })
  assert.deepEqual((await ada.ask('PATCH', at, {})).body['name'], 'Report')
})

test('a disabled key is refused with that reason and listed as disabled until it is enabled again', async () => {
  await using server = await testServer()
  const ada = await person(server, 'ada')
  const staff = await person(server, 'sam', 'operator')
  const { secret, credential } = await keyOf(server, ada, ['read'])
  const at = `/v1/credentials/${credential.id}`
  const list = async (status: string) =>
    ((await ada.ask('GET', `/v1/credentials?owner=me&status=${status}`)).body['items'] as Shown[]).map(({ id }) => id)
  const off = (await ada.ask('PATCH', at, { active: false })).body as Shown
  assert.equal(off.status, 'disabled')
  assert.deepEqual(off['disabled_by'], { id: ada.user.id, name: 'ada' })
  // A caller that knows the first reasons alone hears the nearest of them.
  assert.deepEqual(await whoami(server, secret), [401, 'revoked'])
  const known = await fetch(`${server.url}/v1/whoami`, {
    headers: { authorization: `Bearer ${secret}`, 'claviger-reasons': 'disabled revoked' },
  })
  assert.equal(((await known.json()) as { reason: string }).reason, 'disabled')
  assert.deepEqual([await list('disabled'), await list('active')], [[credential.id], []])
  assert.equal((await ada.ask('POST', `${at}/rotate`, {})).status, 409, 'its successor would work')

  assert.equal((await ada.ask('PATCH', at, { active: true })).status, 200)
  assert.deepEqual(await whoami(server, secret), [200, 'read'])
  assert.deepEqual([await list('disabled'), await list('active')], [[], [credential.id]])

  await staff.ask('PATCH', at, { active: false })
  const forced = await ada.ask('PATCH', at, { active: true })
  assert.equal(forced.status, 403, forced.text)
  assert.match(String(forced.body['detail']), /operator/)
  assert.equal((await staff.ask('PATCH', at, { active: true })).status, 200)

  const { items } = await server.world.journal.list({ credentialId: credential.id, event: 'changed' }, { limit: 9 })
  assert.deepEqual(items.map(({ detail, actor }) => [detail?.['active'], actor]).toReversed(), [
    [false, ada.user.id],
    [true, ada.user.id],
    [false, staff.user.id],
    [true, staff.user.id],
  ])
})

test('a key is widened within what its owner and the one who asks hold, and narrowed by everybody who may change it', async () => {
  await using server = await testServer()
  const limited = await person(server, 'lim', 'user', { scopes: ['read'] })
  const ada = await person(server, 'ada', 'admin')
  const staff = await person(server, 'sam', 'operator')
  const own = `/v1/credentials/${(await keyOf(server, limited, [])).credential.id}`
  assert.equal((await limited.ask('PATCH', own, { scopes: ['read'] })).status, 200)
  assert.equal((await limited.ask('PATCH', own, { scopes: ['read', 'write'] })).status, 400)
  const beyond = await staff.ask('PATCH', own, { scopes: ['read', 'write'] })
  assert.match(String(beyond.body['detail']), /owner/, 'its owner could not use it')

  const admins = `/v1/credentials/${(await keyOf(server, ada, ['read', 'users:read'])).credential.id}`
  for (const gift of [
    { scopes: ['read', 'users:read', 'write'] },
    { scopes: null },
    { expires_at: Math.floor(Date.now() / 1000) + 60, active: false },
  ]) {
    const asked = await staff.ask('PATCH', admins, gift)
    assert.equal(asked.status, 'active' in gift ? 200 : 403, asked.text)
  }
  for (const gift of [{ active: true }, { expires_at: null }])
    assert.equal((await staff.ask('PATCH', admins, gift)).status, 403, 'it would do again what they may not')
  assert.equal((await staff.ask('PATCH', admins, { scopes: ['users:read'] })).status, 200, 'narrower')
  const token = bearer(server, await tokenOf(server, ada.user, ['credentials:write']))
  assert.equal((await token('PATCH', admins, { active: true })).status, 400, 'a token gives no more than it carries')
  assert.equal((await token('PATCH', admins, { name: 'n', scopes: [] })).status, 200)
})

test('each kind says what of it can be changed, and what has ended cannot be changed at all', async () => {
  await using server = await testServer({ CLAVIGER_DIALECTS: 'zebbra,tokenapi' })
  const ada = await person(server, 'ada', 'admin')
  const change = async (id: string, body: object) => {
    const answer = await ada.ask('PATCH', `/v1/credentials/${id}`, body)
    return [answer.status, String(answer.body['detail'] ?? '')] as const
  }
  const pair = await issue(server.world, 'token-pair', ada.user)
  assert.equal((await change(pair.credentialId, { name: 'Phone', note: 'n', expires_at: null, active: false }))[0], 200)
  assert.deepEqual(await change(pair.credentialId, { scopes: [] }), [
    400,
    'A credential of the kind token_pair has no scopes to change.',
  ])
  const session = await openSession(server.world, asUser(ada.user), { methods: ['pwd'] })
  for (const [id, says] of [
    [(await issue(server.world, 'user-token', ada.user)).credentialId, /user token cannot be changed/],
    [session.credential.id, /session cannot be changed/],
  ] as const) {
    const [status, detail] = await change(id, { name: 'n' })
    assert.equal(status, 409)
    assert.match(detail, says)
  }
  const gone = (await keyOf(server, ada)).credential.id
  await ada.ask('POST', `/v1/credentials/${gone}/revoke`, {})
  assert.deepEqual(await change(gone, { name: 'n' }), [409, 'It was revoked, for good. Make a new one.'])
  const old = (await keyOf(server, ada)).credential.id
  assert.equal((await ada.ask('POST', `/v1/credentials/${old}/rotate`, { overlap_seconds: 60 })).status, 201)
  assert.match((await change(old, { expires_at: null }))[1], /overlap/)
  assert.equal((await change(old, { note: 'the old one' }))[0], 200)
  assert.equal((await change('0'.repeat(24), { name: 'n' }))[0], 404)
})

test('what a key is changed to is checked field by field', async () => {
  await using server = await testServer()
  const ada = await person(server, 'ada')
  const { credential } = await keyOf(server, ada)
  for (const [parameter, value] of [
    ['name', ' '],
    ['note', 'a\u202Eb'],
    ['expires_at', 5],
    ['networks', ['office']],
    ['metadata', { 'not a name': 'x' }],
    ['metadata', Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v']))],
    ['scopes', ['not a scope']],
    ['owner_id', 'me'],
  ] as const) {
    const answer = await ada.ask('PATCH', `/v1/credentials/${credential.id}`, { [parameter]: value })
    assert.equal(answer.status, 400, `${parameter} ${answer.text}`)
    assert.match(String(answer.body['parameter']), new RegExp(`^${parameter.replace(/s$/, '')}`))
  }
  assert.deepEqual(await server.world.credentials.byId(credential.id), credential)
})

test('note and metadata are given when a key is made, and go over to the one that replaces it', async () => {
  await using server = await testServer()
  const ada = await person(server, 'ada')
  const said = { note: 'In CI', metadata: { team: 'billing' } }
  const made = await ada.ask('POST', '/v1/credentials', { kind: 'api_key', name: 'k', scopes: [], ...said })
  const { id } = made.body['credential'] as Shown
  const next = await ada.ask('POST', `/v1/credentials/${id}/rotate`, {})
  assert.partialDeepStrictEqual(next.body['credential'], said)
})
