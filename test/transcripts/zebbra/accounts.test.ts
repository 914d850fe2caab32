import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { changeUser } from '../../../src/core/users/change-user.ts'
import { DAY } from '../../../src/model/span.ts'
import { OPERATOR } from '../../../src/model/users/actor.ts'
import { testServer } from '../../kit/server.ts'
import { storedPassword } from '../../kit/stored-password.ts'
import { zebbraClient } from '../../kit/zebbra.ts'

const server = await testServer()
after(() => server[Symbol.asyncDispose]())
const { call, refused, member, askToken, token, me } = zebbraClient(server)
const { world } = server

const person = (username: string, more: object = {}) => ({
  username,
  first_name: 'Charlie',
  last_name: 'Brown',
  password: 'secret',
  ...more,
})
const register = (json: object) => call('POST', '/register', { json })
const registered = async (name: string) => (await world.users.byName(name)) !== undefined
const EXACTLY_ONE = 'Exactly one of workspace_id and new_workspace_name must be specified.'

async function invite(owner: { token: string; workspaces: { _id: string }[] }): Promise<string> {
  const path = `/workspace/inviteCode?workspace_id=${owner.workspaces[0]?._id}`
  const told = await call('POST', path, { bearer: owner.token })
  assert.equal(told.status, 200, told.text)
  assert.deepEqual(Object.keys(told.body), ['invite_code', 'workspace_id', 'expires'])
  assert.match(String(told.body['invite_code']), /^[A-Z2-7]{32}$/)
  assert.match(String(told.body['expires']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/)
  const days = (Date.parse(`${told.body['expires']}Z`) - Date.now()) / DAY
  assert.ok(days > 6.99 && days <= 7)
  return String(told.body['invite_code'])
}

test('the sample of the document registers without a Content-Type and gets the six keys in its order', async () => {
  const told = await call('POST', '/register', {
    untyped: JSON.stringify(person('charlie_brown@example.com', { new_workspace_name: 'My Workspace' })),
  })
  assert.equal(told.status, 200)
  const { _id, workspaces } = told.body as { _id: string; workspaces: { _id: string }[] }
  assert.match(_id, /^[0-9a-f]{24}$/)
  assert.match(workspaces[0]?._id ?? '', /^[0-9a-f]{24}$/)
  assert.equal(
    told.text,
    `{"_id":"${_id}","username":"charlie_brown@example.com","first_name":"Charlie","last_name":"Brown","workspaces":[{"_id":"${workspaces[0]?._id}","name":"My Workspace"}],"models":[]}`,
  )
  assert.equal(told.headers.get('access-control-allow-origin'), '*')
})

test('ZB-05 and ZB-06 an invitation lets a person in, and the next one with the same code', async () => {
  const owner = await member()
  const code = await invite(owner)
  for (const name of ['guest-one@example.com', 'guest-two@example.com']) {
    const told = await register(person(name, { invite_code: code, new_workspace_name: null }))
    assert.equal(told.status, 200, told.text)
    assert.equal(told.body['username'], name)
    assert.match(String(told.body['_id']), /^[0-9a-f]{24}$/)
    assert.deepEqual(told.body['workspaces'], owner.workspaces)
  }
})

test('ZB-07 a new workspace has its founder as member and administrator', async () => {
  const founder = await member({ invite_code: null, new_workspace_name: 'Founded' })
  assert.deepEqual(
    founder.workspaces.map(({ name }) => name),
    ['Founded'],
  )
  assert.equal(await world.workspaces.roleIn(String(founder.workspaces[0]?._id), founder._id), 'admin')
})

test('ZB-08 who has registered can sign in at once', async () => {
  await register(person('at-once@example.com', { new_workspace_name: 'At once' }))
  assert.equal((await askToken('at-once@example.com')).status, 200)
})

test('ZB-09 an invitation and a new workspace together are refused', async () => {
  const code = await invite(await member())
  await refused(
    register(person('both@example.com', { invite_code: code, new_workspace_name: 'Both' })),
    400,
    EXACTLY_ONE,
  )
  assert.equal(await registered('both@example.com'), false)
})

test('ZB-10 neither of the two is refused, also as explicit nulls', async () => {
  await refused(register(person('none@example.com', { invite_code: null, new_workspace_name: null })), 400, EXACTLY_ONE)
  await refused(register(person('none@example.com')), 400, EXACTLY_ONE)
  assert.equal(await registered('none@example.com'), false)
})

test('ZB-11 a name that is taken is refused before anything else is looked at, and nobody is added', async () => {
  const { username } = await member()
  const before = await world.users.count()
  await refused(register(person(username)), 409, 'Username already exists')
  await refused(register(person(username.toUpperCase())), 409, 'Username already exists')
  assert.equal(await world.users.count(), before)
})

test('ZB-12 an expired, an unknown and a void invitation add nobody', async () => {
  const owner = await member()
  const code = await invite(owner)
  const before = await world.users.count()
  const late = (name: string, invite_code: string) => register(person(name, { invite_code }))
  await refused(late('unknown@example.com', 'A'.repeat(32)), 400, 'Invite code does not exist')
  const present = world.now
  world.now = () => present() + 7 * DAY + 1000
  await refused(late('late@example.com', code), 400, 'Invite code has expired')
  world.now = present
  await changeUser(world, OPERATOR, { userId: owner._id, active: false })
  await refused(late('void@example.com', code), 400, 'Invite code does not exist')
  assert.equal(await world.users.count(), before)
})

test('a workspace name that is taken is refused', async () => {
  await member({ new_workspace_name: 'Taken' })
  const told = register(person('late-founder@example.com', { new_workspace_name: 'Taken' }))
  await refused(told, 409, 'Workspace name already exists')
})

test('two who found the same workspace, or take the same name, at once: one of them does, and nothing half is left', async () => {
  const before = await world.users.count()
  const founders = await Promise.all(
    ['a', 'b', 'c'].map(n => register(person(`founder-${n}@example.com`, { new_workspace_name: 'Contested' }))),
  )
  assert.deepEqual(founders.map(({ status }) => status).sort(), [200, 409, 409])
  const twins = await Promise.all(
    ['x', 'y', 'z'].map(n => register(person('twin@example.com', { new_workspace_name: `Twin ${n}` }))),
  )
  assert.deepEqual(twins.map(({ status }) => status).sort(), [200, 409, 409])
  assert.equal(await world.users.count(), before + 2)
  const names = ['Twin x', 'Twin y', 'Twin z'].map(name => world.workspaces.byName(name))
  assert.equal((await Promise.all(names)).filter(Boolean).length, 1)
})

test('people whose addresses start alike get handles of their own, also at once', async () => {
  const places = ['one.example', 'two.example', 'three.example']
  const all = await Promise.all(
    places.map(host => register(person(`sam@${host}`, { new_workspace_name: `Of sam@${host}` }))),
  )
  assert.deepEqual(
    all.map(({ status, body }) => [status, body['username']]),
    places.map(host => [200, `sam@${host}`]),
  )
  const handles = await Promise.all(places.map(async host => (await world.users.byName(`sam@${host}`))?.handle))
  assert.deepEqual(handles.sort(), ['sam', 'sam2', 'sam3'])
})

test('ZB-13, ZB-14 and ZB-15 a user sees their name, each workspace once and each model once', async () => {
  const owner = await member()
  const workspace = owner.workspaces[0]
  const path = `/model/add?name=Plan&workspace_id=${workspace?._id}`
  const model = await call('POST', path, { bearer: owner.token })
  assert.equal(model.status, 200, model.text)
  const told = await me(owner.token)
  assert.equal(told.status, 200)
  assert.deepEqual(Object.keys(told.body), ['_id', 'username', 'first_name', 'last_name', 'workspaces', 'models'])
  assert.equal(told.body['username'], owner.username)
  assert.deepEqual(told.body['workspaces'], [workspace])
  assert.deepEqual(told.body['models'], [{ _id: model.body['_id'], name: 'Plan' }])
})

test('ZB-17 a user who administers nothing deletes their account, and their token dies with it', async () => {
  const code = await invite(await member())
  const guest = await member({ invite_code: code })
  const told = await call('DELETE', '/user', { bearer: guest.token })
  assert.deepEqual([told.status, told.text], [200, '{"message":"User deleted."}'])
  assert.equal(await registered(guest.username), false)
  assert.equal((await me(guest.token)).status, 401)
  assert.deepEqual((await call('GET', '/token/expired', { bearer: guest.token })).body, { expired: true })
})

test('ZB-18 the administrator of a workspace is not deleted', async () => {
  const owner = await member()
  const told = call('DELETE', '/user', { bearer: owner.token })
  await refused(told, 400, 'Attempting to delete workspace admin. Set another admin first.')
  assert.equal(await registered(owner.username), true)
})

test('ZB-19 the administrator of a model is not deleted', async () => {
  const owner = await member()
  const guest = await member({ invite_code: await invite(owner) })
  await call('POST', `/model/add?name=Mine&workspace_id=${owner.workspaces[0]?._id}`, { bearer: guest.token })
  const told = call('DELETE', '/user', { bearer: guest.token })
  await refused(told, 400, 'Attempting to delete model admin. Set another admin first.')
})

for (const path of ['/user', '/user/update']) {
  test(`ZB-24 at ${path} a new name works and the old one is gone`, async () => {
    const someone = await member()
    const name = `renamed${path.length}@example.com`
    const told = await call('POST', `${path}?username=${name}`, { bearer: someone.token })
    assert.equal(
      told.text,
      `{"_id":"${someone._id}","username":"${name}","first_name":"Mem","last_name":"Ber","disabled":false}`,
    )
    assert.equal((await askToken(name)).status, 200)
    assert.equal((await askToken(someone.username)).status, 401)
  })
}

test('ZB-25 a name that is taken cannot be taken again', async () => {
  const [one, other] = [await member(), await member()]
  const told = call('POST', `/user?username=${other.username}`, { bearer: one.token })
  await refused(told, 409, 'Username already exists')
})

test('ZB-26 and ZB-27 first and last name change, are told and kept', async () => {
  const someone = await member()
  const told = await call('POST', '/user?first_name=Lucy&last_name=van%20Pelt', { bearer: someone.token })
  assert.deepEqual([told.status, told.body['first_name'], told.body['last_name']], [200, 'Lucy', 'van Pelt'])
  const { body } = await me(someone.token)
  assert.deepEqual([body['first_name'], body['last_name']], ['Lucy', 'van Pelt'])
})

test('ZB-28 a new password changes what is stored, even if it is the same again', async () => {
  const someone = await member()
  const stored = () => storedPassword(world, someone._id)
  const before = await stored()
  assert.equal((await call('POST', '/user?password=secret', { bearer: someone.token })).status, 200)
  assert.notEqual(await stored(), before)
  assert.equal((await askToken(someone.username)).status, 200)
})

test('a new password may come in a form instead of the address, and ends every other token but not the one used', async () => {
  const someone = await member()
  const other = await token(someone.username)
  const told = await call('POST', '/user', { bearer: someone.token, form: { password: 'a new secret' } })
  assert.equal(told.status, 200)
  assert.equal((await me(someone.token)).status, 200)
  await refused(me(other), 401, 'Expired token', 'Bearer')
  assert.equal((await askToken(someone.username)).status, 401)
})

test('only the administrator of a workspace invites to it', async () => {
  const owner = await member()
  const guest = await member({ invite_code: await invite(owner) })
  for (const id of [owner.workspaces[0]?._id, 'f'.repeat(24)])
    await refused(
      call('POST', `/workspace/inviteCode?workspace_id=${id}`, { bearer: guest.token }),
      403,
      'User is not admin.',
    )
})

test('fields that are missing, null or of another type are listed as the pinned version lists them', async () => {
  const missing = (field: string) => ({ loc: ['body', field], msg: 'field required', type: 'value_error.missing' })
  await refused(register({}), 422, ['username', 'first_name', 'last_name', 'password'].map(missing))
  await refused(register(person('x@example.com', { first_name: null, last_name: ['a'] })), 422, [
    { loc: ['body', 'first_name'], msg: 'none is not an allowed value', type: 'type_error.none.not_allowed' },
    { loc: ['body', 'last_name'], msg: 'str type expected', type: 'type_error.str' },
  ])
  const noObject = [{ loc: ['body'], msg: 'value is not a valid dict', type: 'type_error.dict' }]
  await refused(call('POST', '/register', { json: [] }), 422, noObject)
  await refused(call('POST', '/register', { form: person('x@example.com') as never }), 422, noObject)
  await refused(call('POST', '/register', { raw: { type: 'text/plain', body: '{}' } }), 422, noObject)
  await refused(call('POST', '/register'), 422, [{ loc: ['body'], msg: 'field required', type: 'value_error.missing' }])
  await refused(call('POST', `/user?username=nobody`, { bearer: (await member()).token }), 422, [
    { loc: ['query', 'username'], msg: 'value is not a valid email address', type: 'value_error.email' },
  ])
})

test('a body that is not JSON is refused with the place where reading stopped, and never repeated', async () => {
  for (const asking of [
    { raw: { type: 'application/json', body: '{"password":"secret",' } },
    { untyped: '{"password":"secret",' },
  ]) {
    const told = await call('POST', '/register', asking)
    assert.equal(told.status, 422)
    const [fault] = told.body['detail'] as { loc: unknown[]; type: string }[]
    assert.deepEqual([fault?.loc, fault?.type], [['body', 21], 'value_error.jsondecode'])
    assert.equal(told.text.includes('secret'), false)
  }
})

test('where registration is closed nobody registers; where it needs an invitation, nobody without one', async () => {
  await using closed = await testServer({ CLAVIGER_REGISTRATION: 'closed' })
  const there = zebbraClient(closed)
  const json = person('new@example.com', { new_workspace_name: 'New' })
  await there.refused(there.call('POST', '/register', { json }), 403, 'Registration is closed on this server.')
  await using invited = await testServer({ CLAVIGER_REGISTRATION: 'invite' })
  const elsewhere = zebbraClient(invited)
  await elsewhere.refused(elsewhere.call('POST', '/register', { json }), 403, 'Registration needs an invitation here.')
})
