import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../../src/server/settings/config.ts'
import { issue, person } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'

test('a proxy is told who asks, in headers, and every one of them is there', async () => {
  await using server = await testServer()
  const { presented, credentialId } = await issue(server.world, 'api-key', await person(server.world))
  const answer = await fetch(`${server.url}/forward-auth`, { headers: { 'x-api-key': presented } })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('x-auth-user'), 'ann')
  assert.equal(answer.headers.get('x-auth-kind'), 'api_key')
  assert.equal(answer.headers.get('x-auth-scopes'), 'read')
  assert.equal(answer.headers.get('x-auth-client'), '', 'an empty one overwrites what a caller made up')
  assert.equal(answer.headers.get('x-auth-credential-id'), credentialId)
  assert.equal(await answer.text(), '')
})

test('only 200, 401 and 403 are ever answered, whatever is sent', async () => {
  await using server = await testServer()
  const user = await person(server.world)
  const [key, token] = [await issue(server.world, 'api-key', user), await issue(server.world, 'access-token', user)]
  const bearer = (value: string) => ({ authorization: `Bearer ${value}` })
  const cases: [string, Record<string, string>, number][] = [
    ['', {}, 401],
    ['', bearer('unknown'), 401],
    ['', bearer('not a token'), 401],
    ['', { ...bearer(token.presented), 'x-api-key': key.presented }, 401],
    ['/things/1?q=1', bearer(token.presented), 200],
    ['/gates/unknown', bearer(token.presented), 403],
  ]
  for (const [path, headers, status] of cases)
    assert.equal((await fetch(`${server.url}/forward-auth${path}`, { headers })).status, status, `${path} ${status}`)
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    assert.equal((await fetch(`${server.url}/forward-auth`, { method })).status, 401, method)
})

test('without a gate no query sets what is checked: what was a setting once is refused, and the log names the command', async () => {
  const lines: string[] = []
  await using server = await testServer({}, lines)
  const user = await person(server.world)
  const elsewhere = await issue(server.world, 'access-token', user)
  const good = await issue(server.world, 'api-key', user)
  const ask = async (path: string, presented = good.presented) => {
    const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${presented}` } })
    return { status: answer.status, text: await answer.text() }
  }
  for (const query of [
    'scope=read',
    'audience=https://x.example',
    'profile=zebbra',
    'a=1&scope=',
    '%73cope=read',
    'q=%zz&profile=oauth',
  ])
    for (const path of ['/forward-auth', '/forward-auth/', '/forward-auth/orders'])
      for (const { presented } of [elsewhere, good]) {
        const { status, text } = await ask(`${path}?${query}`, presented)
        assert.equal(status, 403, `${path}?${query}`)
        assert.match(text, /claviger gate create/)
      }
  assert.equal((await ask('/forward-auth/orders?week=3&scopes=x')).status, 200)
  const warnings = lines.filter(line => line.includes('takes no settings') && line.includes('claviger gate create'))
  assert.equal(warnings.length, 1, 'said once')
  assert.match(warnings[0] ?? '', /"level":40/)
})

test('a gate is never taken for a path without settings', async () => {
  await using server = await testServer()
  const { presented } = await issue(server.world, 'api-key', await person(server.world))
  for (const path of ['gates', 'gates/', 'gates/orders', 'gates/orders/1', 'gates?x=1'])
    assert.equal(
      (await fetch(`${server.url}/forward-auth/${path}`, { headers: { 'x-api-key': presented } })).status,
      403,
      path,
    )
})

test('somebody who is no listed proxy gets a 403, with a good credential too', async () => {
  await using server = await testServer({ CLAVIGER_TRUST_PROXY: '10.0.0.0/8' })
  const { presented } = await issue(server.world, 'api-key', await person(server.world))
  const answer = await fetch(`${server.url}/forward-auth`, { headers: { 'x-api-key': presented } })
  assert.equal(answer.status, 403)
  assert.match(await answer.text(), /127\.0\.0\.1 is not among the proxies of CLAVIGER_TRUST_PROXY/)
})

test('the word of a proxy about the caller decides for credentials that are bound to networks', async () => {
  await using server = await testServer({ CLAVIGER_TRUST_PROXY: '127.0.0.0/8' })
  const { presented } = await issue(server.world, 'api-key', await person(server.world), ['read'], ['192.0.2.0/24'])
  const ask = (from: string) =>
    fetch(`${server.url}/forward-auth`, { headers: { 'x-api-key': presented, 'x-forwarded-for': from } })
  assert.equal((await ask('192.0.2.7')).status, 200)
  assert.equal((await ask('198.51.100.1')).status, 403)
  assert.equal((await ask('192.0.2.7, 198.51.100.1')).status, 403, 'what a caller put in front is not believed')
})

test('without a list nobody is believed about addresses; a list that is none stops the start', async () => {
  await using server = await testServer()
  const { presented } = await issue(server.world, 'api-key', await person(server.world), ['read'], ['192.0.2.0/24'])
  const headers = { 'x-api-key': presented, 'x-forwarded-for': '192.0.2.7' }
  const answer = await fetch(`${server.url}/v1/whoami`, { headers })
  assert.equal(answer.status, 403)
  assert.throws(() => readConfig({ CLAVIGER_TRUST_PROXY: 'everybody' }), /CLAVIGER_TRUST_PROXY/)
})
