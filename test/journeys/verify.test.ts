import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import type { AuthKind } from '../../src/guard/decide/auth.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { api, application, issue, person } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* `POST /v1/verify` and `GET /v1/whoami`, word for word. */

type Proof = { clientId: string; clientSecret: string }
type Answer = { active: boolean; reason?: string; kind?: string; findings?: object[] } & Record<string, unknown>
let server: TestServer
let caller: Proof
let user: User
before(async () => {
  server = await testServer()
  caller = await api(server)
  user = await person(server.world)
})
after(() => server[Symbol.asyncDispose]())

const post = (body: unknown, as: Proof | undefined = caller) =>
  fetch(`${server.url}/v1/verify`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(as && { authorization: `Basic ${btoa(`${as.clientId}:${as.clientSecret}`)}` }),
    },
    body: JSON.stringify(body),
  })
const verify = async (body: unknown, as?: Proof): Promise<Answer> => {
  const answer = await post(body, as)
  assert.equal(answer.status, 200, await answer.clone().text())
  return (await answer.json()) as Answer
}
const reason = async (body: unknown, as?: Proof) => (await verify(body, as)).reason

test('a good credential is answered for with everything the contract names', async () => {
  const { presented, credentialId } = await issue(server.world, 'api-key', user)
  const { issued_at, feed_position, ...rest } = await verify({ credential: presented })
  assert.deepEqual(rest, {
    active: true,
    kind: 'api_key',
    credential_id: credentialId,
    subject: { id: user.id, number: user.number, handle: 'ann' },
    client: null,
    scopes: ['read'],
    audience: [],
    expires_at: null,
  })
  assert.ok(Math.abs(Number(issued_at) - Date.now() / 1000) < 60, 'epoch seconds')
  assert.equal(typeof feed_position, 'number')
})

test('an application that acts for itself is answered for with its client and no subject', async () => {
  const { presented } = await issue(server.world, 'access-token', user)
  const { kind, subject, client, expires_at } = await verify({ credential: presented })
  assert.equal(kind, 'access_token')
  assert.equal(subject, null)
  assert.equal((client as { name: string }).name, 'Nightly job')
  assert.equal(typeof expires_at, 'number')
})

test('the native kinds pass unasked, the others only where they are listed', async () => {
  const dialects: Record<AuthKind, string | undefined> = {
    'access-token': undefined,
    'api-key': undefined,
    'application-token': undefined,
    'user-token': 'zebbra',
    'token-pair': 'tokenapi',
  }
  for (const [kind, dialect] of Object.entries(dialects) as [AuthKind, string | undefined][]) {
    const { presented, credentialId } = await issue(server.world, kind, user)
    const unasked = await verify({ credential: presented })
    if (dialect === undefined) assert.equal(unasked.active, true, kind)
    else assert.equal(unasked.reason, 'wrong_dialect', kind)
    const listed = await verify({ credential: presented, dialects: [dialect ?? 'native'] })
    assert.equal(listed.kind, kind.replaceAll('-', '_'))
    await revokeCredential(server.world, OPERATOR, { credentialId })
    assert.equal(await reason({ credential: presented, dialects: [dialect ?? 'native'] }), 'revoked')
  }
})

test('headers and url are read as the dialect reads them', async () => {
  const key = (await issue(server.world, 'api-key', user)).presented
  const pair = (await issue(server.world, 'token-pair', user)).presented
  const [number, token] = pair.split(':')
  const active = async (body: object) => (await verify(body)).active
  assert.equal(await active({ headers: { Authorization: `bearer ${key}` } }), true)
  assert.equal(await active({ headers: { 'X-API-KEY': [key] } }), true)
  assert.equal(await active({ headers: {}, url: `/v1/data?api_key=${key}` }), true)
  assert.equal(await active({ headers: {}, url: `https://a.example/v1/data?api_key=${key}#x` }), true)
  assert.equal(await active({ url: `/index.json?user=${number}&token=${token}`, dialects: ['tokenapi'] }), true)
  assert.equal(await active({ headers: { authorization: `Basic ${btoa(pair)}` }, dialects: ['tokenapi'] }), true)
  assert.equal(await active({ headers: { authorization: `Basic ${btoa(pair)}` } }), false)
  assert.equal(await reason({ headers: { authorization: [`Bearer ${key}`, 'Bearer other'] } }), 'malformed')
  assert.equal(await reason({ headers: { accept: '*/*' }, url: '/' }), 'missing')
})

test('every negative answer names its reason from the closed list', async () => {
  const issueOne = () => issue(server.world, 'api-key', user)
  const good = await issueOne()
  assert.equal(await reason({}), 'missing')
  assert.equal(await reason({ credential: '' }), 'missing')
  assert.equal(await reason({ credential: good.presented.slice(0, -1) }), 'malformed')
  assert.equal(await reason({ credential: 'something-else' }), 'unknown')
  assert.equal(await reason({ credential: good.presented, scopes: ['write'] }), 'insufficient_scope')
  assert.equal(await reason({ credential: good.presented, scopes: 'read write' }), 'insufficient_scope')
  assert.equal(await reason({ credential: good.presented, dialects: ['zocial'] }), 'wrong_dialect')
  assert.equal(await reason({ credential: good.presented, audience: 'https://nobody.example' }), 'wrong_audience')

  const bound = await issue(server.world, 'api-key', user, ['read'], ['192.0.2.0/24'])
  assert.equal(await reason({ credential: bound.presented }), 'network_not_allowed')
  assert.equal((await verify({ credential: bound.presented, ip: '192.0.2.9' })).active, true)

  const expiresAt = Date.now() + 800
  const ask = { kind: 'api-key' as const, userId: user.id, name: 'short', scopes: ['read'], expiresAt }
  const { secret } = await issueKey(server.world, OPERATOR, ask)
  await new Promise(resolve => setTimeout(resolve, 820))
  assert.equal(await reason({ credential: secret }), 'expired')

  const other = await person(server.world, 'gone')
  const theirs = await issue(server.world, 'api-key', other)
  await changeUser(server.world, OPERATOR, { userId: other.id, active: false })
  assert.equal(await reason({ credential: theirs.presented }), 'owner_disabled')
})

test('a strict API takes only credentials that name it; one that names it is good there alone', async () => {
  const strict = await api(server, 'https://strict.example', { strictAudience: true })
  const { presented } = await issue(server.world, 'api-key', user)
  assert.equal(await reason({ credential: presented }, strict), 'wrong_audience')
  const named = await issueKey(server.world, OPERATOR, {
    kind: 'api-key',
    userId: user.id,
    name: 'named',
    audience: ['https://strict.example'],
  })
  assert.equal((await verify({ credential: named.secret }, strict)).active, true)
  assert.equal(await reason({ credential: named.secret }), 'wrong_audience')
})

test('explain says of every rule what it found and what would have passed', async () => {
  const { presented } = await issue(server.world, 'api-key', user)
  const { reason: why, findings = [] } = await verify({ credential: presented, scopes: ['write'], explain: true })
  assert.equal(why, 'insufficient_scope')
  const scope = findings.find(one => (one as { rule: string }).rule === 'scope')
  assert.deepEqual(scope, { rule: 'scope', passed: false, found: 'read', needed: 'also write' })
  assert.ok(findings.length > 5)
})

test('explain tells an API that a credential is not for it, and nothing of who is behind it', async () => {
  const other = await person(server.world, 'hidden-handle')
  const { secret } = await issueKey(server.world, OPERATOR, {
    kind: 'api-key',
    userId: other.id,
    name: 'k',
    audience: ['https://elsewhere.example'],
  })
  const ask = () => post({ credential: secret, explain: true }).then(answer => answer.text())
  const before = await ask()
  assert.match(before, /"reason":"wrong_audience"/)
  assert.doesNotMatch(before, /hidden-handle|owner active/)
  await changeUser(server.world, OPERATOR, { userId: other.id, active: false })
  assert.equal(await ask(), before, 'not even that they were disabled')
})

test('a key in the address is no key where the operator does not want it there, whatever the guard reads', async () => {
  await using strict = await testServer({ CLAVIGER_API_KEY_IN_QUERY: 'off' })
  const guarded = await api(strict)
  const { presented } = await issue(strict.world, 'api-key', await person(strict.world))
  const ask = async (body: object) => {
    const answer = await fetch(`${strict.url}/v1/verify`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${btoa(`${guarded.clientId}:${guarded.clientSecret}`)}`,
      },
      body: JSON.stringify(body),
    })
    return (await answer.json()) as Answer
  }
  assert.equal((await ask({ credential: presented, key_in_address: true })).reason, 'missing')
  assert.equal((await ask({ headers: {}, url: `/things?api_key=${presented}` })).reason, 'missing')
  assert.equal((await ask({ credential: presented })).active, true)
})

test('explain is for whoever proves to be an API; whoami never explains', async () => {
  const { presented } = await issue(server.world, 'api-key', user)
  for (const query of ['?explain=true', '?explain=1']) {
    const answer = await fetch(`${server.url}/v1/whoami${query}`, { headers: { 'x-api-key': presented } })
    assert.equal(((await answer.json()) as Answer).findings, undefined)
  }
})

test('only a resource server may ask, by Basic alone', async () => {
  const { client, secret } = await application(server.world)
  const body = { credential: 'x' }
  const { status, headers } = await fetch(`${server.url}/v1/verify`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(status, 401)
  assert.match(headers.get('www-authenticate') ?? '', /^Basic /)
  assert.equal((await post(body, { ...caller, clientSecret: 'wrong' })).status, 401)
  assert.equal((await post(body, { clientId: client.id, clientSecret: secret })).status, 403)
  assert.equal((await post({ ...body, client_id: caller.clientId, client_secret: caller.clientSecret })).status, 400)
  const feed = await fetch(`${server.url}/v1/feed`)
  assert.equal(feed.status, 401)
})

test('a question that cannot be read is refused by name, never half understood', async () => {
  const refused = async (body: unknown) => {
    const answer = await post(body)
    assert.equal(answer.status, 400)
    return ((await answer.json()) as { error_description: string }).error_description
  }
  assert.match(await refused({ credentials: 'x' }), /credentials/)
  assert.match(await refused({ credential: 7 }), /credential/)
  assert.match(await refused({ credential: 'x', dialects: ['klingon'] }), /dialects/)
  assert.match(await refused({ credential: 'x', headers: {} }), /either/)
  assert.match(await refused({ credential: 'x', ip: 'here' }), /ip/)
  assert.match(await refused([]), /object/)
})

test('whoami knows every kind, and tells whoever asks without a good one what to do next', async () => {
  for (const kind of ['access-token', 'api-key', 'application-token', 'user-token', 'token-pair'] as const) {
    const { presented } = await issue(server.world, kind, user)
    const authorization = kind === 'token-pair' ? `Basic ${btoa(presented)}` : `Bearer ${presented}`
    const answer = await fetch(`${server.url}/v1/whoami`, { headers: { authorization } })
    const body = (await answer.json()) as Answer & { hint: string }
    assert.equal(answer.status, 200, kind)
    assert.equal(body.kind, kind.replaceAll('-', '_'))
    assert.ok(body.hint.length > 20)
  }
  const nothing = await fetch(`${server.url}/v1/whoami`)
  assert.equal(nothing.status, 401)
  assert.equal(nothing.headers.get('www-authenticate'), 'Bearer realm="claviger"')
  const body = (await nothing.json()) as Answer & { hint: string }
  assert.equal(body.active, false)
  assert.match(body.hint, /curl/)
})
