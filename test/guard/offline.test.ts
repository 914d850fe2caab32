import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base64url, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { changeClient } from '../../src/core/clients/change-client.ts'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { rotateSigningKey } from '../../src/core/services/signing-keys/rotate-signing-key.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import { AuthError } from '../../src/guard/answer/auth-error.ts'
import { type Guard, type GuardOptions, openGuard } from '../../src/guard/index.ts'
import { webCarrier } from '../../src/guard/request/carriers.ts'
import { countedByClient } from '../../src/model/credentials/counted-by.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { addClient, addUser, askTokens, giveCode, pkce, redeem } from '../kit/cast.ts'
import { credentialIdOf } from '../kit/credential-id.ts'
import { eventually } from '../kit/eventually.ts'
import { link } from '../kit/link.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Access tokens that are JWTs, checked at the API itself: no question to the server, and no token that outlives its end. */

const AUDIENCE = 'https://jwt.example'

/** A server, an API that takes JWTs, and its guard at the far end of a line; the feed is heard. */
async function installation(options: GuardOptions = {}) {
  const server = await testServer()
  const { clientId, secret: clientSecret } = await createResource(server.world, OPERATOR, {
    audience: AUDIENCE,
    name: 'API',
    scopes: ['read', 'write'],
    tokenFormat: 'jwt',
  })
  const app = await addClient(server.world)
  const line = await link(server.url)
  const connection = { url: line.url, clientId, clientSecret, audience: AUDIENCE, jwt: 'offline' as const }
  const guard = openGuard({ ...connection, scopes: 'read', ...options })
  const ended = async () => {
    await guard.close()
    await line[Symbol.asyncDispose]()
    await server.stop()
  }
  const one = { server, app, line, guard, [Symbol.asyncDispose]: ended }
  await untilOffline(one)
  return one
}
type Installation = Awaited<ReturnType<typeof installation>>

const token = async ({ server, app }: { server: TestServer; app: RegisteredClient }, scope = 'read') =>
  (await askTokens(server.url, app, { grant_type: 'client_credentials', scope, resource: AUDIENCE }))
    .access_token as string

async function outcome(guard: Guard, secret: string): Promise<string> {
  try {
    await guard.check(webCarrier({ headers: new Headers({ authorization: `Bearer ${secret}` }), url: '/' }))
    return 'passed'
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}
const untilItIs = (guard: Guard, secret: string, wanted: string) =>
  eventually(async () => (await outcome(guard, secret)) === wanted)

/** From then on a new token is believed without a question. */
const untilOffline = ({ guard, line, ...rest }: Pick<Installation, 'server' | 'app' | 'guard' | 'line'>) =>
  eventually(async () => {
    const fresh = await token(rest)
    const before = line.calls('/v1/verify')
    return (await outcome(guard, fresh)) === 'passed' && line.calls('/v1/verify') === before
  })
const asked = ({ line }: Installation) => line.calls('/v1/verify')

test('tokens nobody has seen before pass without a question to the server, with all that is behind them', async () => {
  await using one = await installation()
  const { server, app, guard } = one
  const before = asked(one)
  for (let i = 0; i < 20; i++) assert.equal(await outcome(guard, await token(one)), 'passed')
  const user = await addUser(server.world)
  const { verifier, challenge } = pkce()
  const code = await giveCode(server.world, app.client, user, challenge, { resources: [AUDIENCE] })
  const { access_token = '' } = await redeem(server.url, app, code, verifier, { resource: AUDIENCE })
  const { auth } = await guard.check(
    webCarrier({ headers: new Headers({ authorization: `Bearer ${access_token}` }), url: '/' }),
  )
  assert.ok(auth?.kind === 'access-token')
  assert.deepEqual(auth.subject, { id: user.id, number: user.number, handle: 'alice' })
  assert.deepEqual(auth.client, { id: app.client.id, name: 'Travel Diary' })
  assert.deepEqual(auth.audience, [AUDIENCE])
  assert.equal(auth.credentialId, await credentialIdOf(server.world, access_token))
  assert.equal(asked(one), before)
})

test('a revoked token, a disabled application and a disabled user stop at once, also where they were never seen', async () => {
  await using one = await installation()
  const { server, app, guard } = one
  const [seen, unseen] = [await token(one), await token(one)]
  assert.equal(await outcome(guard, seen), 'passed')
  for (const secret of [seen, unseen]) {
    const claims = JSON.parse(new TextDecoder().decode(base64url.decode(secret.split('.')[1] ?? '')))
    await revokeCredential(server.world, OPERATOR, { credentialId: claims.credential_id })
  }
  await untilItIs(guard, seen, 'revoked')
  await untilItIs(guard, unseen, 'revoked')

  const user = await addUser(server.world)
  const { verifier, challenge } = pkce()
  const code = await giveCode(server.world, app.client, user, challenge, { resources: [AUDIENCE] })
  const { access_token = '' } = await redeem(server.url, app, code, verifier, { resource: AUDIENCE })
  const theirs = await token(one)
  await changeUser(server.world, OPERATOR, { userId: user.id, active: false })
  await untilItIs(guard, access_token, 'owner_disabled')
  assert.equal(await outcome(guard, theirs), 'passed')
  await changeClient(server.world, OPERATOR, { clientId: app.client.id, active: false })
  await untilItIs(guard, theirs, 'client_disabled')
})

test('what was revoked before this guard began to listen is not believed', async () => {
  await using one = await installation()
  const { server, guard, line } = one
  const secret = await token(one)
  const claims = JSON.parse(new TextDecoder().decode(base64url.decode(secret.split('.')[1] ?? '')))
  await revokeCredential(server.world, OPERATOR, { credentialId: claims.credential_id })
  const { clientId, secret: clientSecret } = await createResource(server.world, OPERATOR, {
    audience: 'https://late.example',
    name: 'Late',
    scopes: [],
  })
  const late = openGuard({ url: line.url, clientId, clientSecret, audience: AUDIENCE, jwt: 'offline' })
  try {
    for (let i = 0; i < 20; i++) assert.notEqual(await outcome(late, secret), 'passed')
    await untilItIs(guard, secret, 'revoked')
  } finally {
    await late.close()
  }
})

test('a token for another API, with too little scope, expired or forged is refused; no trick with the header helps', async () => {
  await using one = await installation()
  const { server, guard, app } = one
  const narrow = await token(one, 'write')
  assert.equal(await outcome(guard, narrow), 'insufficient_scope')
  await createResource(server.world, OPERATOR, {
    audience: 'https://other.example',
    name: 'Other',
    scopes: [],
    tokenFormat: 'jwt',
  })
  const other = await askTokens(server.url, app, {
    grant_type: 'client_credentials',
    scope: 'read',
    resource: 'https://other.example',
  })
  assert.equal(await outcome(guard, other.access_token ?? ''), 'wrong_audience')

  const good = await token(one)
  const [head = '', body = '', signature = ''] = good.split('.')
  const read = (part: string) => JSON.parse(new TextDecoder().decode(base64url.decode(part)))
  const write = (value: object) => base64url.encode(JSON.stringify(value))
  const claims = read(body)
  const { sign } = server.world.signer
  assert.equal(await outcome(guard, sign('at+jwt', { ...claims, exp: Math.floor(Date.now() / 1000) })), 'expired')
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const strange = (header: object) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...header }).sign(privateKey)
  const forged = [
    `${head}.${write({ ...claims, scope: 'read write admin' })}.${signature}`,
    `${write({ ...read(head), alg: 'none' })}.${body}.`,
    `${write({ ...read(head), alg: 'none' })}.${body}.${signature}`,
    `${write({ ...read(head), alg: 'HS256' })}.${body}.${signature}`,
    await strange({ kid: read(head).kid }),
    await strange({ kid: read(head).kid, jwk: await exportJWK(publicKey) }),
    await strange({ kid: '__proto__' }),
    await strange({ kid: 'x'.repeat(5000) }),
    `${good}x`,
    good.slice(0, -1),
    sign('JWT', { ...claims, jti: 'unknown' }),
    sign('at+jwt', { ...claims, iss: 'https://elsewhere.example', jti: 'unknown' }),
    sign('at+jwt', { ...claims, credential_id: undefined, jti: 'unknown' }),
    sign('at+jwt', { ...claims, exp: String(claims.exp), jti: 'unknown' }),
  ]
  for (const [i, secret] of forged.entries()) assert.notEqual(await outcome(guard, secret), 'passed', `forgery ${i}`)
  assert.equal(await outcome(guard, good), 'passed')
})

test('thirty tokens with keys nobody knows make the guard look for new keys once', async () => {
  await using one = await installation()
  const { line, guard } = one
  const { privateKey } = await generateKeyPair('ES256')
  const before = line.calls('/.well-known/jwks.json')
  for (let i = 0; i < 30; i++) {
    const signed = new SignJWT({ i }).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: `key-${i}` })
    assert.equal(await outcome(guard, await signed.sign(privateKey)), 'unknown')
  }
  assert.ok(line.calls('/.well-known/jwks.json') <= before + 1)
})

test('after a new signing key the tokens of both keys pass', async () => {
  await using one = await installation()
  const { server, guard } = one
  const old = await token(one)
  await rotateSigningKey(server.world, OPERATOR)
  await untilOffline(one)
  assert.equal(await outcome(guard, old), 'passed')
})

test('while the feed is lost the server is asked about each token, or they are refused, as was settled', async () => {
  for (const [onFeedLost, wanted] of [
    ['ask', 'passed'],
    ['refuse', 'unavailable'],
  ] as const) {
    await using one = await installation({ onFeedLost, feedLimitSeconds: 1 })
    const { guard, line } = one
    line.only('/v1/verify')
    const before = asked(one)
    await eventually(async () => {
      const result = await outcome(guard, await token(one))
      return result === wanted && (wanted === 'unavailable' || asked(one) > before)
    })
  }
})

test('what the guard answered without asking is told in one report, and counts in last used, charts and journal', async () => {
  await using one = await installation()
  const { server, guard, line } = one
  const { world } = server
  // Without a row, they count for the application they were issued to.
  const counted = countedByClient(one.app.client.id)
  const usage = async () => {
    await world.recorder.flush()
    const ask = { since: world.now() - 600_000, until: world.now() + 60_000, bucketMinutes: 60, countedBy: counted }
    return new Map((await world.usage.read(ask)).map(({ kind, outcome: what, count }) => [`${kind} ${what}`, count]))
  }
  const before = (await usage()).get('access-token valid') ?? 0
  const secret = await token(one)
  for (let i = 0; i < 50; i++) assert.equal(await outcome(guard, secret), 'passed')
  const narrow = await token(one, 'write')
  assert.equal(await outcome(guard, narrow), 'insufficient_scope')
  assert.equal(line.calls('/v1/verify/usage'), 0)
  await guard.close()
  assert.equal(line.calls('/v1/verify/usage'), 1)
  const after = await usage()
  // With the one by which this guard proved to be ready.
  assert.equal((after.get('access-token valid') ?? 0) - before, 51)
  assert.equal(after.get('access-token insufficient_scope'), 1)
  assert.ok(((await world.clients.byId(one.app.client.id))?.lastUsedAt ?? 0) > world.now() - 120_000)
  const { items } = await world.journal.list({ clientId: one.app.client.id, event: 'used' }, { limit: 5 })
  assert.equal(items.length, 1)
})

test('an API can report no use of what is not for it, and none in the future or long ago', async () => {
  await using one = await installation()
  const { server } = one
  const { world } = server
  const other = await createResource(world, OPERATOR, {
    audience: 'https://other.example',
    name: 'Other',
    scopes: [],
    strictAudience: true,
  })
  const mine = await createResource(world, OPERATOR, {
    audience: 'https://mine.example',
    name: 'M',
    scopes: [],
  })
  const user = await addUser(world)
  const key = async (audience: string[]) =>
    (await issueKey(world, OPERATOR, { kind: 'api-key', userId: user.id, name: 'k', audience })).credential.id
  const [open, named] = [await key([]), await key(['https://mine.example'])]
  const report = async (
    by: { clientId: string; secret: string },
    ids: string[],
    lastAt: number,
    count: unknown = 3,
  ) => {
    const answer = await fetch(`${server.url}/v1/verify/usage`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${by.clientId}:${by.secret}`)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ items: ids.map(id => ({ credential_id: id, outcome: 'valid', count, last_at: lastAt })) }),
    })
    return { status: answer.status, counted: ((await answer.json()) as { counted?: number }).counted }
  }
  const now = Math.floor(world.now() / 1000)
  assert.deepEqual(await report(other, [open, named, 'f'.repeat(24)], now), { status: 200, counted: 0 })
  assert.deepEqual(await report(mine, [open, named], now + 10_000_000), { status: 200, counted: 2 })
  await world.recorder.flush()
  for (const id of [open, named]) assert.ok(((await world.credentials.byId(id))?.lastUsedAt ?? 0) <= world.now())
  for (const count of [0, -1, 1.5, '3', 1e300]) assert.equal((await report(mine, [open], now, count)).status, 400)
  assert.equal((await report({ ...mine, secret: 'x' }, [open], now)).status, 401)
})

test('a guard that names no audience does not start offline', () => {
  const connection = { url: 'http://127.0.0.1:1', clientId: 'a', clientSecret: 'b' }
  assert.throws(() => openGuard({ ...connection, jwt: 'offline' }), /needs the audience/)
})
