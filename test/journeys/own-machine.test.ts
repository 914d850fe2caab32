import assert from 'node:assert/strict'
import { test } from 'node:test'
import { issue, person } from '../kit/house.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'

/* This machine passes limits freely: for scripts and tests. A proxy on it must not lend that to all its callers. */

/** What proxies of every sort add, each alone: one is enough. */
const RELAYED: Record<string, string>[] = [
  { 'x-forwarded-for': '203.0.113.7' },
  { 'x-forwarded-for': '127.0.0.1' },
  { 'x-forwarded-for': 'unknown' },
  { forwarded: 'for=203.0.113.7' },
  { via: '1.1 proxy' },
  { 'x-real-ip': '203.0.113.7' },
  { 'x-forwarded-proto': 'https' },
  { 'x-forwarded-host': 'auth.example' },
  { 'cf-connecting-ip': '203.0.113.7' },
  { 'true-client-ip': '203.0.113.7' },
  { 'x-client-ip': '203.0.113.7' },
]

const limited = async (settings: Record<string, string> = {}): Promise<TestServer> => {
  const server = await testServer({ CLAVIGER_LIMITS: 'on', ...settings })
  stopClockOfLimits(server)
  return server
}

/** Each door, and the attempts that are let through it at once. */
const DOORS: Record<
  string,
  { burst: number; knock(server: TestServer, headers: Record<string, string>): Promise<number> }
> = {
  'registering applications': {
    burst: 5,
    knock: ({ url }, headers) =>
      status(`${url}/api/v1/apps`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ client_name: 'a', redirect_uris: 'https://a.example/cb' }),
      }),
  },
  'making accounts': {
    burst: 10,
    knock: ({ url }, headers) =>
      status(`${url}/register`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({
          username: `m${Math.random()}@example.com`,
          first_name: 'M',
          last_name: 'E',
          password: 'secret',
          new_workspace_name: `W ${Math.random()}`,
        }),
      }),
  },
  'showing wrong pairs': {
    burst: 30,
    knock: ({ url }, headers) => status(`${url}/token/000-0123456789abcdef0123/7.json`, { headers }),
  },
}

const status = async (url: string, init: RequestInit): Promise<number> => (await fetch(url, init)).status

for (const [name, { burst, knock }] of Object.entries(DOORS))
  test(`a proxy on this machine lifts no limit, whether it is listed or not: ${name}`, async () => {
    for (const settings of [{}, { CLAVIGER_TRUST_PROXY: '127.0.0.1,::1' }]) {
      await using server = await limited(settings)
      const one = { 'x-forwarded-for': '203.0.113.7' }
      for (let i = 0; i < burst; i++) assert.notEqual(await knock(server, one), 429, `${name} ${i}`)
      assert.equal(await knock(server, one), 429, name)
      for (let i = 0; i < 3; i++) assert.notEqual(await knock(server, {}), 429, 'without a proxy this machine is free')
    }
  })

test('any header that a proxy adds tells it apart from this machine', async () => {
  await using server = await limited()
  const { knock } = DOORS['registering applications'] as (typeof DOORS)[string]
  for (let i = 0; i < 6; i++) await knock(server, RELAYED[0] as Record<string, string>)
  for (const headers of RELAYED) assert.equal(await knock(server, headers), 429, JSON.stringify(headers))
})

test('guessing credentials through a proxy on this machine ends, also when it names nobody', async () => {
  await using server = await limited()
  const whoami = async (headers: Record<string, string>, i: number) => {
    const answer = await fetch(`${server.url}/v1/whoami`, { headers: { ...headers, 'x-api-key': `guess-${i}` } })
    return ((await answer.json()) as { reason: string }).reason
  }
  for (let i = 0; i < 60; i++) assert.equal(await whoami({ via: '1.1 proxy' }, i), 'unknown')
  assert.equal(await whoami({ via: '1.1 proxy' }, 60), 'rate_limited')
  assert.equal(await whoami({}, 61), 'unknown')
})

test('what is for this machine alone is not for those behind a proxy on it', async () => {
  await using server = await testServer()
  const { presented } = await issue(server.world, 'api-key', await person(server.world), ['read'], ['127.0.0.0/8'])
  const whoami = (headers: Record<string, string>) =>
    status(`${server.url}/v1/whoami`, { headers: { ...headers, 'x-api-key': presented } })
  assert.equal(await whoami({}), 200)
  assert.equal(await status(`${server.url}/metrics`, {}), 200)
  for (const headers of RELAYED) {
    assert.notEqual(await whoami(headers), 200, JSON.stringify(headers))
    assert.equal(await status(`${server.url}/metrics`, { headers }), 403, JSON.stringify(headers))
  }
})
