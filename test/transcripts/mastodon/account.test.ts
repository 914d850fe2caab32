import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { PASSWORD } from '../../kit/cast.ts'
import { mastodonClient } from '../../kit/mastodon.ts'
import { testServer } from '../../kit/server.ts'
import { knowsPassword } from '../../kit/stored-password.ts'

const server = await testServer()
after(() => server[Symbol.asyncDispose]())
const { call, register, newUser, userToken, appToken, works } = mastodonClient(server)

const app = await register({ website: 'https://tusk.example/', scopes: 'read write profile push' })
await newUser('admin', { role: 'admin' })
const zork = await newUser('the_mighty_zork', { email: 'zork@example.org', firstName: 'Zork', lastName: 'Mighty' })
const zorks = await userToken(app, 'the_mighty_zork')
const verify = (token: string) => call('GET', '/api/v1/accounts/verify_credentials', { token })
const REFUSED = { error: 'This action is outside the authorized scopes' }

const ACCOUNT = [
  'id',
  'username',
  'acct',
  'display_name',
  'locked',
  'discoverable',
  'bot',
  'group',
  'created_at',
  'note',
  'url',
  'uri',
  'avatar',
  'avatar_static',
  'header',
  'header_static',
  'followers_count',
  'following_count',
  'statuses_count',
  'last_status_at',
  'emojis',
  'fields',
  'source',
  'role',
  'roles',
]

test('GT-16 the account is the stored user, in the shape of the family', async () => {
  const answer = await verify(zorks)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const { body } = answer
  assert.deepEqual(Object.keys(body), ACCOUNT)
  assert.match(String(body['id']), /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
  assert.equal(String(body['id']).includes(zork.id.toUpperCase()), false)
  assert.equal(body['username'], 'the_mighty_zork')
  assert.equal(body['acct'], body['username'])
  assert.equal(body['display_name'], 'Zork Mighty')
  assert.equal(body['created_at'], new Date(zork.createdAt).toISOString())
  assert.equal(body['url'], `${server.url}/@the_mighty_zork`)
  assert.equal(body['last_status_at'], null)
  assert.deepEqual([body['emojis'], body['fields'], body['roles']], [[], [], []])
  assert.deepEqual(body['source'], {
    privacy: 'public',
    web_visibility: 'public',
    web_layout: 'microblog',
    sensitive: false,
    language: '',
    status_content_type: 'text/plain',
    note: '',
    fields: [],
    follow_requests_count: 0,
  })
  assert.equal(answer.text.includes('zork@example.org'), false)
})

test('the id of an account stays, the alias of the document answers the same, and its pictures are there', async () => {
  const { body } = await verify(zorks)
  assert.deepEqual((await call('GET', '/api/v1/verify_credentials', { token: zorks })).body, body)
  for (const key of ['avatar', 'header']) {
    const picture = await fetch(String(body[key]))
    assert.deepEqual([picture.status, picture.headers.get('content-type')], [200, 'image/svg+xml'])
  }
})

test('the content type of a GET without a body is of no interest, as in the sample of the document', async () => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${zorks}` }
  assert.equal((await call('GET', '/api/v1/accounts/verify_credentials', { headers })).status, 200)
  const lower = { authorization: `bearer ${zorks}` }
  assert.equal((await call('GET', '/api/v1/accounts/verify_credentials', { headers: lower })).status, 200)
})

test('GT-17 the role of a user allows nothing and is not shown off', async () => {
  assert.deepEqual((await verify(zorks)).body['role'], {
    id: 'user',
    name: 'user',
    color: '',
    permissions: '0',
    highlighted: false,
  })
})

test('GT-18 the role of an administrator allows something and is shown', async () => {
  const role = (await verify(await userToken(app, 'admin'))).body['role'] as Record<string, unknown>
  assert.equal(role['name'], 'admin')
  assert.ok(Number(role['permissions']) > 0)
  assert.equal(role['highlighted'], true)
})

test('MA-35 profile or read:accounts opens the account, write does not', async () => {
  for (const [scope, status] of [
    ['profile', 200],
    ['read:accounts', 200],
    ['read', 200],
    ['write', 403],
    ['write:accounts', 403],
    ['push', 403],
  ] as const) {
    const answer = await verify(await userToken(app, 'the_mighty_zork', scope))
    assert.equal(answer.status, status, scope)
    if (status === 403) assert.deepEqual(answer.body, REFUSED)
    else assert.ok(answer.body['source'])
  }
})

test('MA-36 userinfo by GET and POST needs profile', async () => {
  const token = await userToken(app, 'the_mighty_zork', 'profile')
  for (const method of ['GET', 'POST']) {
    const { status, body } = await call(method, '/oauth/userinfo', { token })
    assert.equal(status, 200)
    assert.deepEqual(Object.keys(body), ['iss', 'sub', 'name', 'preferred_username', 'profile', 'picture'])
    assert.equal(body['iss'], server.url)
    assert.equal(body['sub'], `${server.url}/users/the_mighty_zork`)
    assert.equal(body['preferred_username'], 'the_mighty_zork')
    const narrow = await call(method, '/oauth/userinfo', {
      token: await userToken(app, 'the_mighty_zork', 'read:accounts'),
    })
    assert.deepEqual([narrow.status, narrow.body], [403, REFUSED])
    assert.equal((await call(method, '/oauth/userinfo')).status, 401)
  }
})

test('a token of an application alone is no user: 422', async () => {
  const { status, body } = await verify(await appToken(app))
  assert.deepEqual([status, body], [422, { error: 'This method requires an authenticated user' }])
})

test('a disabled user is told so and is let in nowhere', async () => {
  const ada = await newUser('ada')
  const token = await userToken(app, 'ada')
  const entry = { at: Date.now(), event: 'changed', about: 'user', actor: 'operator' } as const
  await server.world.users.change(ada.id, { active: false }, entry)
  const { status, body } = await verify(token)
  assert.deepEqual([status, body], [403, { error: 'Your login is currently disabled' }])
})

const tokens = (path = '', token = zorks) => call('GET', `/api/v1/tokens${path}`, { token })
type Info = { id: string; scope: string; created_at: string; application: object }

test('GT-19 a token is described without its value', async () => {
  const [newest] = (await tokens()).body as unknown as Info[]
  const answer = await tokens(`/${newest?.id}`)
  assert.equal(answer.status, 200)
  const { last_used: lastUsed, ...info } = answer.body
  assert.deepEqual(Object.keys(info), ['id', 'created_at', 'scope', 'application'])
  assert.deepEqual(info['application'], { name: 'Tusk', website: 'https://tusk.example/' })
  if (lastUsed !== undefined) assert.match(String(lastUsed), /T\d\d:00:00\.000Z$/)
  assert.equal(answer.text.includes(zorks), false)
})

test("GT-20, GT-23 another user's token is not there: neither to be seen nor to be ended", async () => {
  const grace = await newUser('grace')
  const graces = await userToken(app, 'grace')
  const { items } = await server.world.credentials.list({ userId: grace.id, kinds: ['access-token'] }, { limit: 1 })
  const id = items[0]?.id
  const seen = await tokens(`/${id}`)
  assert.deepEqual([seen.status, seen.body], [404, { error: 'Not Found' }])
  const ended = await call('POST', `/api/v1/tokens/${id}/invalidate`, { token: zorks })
  assert.deepEqual([ended.status, ended.body], [404, { error: 'Not Found' }])
  assert.ok(await works(graces))
  for (const strange of ['x', '..', '0'.repeat(24)]) assert.equal((await tokens(`/${strange}`)).status, 404, strange)
})

test('GT-21 the list has the own tokens, newest first, and goes on where its Link says', async () => {
  await newUser('linus')
  const scopes = ['read', 'read:accounts', 'read write', 'profile read']
  const all: string[] = []
  for (const scope of scopes) all.push(await userToken(app, 'linus', scope))
  const linus = all[0] as string
  const list = async (query: string) => {
    const answer = await tokens(query, linus)
    assert.equal(answer.status, 200)
    const infos = answer.body as unknown as Info[]
    return { scopes: infos.map(({ scope }) => scope), ids: infos.map(({ id }) => id), link: answer.headers.get('link') }
  }
  const whole = await list('')
  assert.deepEqual(whole.scopes, [...scopes].reverse())
  const first = await list('?limit=2')
  assert.deepEqual(first.ids, whole.ids.slice(0, 2))
  assert.equal(
    first.link,
    `<${server.url}/api/v1/tokens?max_id=${whole.ids[1]}>; rel="next", <${server.url}/api/v1/tokens?min_id=${whole.ids[0]}>; rel="prev"`,
  )
  assert.deepEqual((await list(`?max_id=${whole.ids[1]}`)).ids, whole.ids.slice(2))
  assert.deepEqual((await list(`?since_id=${whole.ids[3]}&limit=1`)).ids, whole.ids.slice(0, 1))
  assert.deepEqual((await list(`?min_id=${whole.ids[3]}&limit=1`)).ids, whole.ids.slice(2, 3))
  assert.equal((await tokens('?limit=many', linus)).status, 400)
})

test('GT-22 a token ended by its owner is described once more, and is gone', async () => {
  await newUser('hopper')
  const mine = await userToken(app, 'hopper')
  const lost = await userToken(app, 'hopper', 'read')
  const [newest] = (await tokens('', mine)).body as unknown as Info[]
  const ended = await call('POST', `/api/v1/tokens/${newest?.id}/invalidate`, { token: mine })
  assert.deepEqual([ended.status, ended.body['scope']], [200, 'read'])
  assert.equal(await works(lost), false)
  assert.ok(await works(mine))
  assert.equal((await tokens(`/${newest?.id}`, mine)).status, 404)
})

const change = (token: string, form: Record<string, string>) =>
  call('POST', '/api/v1/user/password_change', { token, form })

test('GT-24 a password is changed: the new one signs in, the old one does not, other tokens end and this one stays', async () => {
  await newUser('babbage')
  const [mine, other] = [await userToken(app, 'babbage'), await userToken(app, 'babbage')]
  const { status, body } = await change(mine, { old_password: PASSWORD, new_password: 'a much better one' })
  assert.deepEqual([status, body], [200, {}])
  const { user, right } = await passwordOf('babbage', 'a much better one')
  assert.ok(user)
  assert.equal(right, true)
  assert.equal((await passwordOf('babbage', PASSWORD)).right, false)
  assert.ok(await works(mine))
  assert.equal(await works(other), false)
})

async function passwordOf(handle: string, password: string) {
  const user = await server.world.users.byName(handle)
  return { user, right: await knowsPassword(server.world, user?.id, password) }
}

test('GT-25 a missing old password is named', async () => {
  const { status, body } = await change(zorks, { new_password: 'a much better one' })
  assert.deepEqual([status, body], [400, { error: 'Bad Request: password change request missing field old_password' }])
})

test('GT-26 a wrong old password changes nothing', async () => {
  const { status, body } = await change(zorks, { old_password: 'wrong', new_password: 'a much better one' })
  assert.deepEqual([status, body], [401, { error: 'Unauthorized: old password was incorrect' }])
  assert.equal((await passwordOf('the_mighty_zork', PASSWORD)).right, true)
})

test('GT-27 a weak new password is refused with the reason', async () => {
  const { status, body } = await change(zorks, { old_password: PASSWORD, new_password: 'weak' })
  assert.deepEqual([status, body], [400, { error: 'The password has fewer than 6 characters.' }])
})

test('changing a password needs write:accounts', async () => {
  const token = await userToken(app, 'the_mighty_zork', 'read')
  const { status } = await change(token, { old_password: PASSWORD, new_password: 'a much better one' })
  assert.equal(status, 403)
})

test('what clients ask for right after signing in is answered, and guarded by its scope', async () => {
  const narrow = await userToken(app, 'the_mighty_zork', 'profile')
  for (const path of ['notifications', 'announcements', 'lists', 'filters']) {
    assert.deepEqual((await call('GET', `/api/v1/${path}`, { token: zorks })).body, [], path)
    assert.equal((await call('GET', `/api/v1/${path}`, { token: narrow })).status, 403, path)
    assert.equal((await call('GET', `/api/v1/${path}`)).status, 401, path)
  }
  assert.deepEqual((await call('GET', '/api/v1/custom_emojis')).body, [])
  const preferences = await call('GET', '/api/v1/preferences', { token: zorks })
  assert.equal(preferences.body['posting:default:visibility'], 'public')
})
