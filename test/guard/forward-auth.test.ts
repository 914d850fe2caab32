import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../../src/server/config.ts'
import { issue, person } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'

test('a proxy is told who asks, in headers, and every one of them is there', async () => {
  await using server = await testServer()
  const { presented, credentialId } = await issue(server.world, 'api-key', await person(server.world))
  const answer = await fetch(`${server.url}/forward-auth?scope=read`, { headers: { 'x-api-key': presented } })
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
    ['?scope=write', bearer(token.presented), 403],
    ['?profile=zocial', bearer(token.presented), 401],
    ['?profile=nothing', bearer(token.presented), 403],
    ['?scope=%ff', bearer(token.presented), 403],
    ['?audience=https://elsewhere.example', bearer(token.presented), 401],
    ['/things/1?scope=read', bearer(token.presented), 200],
    ['?profile=tokenapi', { authorization: 'Basic' }, 401],
  ]
  for (const [path, headers, status] of cases)
    assert.equal((await fetch(`${server.url}/forward-auth${path}`, { headers })).status, status, `${path} ${status}`)
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    assert.equal((await fetch(`${server.url}/forward-auth`, { method })).status, 401, method)
})

test('a key in the address the caller asked for is read from what the proxy says, and only one such word is believed', async () => {
  await using server = await testServer()
  const { presented } = await issue(server.world, 'api-key', await person(server.world))
  const ask = (headers: [string, string][]) => fetch(`${server.url}/forward-auth?profile=apikey`, { headers })
  assert.equal((await ask([['x-forwarded-uri', `/v1/data?api_key=${presented}`]])).status, 200)
  assert.equal((await ask([['x-original-uri', `/v1/data?api_key=${presented}`]])).status, 200)
  assert.equal((await ask([['x-forwarded-uri', '/v1/data']])).status, 401)
})

test('somebody who is no listed proxy gets a 403, with a good credential too', async () => {
  await using server = await testServer({ CLAVIGER_TRUST_PROXY: '10.0.0.0/8' })
  const { presented } = await issue(server.world, 'api-key', await person(server.world))
  const answer = await fetch(`${server.url}/forward-auth`, { headers: { 'x-api-key': presented } })
  assert.equal(answer.status, 403)
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
