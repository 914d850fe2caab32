import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { issueUserToken } from '../../src/core/credentials/issue/issue-user-token.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { AuthError } from '../../src/guard/answer/auth-error.ts'
import { type Guard, openGuard } from '../../src/guard/decide/guard.ts'
import { webCarrier } from '../../src/guard/request/carriers.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { ANONYMOUS } from '../kit/acts.ts'
import { addClient, addUser, askTokens, PASSWORD } from '../kit/cast.ts'
import { eventually } from '../kit/eventually.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/*
 * Claims of a JWT signed with our own key, each with values of every wrong type, at every door that reads one (RFC 7519
 * section 4.1, RFC 9068 sections 2.2 and 4).
 */

const AUDIENCE = 'https://jwt.example'
type Claims = Record<string, unknown>
let server: TestServer
let offline: Guard
let inside: Guard
let api: { clientId: string; secret: string }
let access: Claims
let user: Claims

before(async () => {
  server = await testServer()
  const { world, url } = server
  api = await createResource(world, OPERATOR, {
    audience: AUDIENCE,
    name: 'API',
    scopes: ['read'],
    tokenFormat: 'jwt',
  })
  offline = openGuard({ url, clientId: api.clientId, clientSecret: api.secret, audience: AUDIENCE, jwt: 'offline' })
  inside = openGuard({ server, audience: AUDIENCE, profile: 'oauth' })
  const app = await addClient(world)
  const ask = { grant_type: 'client_credentials', scope: 'read', resource: AUDIENCE }
  access = claimsOf((await askTokens(url, app, ask)).access_token ?? '')
  await addUser(world)
  user = claimsOf(await issueUserToken(world, ANONYMOUS, { name: 'alice', password: PASSWORD }))
  // The offline guard knows the keys and hears the feed.
  await eventually(async () => (await passes(offline, sign('at+jwt', access))) === 'passed')
})
after(async () => {
  await offline.close()
  await server[Symbol.asyncDispose]()
})

const claimsOf = (jwt: string): Claims => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
const sign = (typ: string, claims: Claims): string => server.world.signer.sign(typ, claims)

async function passes(guard: Guard, secret: string): Promise<string> {
  try {
    await guard.check(webCarrier({ headers: new Headers({ authorization: `Bearer ${secret}` }), url: '/' }))
    return 'passed'
  } catch (error) {
    assert.ok(error instanceof AuthError, String(error))
    return error.code
  }
}

const asApi = () => `Basic ${btoa(`${api.clientId}:${api.secret}`)}`
async function verify(credential: string, dialects?: string[]): Promise<string> {
  const answer = await fetch(`${server.url}/v1/verify`, {
    method: 'POST',
    headers: { authorization: asApi(), 'content-type': 'application/json' },
    body: JSON.stringify({ credential, dialects }),
  })
  return ((await answer.json()) as { active: boolean }).active ? 'passed' : 'refused'
}
async function introspect(token: string): Promise<string> {
  const answer = await fetch(`${server.url}/oauth2/introspect`, {
    method: 'POST',
    headers: { authorization: asApi() },
    body: new URLSearchParams({ token }),
  })
  return ((await answer.json()) as { active: boolean }).active ? 'passed' : 'refused'
}
async function statusOf(path: string, token: string): Promise<string> {
  const { status } = await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } })
  return status === 200 ? 'passed' : status === 401 ? 'refused' : String(status)
}
async function expired(token: string): Promise<string> {
  const answer = await fetch(`${server.url}/token/expired`, { headers: { authorization: `Bearer ${token}` } })
  return answer.status === 200 && JSON.stringify(await answer.json()).includes('false') ? 'passed' : 'refused'
}

/** Every door of an access token, and of a user token. */
const DOORS: Record<string, (token: string) => Promise<string>>[] = [
  {
    'offline guard': token => passes(offline, token),
    'guard in the server': token => passes(inside, token),
    whoami: token => statusOf('/v1/whoami', token),
    verify: token => verify(token),
    introspection: introspect,
  },
  {
    whoami: token => statusOf('/v1/whoami', token),
    verify: token => verify(token, ['zebbra']),
    'GET /user': token => statusOf('/user', token),
    'GET /token/expired': expired,
  },
]
const TOKENS = [
  { typ: 'at+jwt', claims: () => access, doors: DOORS[0] ?? {} },
  { typ: 'JWT', claims: () => user, doors: DOORS[1] ?? {} },
]

async function eachDoor(token: string, doors: (typeof DOORS)[number]): Promise<Record<string, string>> {
  const answers = Object.entries(doors).map(async ([name, door]) => [name, await door(token)] as const)
  return Object.fromEntries(await Promise.all(answers))
}
async function refusedAtEachDoor(typ: string, claims: Claims, doors: (typeof DOORS)[number]): Promise<void> {
  for (const [door, answer] of Object.entries(await eachDoor(sign(typ, claims), doors))) {
    const what = `${door}: ${typ} ${JSON.stringify(claims)}`
    assert.notEqual(answer, 'passed', what)
    assert.ok(!/^\d|unavailable/.test(answer), `${what}: ${answer}`)
  }
}

const isDate = (value: unknown) => typeof value === 'number' && Math.abs(value) < 8.64e12
const isName = (value: unknown) => typeof value === 'string' && value !== ''
/** RFC 7519 section 4.1 and RFC 9068 section 2.2: what each claim must be. */
const MUST_BE: Record<string, (value: unknown) => boolean> = {
  iss: isName,
  sub: isName,
  aud: value => isName(value) || (Array.isArray(value) && value.length > 0 && value.every(isName)),
  client_id: isName,
  jti: isName,
  exp: isDate,
  iat: isDate,
  scope: value => typeof value === 'string',
}
const SAID_BY_JWT = ['iss', 'sub', 'jti', 'exp', 'iat']
const later = () => Math.floor(Date.now() / 1000) + 3600
const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, true, false, '', [], {}, [[]], 1e300, -1e300, 2 ** 53, [null], { a: 1 }),
  fc
    .constantFrom(
      String,
      Array.of,
      (n: number) => ({ n }),
      (n: number) => [String(n)],
    )
    .map(as => as(later()) as unknown),
)

test('the tokens as they were issued pass at every door, so that what follows proves something', async () => {
  for (const { typ, claims, doors } of TOKENS) {
    const answers = await eachDoor(sign(typ, { ...claims(), nbf: Math.floor(Date.now() / 1000) - 1 }), doors)
    for (const [door, answer] of Object.entries(answers)) assert.equal(answer, 'passed', `${typ} at ${door}`)
  }
  // RFC 7519 section 2: a NumericDate may have a fraction; section 4.1.3: `aud` may be a list.
  const spelled = { ...access, exp: later() + 0.5, nbf: 0.25, aud: [AUDIENCE] }
  for (const [door, answer] of Object.entries(await eachDoor(sign('at+jwt', spelled), DOORS[0] ?? {})))
    assert.equal(answer, 'passed', door)
})

test('a claim that is missing is refused at every door (RFC 9068 section 2.2)', async () => {
  for (const { typ, claims, doors } of TOKENS)
    for (const claim of typ === 'JWT' ? SAID_BY_JWT : Object.keys(MUST_BE))
      await refusedAtEachDoor(typ, { ...claims(), [claim]: undefined }, doors)
})

test('a claim of another type is refused at every door (RFC 7519 section 4.1)', async () => {
  for (const { typ, claims, doors } of TOKENS) {
    const names = fc.constantFrom(...(typ === 'JWT' ? SAID_BY_JWT : Object.keys(MUST_BE)))
    const hostile = fc.tuple(names, values).filter(([name, value]) => !MUST_BE[name]?.(value))
    await fc.assert(
      fc.asyncProperty(hostile, ([name, value]) => refusedAtEachDoor(typ, { ...claims(), [name]: value }, doors)),
      { numRuns: 150 },
    )
  }
})

test('a token is refused before nbf and from exp on, and where one of them is no number (RFC 7519 sections 4.1.4, 4.1.5)', async () => {
  const now = Math.floor(Date.now() / 1000)
  for (const { typ, claims, doors } of TOKENS) {
    for (const nbf of [now + 60, now + 3600, 8e12, String(now), null, [now], {}, true, ''])
      await refusedAtEachDoor(typ, { ...claims(), nbf }, doors)
    for (const exp of [now, now - 1, 0, -1, -8e12, now - 0.5]) await refusedAtEachDoor(typ, { ...claims(), exp }, doors)
  }
})

test('the optional claims that an offline guard decides by are typed as well', async () => {
  const hostile = { user_number: '1', credential_id: 7, grant_id: {}, feed_position: '0', client_name: [], username: 1 }
  for (const [name, value] of Object.entries(hostile))
    assert.equal(await passes(offline, sign('at+jwt', { ...access, [name]: value })), 'unknown', name)
  assert.equal(await passes(offline, sign('at+jwt', { ...access, feed_position: -1 })), 'unknown')
})

test('a token of another issuer is refused, though our key signed it (RFC 9068 section 4)', async () => {
  for (const { typ, claims, doors } of TOKENS)
    for (const iss of ['https://elsewhere.example', `${server.url}/`, server.url.toUpperCase(), ` ${server.url}`])
      await refusedAtEachDoor(typ, { ...claims(), iss }, doors)
})

test('the type in the header decides what a token is: neither passes as the other (RFC 8725 section 3.11)', async () => {
  await refusedAtEachDoor('JWT', access, DOORS[0] ?? {})
  await refusedAtEachDoor('at+jwt', user, DOORS[1] ?? {})
  await refusedAtEachDoor('at+jwt', { ...access, jti: user['jti'] }, { verify: token => verify(token, ['zebbra']) })
})
