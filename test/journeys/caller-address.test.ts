import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { issue, person } from '../kit/house.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'

/* Who called, through proxies: RFC 7239, X-Forwarded-For, and what gateways make of them. */

type Headers = Record<string, string>
const listed = (text: string): Headers => ({ 'x-forwarded-for': text })
const forwarded = (text: string): Headers => ({ forwarded: text })

const BEHIND = { CLAVIGER_TRUST_PROXY: '127.0.0.1, 10.0.0.0/8' }

/** Every way to write 203.0.113.9 that is in use; the last three are a way through another proxy of ours. */
const SPELLINGS: Headers[] = [
  listed('203.0.113.9'),
  listed('203.0.113.9:51234'),
  listed('::ffff:203.0.113.9'),
  listed('[::ffff:203.0.113.9]:51234'),
  listed('"203.0.113.9"'),
  listed('198.51.100.1, 203.0.113.9:443'),
  listed('unknown, 203.0.113.9'),
  { 'x-real-ip': '203.0.113.9' },
  forwarded('for=203.0.113.9'),
  forwarded('For="203.0.113.9:51234";proto=https;by=10.0.0.1'),
  forwarded('for=unknown, for=203.0.113.9'),
  forwarded('for="[::ffff:203.0.113.9]:_port"'),
  { ...forwarded('for=203.0.113.9'), ...listed('203.0.113.9:1') },
  listed('203.0.113.9:51234, 10.0.0.7:1234'),
  forwarded('for=203.0.113.9, for="10.0.0.7:80"'),
  listed('198.51.100.1, 203.0.113.9, ::ffff:10.0.0.7'),
]

/** Nothing here says who the caller is. */
const UNKNOWN: Headers[] = [
  listed('unknown'),
  listed('_hidden'),
  listed(''),
  listed('203.0.113.9, unknown'),
  listed('203.0.113.9, unknown, 10.0.0.7'),
  listed('1.2.3.4.5'),
  listed(`<script>${'x'.repeat(3000)}`),
  forwarded('for=_gazonk'),
  forwarded('for=unknown'),
  forwarded('proto=https'),
  forwarded('for=203.0.113.9, garbage ;;'),
  { ...forwarded('for=203.0.113.9'), ...listed('198.51.100.2') },
  { ...forwarded('for=unknown'), ...listed('203.0.113.9') },
  { 'x-forwarded-proto': 'https' },
]

const whoami = async (server: TestServer, key: string, headers: Headers) => {
  const answer = await fetch(`${server.url}/v1/whoami`, { headers: { ...headers, 'x-api-key': key } })
  return answer.status === 200 ? 'passes' : ((await answer.json()) as { reason: string }).reason
}

test('a credential bound to a network passes for its owner, however the proxy writes the address', async () => {
  await using server = await testServer(BEHIND)
  const user = await person(server.world)
  const { presented } = await issue(server.world, 'api-key', user, ['read'], ['203.0.113.0/24'])
  const mapped = await issue(server.world, 'api-key', user, ['read'], ['::ffff:203.0.113.9'])
  for (const headers of SPELLINGS) {
    assert.equal(await whoami(server, presented, headers), 'passes', JSON.stringify(headers))
    assert.equal(await whoami(server, mapped.presented, headers), 'passes', JSON.stringify(headers))
  }
  const six = await issue(server.world, 'api-key', user, ['read'], ['2001:DB8::/32'])
  for (const headers of [
    listed('2001:db8::1'),
    listed('[2001:DB8::1]:443'),
    listed('2001:0db8:0:0::1%eth0'),
    forwarded('for="[2001:db8::1]:1"'),
  ])
    assert.equal(await whoami(server, six.presented, headers), 'passes', JSON.stringify(headers))
})

test('a caller that no proxy names is in no network, not even in that of the proxy', async () => {
  await using server = await testServer(BEHIND)
  const everywhere = ['0.0.0.0/0', '::/0']
  const { presented } = await issue(server.world, 'api-key', await person(server.world), ['read'], everywhere)
  for (const headers of UNKNOWN)
    assert.equal(await whoami(server, presented, headers), 'network_not_allowed', JSON.stringify(headers))
  assert.equal(await whoami(server, presented, {}), 'passes', 'the proxy itself')
})

test('limits count one caller as one, however the address is written, and those that nothing names together', async () => {
  const unnamed = UNKNOWN.filter(headers => !headers['x-forwarded-for']?.includes('10.0.0.7'))
  for (const spellings of [SPELLINGS, unnamed, ['_a', '_b', '_c', '_d', '_e', '_f', '_g'].map(listed)]) {
    await using server = await testServer({ ...BEHIND, CLAVIGER_LIMITS: 'on' })
    stopClockOfLimits(server)
    const statuses: number[] = []
    for (const headers of spellings) {
      const body = new URLSearchParams({ client_name: 'a', redirect_uris: 'https://a.example/cb' })
      statuses.push((await fetch(`${server.url}/api/v1/apps`, { method: 'POST', headers, body })).status)
    }
    assert.deepEqual(statuses.slice(0, 5), [200, 200, 200, 200, 200])
    assert.deepEqual(new Set(statuses.slice(5)), new Set([429]))
  }
})

test('guessing passwords from one address ends, although a gateway writes another port each time', async () => {
  await using server = await testServer({ ...BEHIND, CLAVIGER_LIMITS: 'on' })
  stopClockOfLimits(server)
  const statuses: number[] = []
  for (let i = 0; i < 62; i++) {
    // Another name each time: only the address is counted.
    const body = new URLSearchParams({ username: `user${i}`, password: 'wrong' })
    const headers = listed(`203.0.113.9:${40_000 + i}`)
    statuses.push((await fetch(`${server.url}/token`, { method: 'POST', headers, body })).status)
  }
  assert.deepEqual(new Set(statuses.slice(0, 60)), new Set([401]))
  assert.deepEqual(statuses.slice(60), [429, 429])
})

test('log and journal hold addresses, and nothing that was sent in their place', async () => {
  const lines: string[] = []
  await using server = await testServer(BEHIND, lines)
  const { presented } = await issue(server.world, 'api-key', await person(server.world), ['read'], ['192.0.2.0/24'])
  for (const headers of [...SPELLINGS, ...UNKNOWN]) await whoami(server, presented, headers)
  await server.world.recorder.flush()
  const { items } = await server.world.journal.list({ event: 'refused' }, { limit: 100 })
  const logged = lines.map(line => (JSON.parse(line) as { ip?: string }).ip).filter(ip => ip !== undefined)
  assert.ok(logged.length >= SPELLINGS.length + UNKNOWN.length)
  const known = new Set(['203.0.113.9', '127.0.0.1', '10.0.0.7'])
  for (const ip of [...logged, ...items.map(entry => entry.ip ?? '127.0.0.1')]) assert.ok(known.has(ip), ip)
  const all = lines.join('') + JSON.stringify(items)
  for (const garbage of ['_hidden', '_gazonk', '<script>', '51234', '1.2.3.4.5', '::ffff'])
    assert.ok(!all.includes(garbage), garbage)
})

test('nothing is believed of a peer that is no listed proxy', async () => {
  await using server = await testServer({ CLAVIGER_TRUST_PROXY: '10.0.0.0/8' })
  const { presented } = await issue(server.world, 'api-key', await person(server.world), ['read'], ['203.0.113.0/24'])
  for (const headers of SPELLINGS)
    assert.equal(await whoami(server, presented, headers), 'network_not_allowed', JSON.stringify(headers))
})

test('verify and a guard take an address as frameworks report it: with a port, mapped, with a zone', async () => {
  await using server = await testServer()
  const { world } = server
  const { presented } = await issue(world, 'api-key', await person(world), ['read'], ['203.0.113.0/24', 'fe80::/10'])
  const passes = async (ip: string) => (await server.check({ presented: { secret: presented }, ip })).active
  for (const ip of ['203.0.113.9:51234', '::ffff:203.0.113.9', 'fe80::1%eth0', '[fe80::1%eth0]:443'])
    assert.equal(await passes(ip), true, ip)
  for (const ip of ['unknown', '', '203.0.113.999', '198.51.100.1:203']) assert.equal(await passes(ip), false, ip)
})

test('a socket of both families writes IPv4 as IPv6, and the log writes it as what it is', async t => {
  const lines: string[] = []
  await using server = await testServer({ CLAVIGER_HOST: '::' }, lines)
  const port = Number(new URL(server.url).port)
  const answered = await new Promise<boolean>(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.end('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n'))
    socket.on('data', () => resolve(true)).on('error', () => resolve(false))
  })
  if (!answered) return t.skip('no socket for both families here')
  assert.ok(lines.some(line => line.includes('"ip":"127.0.0.1"')))
})
