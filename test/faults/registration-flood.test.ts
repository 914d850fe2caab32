import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REGISTRATION_LIMITS } from '../../src/core/clients/registration/limits.ts'
import { caller } from '../kit/call.ts'
import { stopClockOfLimits, testServer } from '../kit/server.ts'

/* Registration is open to strangers (RFC 7591 section 5), and what they leave behind is bounded. */

const AT_ONCE = 20
const { network, area, all } = REGISTRATION_LIMITS

/** Registers so often, each time from an address of its own choice and under a name of its own. */
async function flood(url: string, times: number, addressOf: (i: number) => string): Promise<Map<number, number>> {
  const call = caller({ url })
  const statuses = new Map<number, number>()
  let next = 0
  const one = async () => {
    while (next < times) {
      const i = next++
      const json = { client_name: `Client ${i}`, redirect_uris: [`https://app.example/${i}`] }
      const { status } = await call('POST', '/oauth2/register', { json, headers: { 'x-forwarded-for': addressOf(i) } })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return statuses
}

const SETTINGS = { CLAVIGER_LIMITS: 'on', CLAVIGER_TRUST_PROXY: '127.0.0.1/32' }

const FLOODS: Record<string, { times: number; from: (i: number) => string; most: number }> = {
  'one address': { times: 2000, from: () => '203.0.113.9', most: network.most },
  'all addresses of one area': { times: 1500, from: i => `203.0.113.${i % 256}`, most: area.most },
  'networks of IPv6 that one party has': {
    times: 1500,
    from: i => `2001:db8:1:${(i % 65536).toString(16)}::1`,
    most: area.most,
  },
  'fifty areas': { times: 2500, from: i => `203.${i % 50}.0.${i % 199}`, most: all.most + 50 },
}

for (const [what, { times, from, most }] of Object.entries(FLOODS))
  test(`${times} registrations from ${what} leave at most ${most} clients, and others still register`, async () => {
    await using server = await testServer(SETTINGS)
    stopClockOfLimits(server)
    const statuses = await flood(server.url, times, from)
    const left = await clientsOf(server)
    assert.equal(left, statuses.get(201))
    assert.ok(left <= most && left > 0, `${left} clients`)
    assert.deepEqual([...statuses.keys()].sort(), [201, 429])
    const elsewhere = await caller(server)('POST', '/oauth2/register', {
      json: { redirect_uris: ['https://app.example/'] },
      headers: { 'x-forwarded-for': '198.51.100.7' },
    })
    assert.equal(elsewhere.status, 201, elsewhere.text)
  })

async function clientsOf({ world }: Awaited<ReturnType<typeof testServer>>): Promise<number> {
  let [count, cursor]: [number, string?] = [0]
  do {
    const page = await world.clients.list({ source: 'dynamic' }, { limit: 500, ...(cursor && { cursor }) })
    count += page.items.length
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return count
}
