import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AuthError } from '../../src/guard/answer/auth-error.ts'
import { openGuard } from '../../src/guard/decide/guard.ts'
import { webCarrier } from '../../src/guard/request/carriers.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { issue, person } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'

const SUNSET = 'Wed, 30 Jun 2027 00:00:00 GMT'

test('a dialect whose end is announced says so in every answer, refusals included; the others say nothing', async () => {
  await using server = await testServer({
    CLAVIGER_DIALECT_SUNSET: 'tokenapi=2027-06-30,zebbra=2026-01-02/2027-06-30',
  })
  const ask = async (path: string, method = 'GET') => {
    const { headers } = await fetch(server.url + path, { method })
    return [headers.get('deprecation'), headers.get('sunset')]
  }
  assert.deepEqual(await ask('/user'), ['@1767312000', SUNSET])
  assert.deepEqual(await ask('/user', 'PUT'), ['@1767312000', SUNSET])
  const [deprecation, sunset] = await ask('/token/new.json')
  assert.match(deprecation ?? '', /^@\d+$/)
  assert.equal(sunset, SUNSET)
  assert.deepEqual(await ask('/oauth2/token'), [null, null])
  assert.deepEqual(await ask('/api/v1/apps'), [null, null])
})

test('an announcement that cannot be read, or names no dialect, stops the start', () => {
  for (const value of ['tokenapi', 'tokenapi=soon', 'tokenapi=2027-13-45', 'nothing=2027-06-30'])
    assert.throws(() => readConfig({ CLAVIGER_DIALECT_SUNSET: value }), /CLAVIGER_DIALECT_SUNSET/)
})

test('requests are counted by dialect', async () => {
  await using server = await testServer()
  await fetch(`${server.url}/user`)
  const text = await (await fetch(`${server.url}/metrics`)).text()
  assert.match(text, /claviger_http_requests_total\{route="\/user",dialect="zebbra",method="GET",status="4xx"\} 1/)
  for (const line of ['bucket{le="+Inf",', 'count{'])
    assert.ok(text.includes(`claviger_http_request_duration_seconds_${line}route="/user",method="GET"} 1`), line)
})

test('a guard announces the end of a way in, to those it lets in and to those it refuses', async () => {
  await using server = await testServer()
  const guard = openGuard({ server, ending: { deprecated: '2026-01-02', sunset: '2027-06-30' } })
  const { presented } = await issue(server.world, 'api-key', await person(server.world))
  const carrier = (key: string) => webCarrier({ headers: new Headers({ 'x-api-key': key }), url: '/' })
  const expected = { deprecation: '@1767312000', sunset: SUNSET }
  assert.deepEqual((await guard.check(carrier(presented))).headers, expected)
  await assert.rejects(guard.check(carrier('unknown')), error => {
    assert.ok(error instanceof AuthError)
    return error.headers['sunset'] === SUNSET && error.headers['deprecation'] === '@1767312000'
  })
})

test('a key in the address reaches no log and no cache', async () => {
  const lines: string[] = []
  await using server = await testServer({}, lines)
  const { presented } = await issue(server.world, 'api-key', await person(server.world))
  for (const key of [presented, `${presented}x`, 'wrong-key-0123456789']) {
    const answer = await fetch(`${server.url}/v1/whoami?api_key=${key}`)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    await fetch(`${server.url}/nowhere?api_key=${key}`)
    await fetch(`${server.url}/v1/whoami?api_key=${key}&api_key=${key}`)
    await fetch(`${server.url}/v1/whoami?api_key=${key}%ff`)
  }
  await server.world.recorder.flush()
  const { items } = await server.world.journal.list({}, { limit: 100 })
  const everything = lines.join('\n') + JSON.stringify(items)
  assert.ok(lines.length >= 12, 'the requests were logged')
  assert.ok(!everything.includes(presented.slice(0, 30)) && !everything.includes('wrong-key'))
})
