import assert from 'node:assert/strict'
import { test } from 'node:test'
import { issue, person } from '../kit/house.ts'
import { person as visitor } from '../kit/person.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'

const register = (server: TestServer, ip: string) =>
  fetch(`${server.url}/api/v1/apps`, {
    method: 'POST',
    headers: { 'x-forwarded-for': ip },
    body: new URLSearchParams({ client_name: 'a', redirect_uris: 'https://a.example/cb' }),
  }).then(answer => answer.status)

test('one noisy IPv4 address shuts no other out, however the proxy writes it', async () => {
  await using server = await testServer({ CLAVIGER_LIMITS: 'on', CLAVIGER_TRUST_PROXY: '127.0.0.1' })
  let last = 200
  for (let i = 0; i < 6; i++) last = await register(server, '::ffff:203.0.113.7')
  assert.equal(last, 429)
  assert.equal(await register(server, '::ffff:198.51.100.2'), 200)
  assert.equal(await register(server, '203.0.113.7'), 429, 'the same address in its short form')
})

test('a caller whose address cannot be read is in no network', async () => {
  await using server = await testServer({ CLAVIGER_TRUST_PROXY: '127.0.0.1' })
  const { world } = server
  const { presented } = await issue(world, 'api-key', await person(world), ['read'], ['10.0.0.0/8'])
  const whoami = (ip: string) =>
    fetch(`${server.url}/v1/whoami`, { headers: { 'x-api-key': presented, 'x-forwarded-for': ip } })
  const answer = await whoami('unknown')
  assert.equal(((await answer.json()) as { reason: string }).reason, 'network_not_allowed')
  assert.equal((await whoami('10.1.2.3')).status, 200)
})

test('a handle has nothing invisible in it and looks like nobody else by mixing alphabets', async () => {
  await using server = await testServer()
  const join = async (username: string) => {
    const somebody = visitor(server.url)
    await somebody.visit('/register')
    await somebody.submit({ username, password: 'correct horse battery' })
    return (await server.world.users.byName(username)) !== undefined
  }
  assert.equal(await join('admin'), true)
  for (const handle of ['ad\u200Bmin', 'ad\u00ADmin', 'admin\u2060', 'admin\uFE0F', 'adm\u3164in', '\u0430dmin'])
    assert.equal(await join(handle), false, JSON.stringify(handle))
  for (const handle of ['Зоя', 'Ξένη', '李雷', 'jürgen']) assert.equal(await join(handle), true, handle)
})

test('wrong passwords in the account count like those at the door', async () => {
  await using server = await testServer({ CLAVIGER_LIMITS: 'on' })
  const somebody = visitor(server.url)
  await somebody.visit('/register')
  await somebody.submit({ username: 'ann', password: 'correct horse battery' })
  stopClockOfLimits(server)
  await somebody.visit('/account/password')
  const change = (old_password: string) => somebody.submit({ old_password, new_password: 'another long password' })
  for (let i = 0; i < 10; i++) assert.doesNotMatch((await change('a wrong one')).html, /Too many attempts/)
  assert.match((await change('correct horse battery')).html, /Too many attempts/)
})
