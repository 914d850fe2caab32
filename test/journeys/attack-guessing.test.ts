import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pino } from 'pino'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { startServer } from '../../src/server/start.ts'
import { addClient, addUser, CALLBACK } from '../kit/cast.ts'
import { api, issue } from '../kit/house.ts'
import { manage, register, registered } from '../kit/registration.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'

/* Guessing secrets: slowed down where it comes from, and never at the cost of whoever has the right one. */

let server: TestServer
let app: RegisteredClient

before(async () => {
  server = await testServer({ CLAVIGER_LIMITS: 'on', CLAVIGER_TRUST_PROXY: '127.0.0.1' })
  stopClockOfLimits(server)
  app = await addClient(server.world)
})
after(() => server.stop())

const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

async function tokens(ip: string, secret: string, id = app.client.id) {
  const answer = await fetch(`${server.url}/oauth2/token`, {
    method: 'POST',
    headers: { 'x-forwarded-for': ip, authorization: basic(id, secret) },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const body = (await answer.json()) as { error?: string; error_description?: string }
  return { status: answer.status, wait: answer.headers.get('retry-after'), ...body }
}

/** Guesses until told to wait; how many were judged. */
async function guess(ip: string, id?: string): Promise<number> {
  for (let i = 0; i < 200; i++) if ((await tokens(ip, `guess ${i}`, id)).status === 429) return i
  return 200
}

test('whoever guesses the secret of a client is told to wait, and the true client passes, also from the same network', async () => {
  const right = app.secret as string
  assert.ok((await guess('203.0.113.7')) < 30)
  const waiting = await tokens('203.0.113.7', 'one more')
  assert.deepEqual([waiting.status, waiting.error], [429, 'temporarily_unavailable'])
  assert.ok(Number(waiting.wait) > 0, 'says when')
  assert.equal((await tokens('203.0.113.7', right)).status, 200)
  assert.equal((await tokens('198.51.100.1', right)).status, 200)
  assert.equal((await tokens('198.51.100.1', 'typing error')).status, 401, 'another network has its own count')
})

test('a client that does not exist is guessed at as slowly, with the same answer', async () => {
  assert.equal(await guess('203.0.113.8', 'clv_cid_nobody'), await guess('203.0.113.9'))
  const [unknown, known] = [await tokens('203.0.113.8', 'x', 'clv_cid_nobody'), await tokens('203.0.113.9', 'x')]
  assert.deepEqual({ ...unknown, wait: '' }, { ...known, wait: '' })
})

test('neither another client nor another address of the same household starts the count anew for ever', async () => {
  let judged = 0
  for (let i = 0; i < 200; i++)
    if ((await tokens(`2001:db8:1:1::${(i + 1).toString(16)}`, 'guess', `clv_cid_${i}`)).status === 401) judged++
  assert.ok(judged < 150, `${judged} guesses were judged`)
})

test('guessing at introspection and at verify is counted with the token endpoint', async () => {
  const guarded = await api(server)
  const ip = '203.0.113.20'
  await guess(ip, guarded.clientId)
  const ask = (path: string, init: RequestInit) =>
    fetch(server.url + path, {
      method: 'POST',
      ...init,
      headers: { ...init.headers, 'x-forwarded-for': ip, authorization: basic(guarded.clientId, 'guess') },
    })
  const json = { 'content-type': 'application/json' }
  assert.equal((await ask('/oauth2/introspect', { body: new URLSearchParams({ token: 'x' }) })).status, 429)
  assert.equal((await ask('/v1/verify', { body: '{"credential":"x"}', headers: json })).status, 429)
})

test('whoever shows many credentials that nobody issued is told to wait: the API hears rate_limited, and a good one still passes', async () => {
  const { clientId, clientSecret } = await api(server, 'https://second.example')
  const { presented } = await issue(server.world, 'api-key', await addUser(server.world))
  const verify = async (credential: string, ip: string) => {
    const answer = await fetch(`${server.url}/v1/verify`, {
      method: 'POST',
      headers: { authorization: basic(clientId, clientSecret), 'content-type': 'application/json' },
      body: JSON.stringify({ credential, ip }),
    })
    const { active, reason } = (await answer.json()) as { active: boolean; reason?: string }
    return active ? 'active' : reason
  }
  const heard: (string | undefined)[] = []
  for (let i = 0; i < 80; i++) heard.push(await verify(`guess-${i}`, '203.0.113.30'))
  assert.equal(heard[0], 'unknown')
  assert.equal(heard.at(-1), 'rate_limited')
  assert.equal(await verify(presented, '203.0.113.30'), 'active')
  assert.equal(await verify('guess', '203.0.113.31'), 'unknown')

  const whoami = await fetch(`${server.url}/v1/whoami`, {
    headers: { authorization: 'Bearer guess', 'x-forwarded-for': '203.0.113.30' },
  })
  assert.equal(whoami.status, 429)
  assert.ok(Number(whoami.headers.get('retry-after')) > 0)
  await server.world.recorder.flush()
  const { items } = await server.world.journal.list({ reasons: ['rate_limited'] }, { limit: 5 })
  assert.equal(items[0]?.actor, clientId, 'an entry of the API that asked; guesses at the door are counted alone')
})

test('whoever guesses a token of registration is told to wait, and the true token still works', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.40' }
  const own = await registered(server, { redirect_uris: [CALLBACK] }, { headers })
  const read = async (token: string) =>
    (await manage(server, 'GET', { ...own, registration_access_token: token }, { headers })).status
  const heard: number[] = []
  for (let i = 0; i < 80; i++) heard.push(await read(`guess ${i}`))
  assert.deepEqual([heard[0], heard.at(-1)], [401, 429])
  assert.equal(await read(own.registration_access_token), 200)
  const initial = await register(server, { redirect_uris: [CALLBACK] }, { headers, bearer: 'guess' })
  assert.equal(initial.status, 429, 'initial access tokens are counted with them')
})

test('a second process on the same database gives nobody another ten tries at a password or a code', async () => {
  const config = readConfig({ CLAVIGER_DATA_DIR: server.dataDir, CLAVIGER_PORT: '0' })
  const second = await startServer(config, { log: pino({ level: 'silent' }) })
  stopClockOfLimits(second)
  try {
    await addUser(server.world, 'shared')
    let judged = 0
    const sign = async (at: string, password: string) => {
      const body = new URLSearchParams({ username: 'shared', password })
      return (await fetch(`${at}/token`, { method: 'POST', body })).status
    }
    for (let i = 0; i < 30; i++) if ((await sign(i % 2 ? server.url : second.url, `guess ${i}`)) === 401) judged++
    assert.equal(judged, 10)
    assert.equal(await sign(second.url, 'guess'), 429)
    assert.equal(await sign(server.url, 'guess'), 429)
  } finally {
    await second.stop()
  }
})
