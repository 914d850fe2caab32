import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as client from 'openid-client'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { readUserCode, USER_CODE_LETTERS } from '../../src/core/oauth/device/device-code.ts'
import { openDevicePolls } from '../../src/core/services/device-polls.ts'
import { addClient, addUser, askTokens, signIn } from '../kit/cast.ts'
import { setClock } from '../kit/clock.ts'
import { type Person, person, type Sight } from '../kit/person.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'

/* RFC 8628: a program without a browser shows a code, and its person allows it in a browser elsewhere. */

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
let server: TestServer
let app: RegisteredClient
const addDevice = (at: TestServer, more = {}) =>
  addClient(at.world, { type: 'public', redirectUris: [], grantTypes: [DEVICE, 'refresh_token'], ...more })
before(async () => {
  server = await testServer()
  await addUser(server.world)
  app = await addDevice(server)
})
after(() => server.stop())

type Started = {
  status: number
  device_code: string
  user_code: string
  verification_uri: string
  verification_uri_complete: string
  expires_in: number
  interval: number
  error?: string
  error_description?: string
}
async function start(more: Record<string, string> = {}, by = app, at = server): Promise<Started> {
  const proof = { client_id: by.client.id, ...(by.secret && { client_secret: by.secret }) }
  const body = new URLSearchParams({ ...proof, scope: 'read', ...more })
  const answer = await fetch(`${at.url}/oauth2/device_authorization`, { method: 'POST', body })
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  return { status: answer.status, ...((await answer.json()) as Omit<Started, 'status'>) }
}
const poll = (device_code: string, by = app, more = {}, at = server) =>
  askTokens(at.url, by, { grant_type: DEVICE, device_code, ...more })
const signedIn = async (at = server): Promise<Person> => {
  const who = person(at.url)
  await who.visit('/login')
  await signIn(who)
  return who
}
/** Types the code and comes to the question. */
async function enter(who: Person, user_code: string): Promise<Sight> {
  await who.visit('/device')
  return who.submit({ user_code })
}
const asksConsent = ({ html }: Sight) => /name="decision"/.test(html)

test('openid-client on a device: the code is shown, typed after a sign-in, allowed, and becomes tokens that can be renewed', async () => {
  const config = await client.discovery(new URL(server.url), app.client.id, undefined, client.None(), {
    algorithm: 'oauth2',
    execute: [client.allowInsecureRequests],
  })
  const started = await client.initiateDeviceAuthorization(config, { scope: 'read write' })
  assert.match(started.user_code, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
  assert.equal(started.verification_uri, `${server.url}/device`)
  const waiting = client.pollDeviceAuthorizationGrant(config, started)

  const who = person(server.url)
  await who.visit(started.verification_uri_complete ?? '')
  const form = await signIn(who)
  assert.match(form.html, new RegExp(`value="${started.user_code}"`), 'the code is in the form, and not sent yet')
  const question = await who.submit({ user_code: started.user_code })
  assert.match(question.html, /Travel Diary/)
  assert.match(question.html, new RegExp(started.user_code))
  assert.match((await who.submit({ decision: 'allow' })).html, /go back to the device/)
  const tokens = await waiting
  assert.equal(tokens.scope, 'read write')
  assert.ok((await client.refreshTokenGrant(config, tokens.refresh_token ?? '')).access_token)
})

test('a device that asks for openid gets an id token of the sign-in in the browser, and one with each refresh', async () => {
  const by = await addDevice(server, { scopes: ['openid', 'email', 'offline_access'] })
  const config = await client.discovery(new URL(server.url), by.client.id, undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  })
  const started = await client.initiateDeviceAuthorization(config, { scope: 'openid email offline_access' })
  const waiting = client.pollDeviceAuthorizationGrant(config, started)
  const who = await signedIn()
  const signedInAt = Math.floor(server.world.now() / 1000)
  await enter(who, started.user_code)
  await who.submit({ decision: 'allow' })
  const tokens = await waiting
  const keys = createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`))
  const read = async (token = '') =>
    (await jwtVerify(token, keys, { issuer: server.url, audience: by.client.id })).payload
  const first = await read(tokens.id_token)
  assert.equal(first.sub, (await server.world.users.byName('alice'))?.id)
  assert.equal(first['acr'], 'urn:claviger:password')
  assert.ok(Math.abs(Number(first['auth_time']) - signedInAt) <= 1)
  assert.equal('nonce' in first, false)
  assert.equal((await client.fetchUserInfo(config, tokens.access_token, first.sub as string)).sub, first.sub)
  const fresh = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
  const next = await read(fresh.id_token)
  for (const name of ['sub', 'auth_time', 'acr', 'sid']) assert.equal(next[name], first[name], name)

  const plain = await start({ scope: 'email' }, by)
  await enter(who, plain.user_code)
  await who.submit({ decision: 'allow' })
  assert.equal('id_token' in (await poll(plain.device_code, by)), false, 'no id token without openid')
})

test('a code may be typed in any case, with dashes and spaces, and no code is guessed into another', () => {
  for (const typed of ['BCDF-GHJK', 'bcdf ghjk', ' b c d f–g h j k ', 'BCDFGHJK'])
    assert.equal(readUserCode(typed), 'BCDFGHJK', typed)
  for (const typed of ['', 'BCDF-GHJ', 'BCDF-GHJKL', 'ACDF-GHJK', '1234-5678'])
    assert.equal(readUserCode(typed), undefined)
})

test('user codes are spread evenly over their letters', async () => {
  const count = new Map<string, number>()
  const many = await addDevice(server, { type: 'confidential' })
  for (let i = 0; i < 60; i++)
    for (const letter of (await start({}, many)).user_code.replace('-', ''))
      count.set(letter, (count.get(letter) ?? 0) + 1)
  assert.deepEqual([...count.keys()].sort().join(''), USER_CODE_LETTERS)
})

test('waiting is said as waiting, asking too soon costs five seconds for good, and no is said at once', async () => {
  const { device_code, user_code } = await start()
  assert.equal((await poll(device_code)).error, 'authorization_pending')
  assert.equal((await poll(device_code)).error, 'slow_down')
  const who = await signedIn()
  assert.equal(asksConsent(await enter(who, user_code)), true)
  assert.match((await who.submit({ decision: 'deny' })).html, /did not get access/)
  for (let i = 0; i < 2; i++) assert.equal((await poll(device_code)).error, 'access_denied')

  let now = 0
  const polls = openDevicePolls(() => now)
  const after = (seconds: number) => {
    now += seconds * 1000
    return polls.poll('device')
  }
  assert.deepEqual([0, 5, 4, 10, 9, 14, 15].map(after), [
    'in time',
    'in time',
    'too soon',
    'in time',
    'too soon',
    'too soon',
    'too soon',
  ])
})

test('neither a sign-in, nor a link with the code in it, nor a remembered consent allows anything by itself', async () => {
  const trusted = await addDevice(server, { type: 'confidential' })
  for (let round = 0; round < 2; round++) {
    const { device_code, user_code, verification_uri_complete } = await start({}, trusted)
    const who = await signedIn()
    const form = await who.visit(verification_uri_complete)
    assert.equal(asksConsent(form), false)
    assert.equal((await poll(device_code, trusted)).error, 'authorization_pending')
    assert.equal(asksConsent(await who.submit({ user_code })), true, 'asked, also where it was allowed before')
    assert.equal((await poll(device_code, trusted)).error, 'slow_down')
    await who.submit({ decision: 'allow' })
    assert.ok((await poll(device_code, trusted)).access_token)
  }
})

test('one request gets the tokens, and only of the client that asked', async () => {
  const { device_code, user_code } = await start()
  const other = await addDevice(server)
  const who = await signedIn()
  await enter(who, user_code)
  await who.submit({ decision: 'allow' })
  assert.equal((await poll(device_code, other)).error, 'invalid_grant')
  assert.equal(
    (await poll(`${device_code.slice(0, -1)}${device_code.endsWith('x') ? 'y' : 'x'}`)).error,
    'invalid_grant',
  )
  const answers = await Promise.all(Array.from({ length: 5 }, () => poll(device_code)))
  assert.equal(answers.filter(({ access_token }) => access_token).length, 1)
  assert.equal((await poll(device_code)).error, 'invalid_grant')
  const again = await enter(await signedIn(), user_code)
  assert.equal(asksConsent(again), false, 'what was answered is not asked again')
})

test('the browser in which a code was entered keeps it', async () => {
  const { user_code, device_code } = await start()
  const [first, second] = [await signedIn(), await signedIn()]
  const question = await enter(first, user_code)
  assert.equal(asksConsent(question), true)
  assert.match((await enter(second, user_code)).html, /another browser/)
  const link = await second.visit(new URL(question.url).pathname + new URL(question.url).search)
  assert.equal(asksConsent(link), false)
  assert.equal(asksConsent(await second.visit(`/login?here=yes&${new URL(question.url).searchParams}`)), false)
  assert.equal(asksConsent(await enter(first, user_code)), true, 'a second time in the same browser')
  await first.submit({ decision: 'allow' })
  assert.ok((await poll(device_code)).access_token)
})

test('bad requests are told what is wrong: scope, resource, a client that may not, a life that is none', async () => {
  const plain = await addClient(server.world)
  const wrong: [Record<string, string>, string, RegisteredClient?][] = [
    [{ scope: 'admin' }, 'invalid_scope'],
    [{ resource: 'https://unknown.example' }, 'invalid_target'],
    [{ grant_expires_in: 'soon' }, 'invalid_request'],
    [{}, 'unauthorized_client', plain],
    [{ client_secret: 'wrong' }, 'invalid_client', plain],
  ]
  for (const [more, error, by] of wrong) assert.equal((await start(more, by)).error, error, JSON.stringify(more))
  assert.equal((await askTokens(server.url, app, { grant_type: DEVICE })).error, 'invalid_request')
  const who = await signedIn()
  for (const typed of ['', 'BCDF-GHJK', '<b>', 'x'.repeat(100)])
    assert.match((await enter(who, typed)).html, /No device waits/, typed)
})

test('the person sees from where it was asked, is warned of another network, and the access ends when it was said', async () => {
  const proxied = await testServer({ CLAVIGER_TRUST_PROXY: '127.0.0.0/8' })
  try {
    await addUser(proxied.world)
    const by = await addDevice(proxied)
    const proof = { client_id: by.client.id, scope: 'read', grant_expires_in: '7200' }
    const answer = await fetch(`${proxied.url}/oauth2/device_authorization`, {
      method: 'POST',
      body: new URLSearchParams(proof),
      headers: { 'x-forwarded-for': '203.0.113.7' },
    })
    const { user_code, device_code } = (await answer.json()) as Started
    const who = await signedIn(proxied)
    await who.visit('/device')
    const question = await who.submit({ user_code }, { headers: { 'x-forwarded-for': '198.51.100.1' } })
    assert.match(question.html, /203\.0\.113\.7/)
    assert.match(question.html, /120 minutes/)
    await who.submit({ decision: 'allow' })
    assert.ok((await poll(device_code, by, {}, proxied)).access_token)
    const alice = await proxied.world.users.byName('alice')
    const [grant] = await proxied.world.grants.ofUser(alice?.id ?? '')
    assert.equal((grant?.expiresAt ?? 0) - (grant?.createdAt ?? 0), 7_200_000)
  } finally {
    await proxied.stop()
  }
})

test('guessing user codes is limited by person, and for everybody together below one hit in a million', async () => {
  await using limited = await testServer({ CLAVIGER_LIMITS: 'on' })
  stopClockOfLimits(limited)
  await addUser(limited.world)
  const who = await signedIn(limited)
  const seen = []
  for (let i = 0; i < 11; i++) seen.push((await enter(who, 'BCDF-GHJK')).status)
  assert.deepEqual(new Set(seen.slice(0, 10)), new Set([400]))
  assert.equal(seen[10], 429)
  // Burst and rate of all together, over the life of a code, against the number of codes.
  const { burst, perMinute } = (await import('../../src/core/services/throttle.ts')).TRIES['user-code-of-all']
  assert.ok((burst + perMinute * 10) / USER_CODE_LETTERS.length ** 8 < 1e-6)
})

test('after ten minutes the code is worth nothing, on the page and for the program', async () => {
  after(() => setClock(0))
  const { user_code, device_code } = await start()
  setClock(601 / 3600)
  assert.equal((await poll(device_code)).error, 'expired_token')
  assert.match((await enter(await signedIn(), user_code)).html, /No device waits/)
})
