import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { issueTestToken } from '../../src/core/credentials/issue/issue-test-token.ts'
import { issueTokens } from '../../src/core/oauth/issue-tokens.ts'
import { openStatements } from '../../src/crypto/statement.ts'
import { DAY, HOUR } from '../../src/model/span.ts'
import { asClient, asUser, tokenRequest } from '../kit/acts.ts'
import { addClient, addUser, askTokens, giveCode, isActive, pkce, redeem, refresh } from '../kit/cast.ts'
import { credentialIdOf } from '../kit/credential-id.ts'
import { api, application } from '../kit/house.ts'
import { countQueries } from '../kit/queries.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Access tokens that carry their own record (docs/adr/0013): what they say, what is stored of them, and what is not believed. */

const ISSUER = 'https://auth.example'
const OWN = { grant_type: 'client_credentials' }
const { verifier, challenge } = pkce()
let server: TestServer
let app: RegisteredClient

before(async () => {
  server = await testServer({ CLAVIGER_URL: ISSUER })
  app = await addClient(server.world)
})
after(() => server.stop())

const tokenOf = async (form: Record<string, string> = {}) =>
  (await askTokens(server.url, app, { ...OWN, ...form })).access_token ?? ''
const rowOf = (token: string) => server.world.credentials.findAny(server.world.vault.fingerprint(token))
const whoami = async (token: string) => {
  const answer = await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })
  return { status: answer.status, ...((await answer.json()) as { active: boolean; reason?: string }) }
}
async function say(audience: string, form: Record<string, string>) {
  const opened = await server.world.statements.open(await tokenOf({ resource: audience, ...form }))
  assert.equal(opened.is, 'sealed')
  return opened.is === 'sealed' ? opened.statement : undefined
}

test('100 000 tokens of clients leave rows by client and minute, and ask no database once the client is known', async () => {
  const { world, installation } = server
  const { client } = await application(world)
  const act = asClient(client)
  const request = tokenRequest('client_credentials', { scope: 'read' })
  await issueTokens(world, act, request)
  const before = await tableSizes(server)
  const startedAt = world.now()
  const queries = countQueries(installation.engine)
  for (let i = 0; i < 100_000; i++) {
    await issueTokens(world, act, request)
    // As between requests: what runs on a clock has its turn.
    if (i % 100 === 0) await new Promise(resolve => setImmediate(resolve))
  }
  const seconds = Math.ceil((world.now() - startedAt) / 1000)
  assert.ok(queries() < 500 + 100 * seconds, `${queries()} queries in ${seconds} s`)
  await world.recorder.flush()
  const { journal: entries, ...others } = await tableSizes(server)
  const { journal: entriesBefore, ...othersBefore } = before
  assert.deepEqual(others, othersBefore)
  const minutes = Math.ceil(seconds / 60) + 1
  assert.ok(entries - entriesBefore <= 3 * minutes, `${entries - entriesBefore} entries in ${minutes} minutes`)
  const asked = queries()
  const { items } = await world.journal.list({ clientId: client.id, event: 'issued' }, { limit: 20 })
  assert.ok(queries() > asked, 'this counts')
  const given = items.reduce((sum, { detail }) => sum + Number(detail?.['tokens'] ?? 1), 0)
  assert.equal(given, 100_001, 'and none of them is missing in the count')
})

test('the journal tells of tokens of clients how many, from where, and the first and last request; or each one, if so settled', async () => {
  const { client, secret } = await application(server.world)
  const requests: string[] = []
  for (let i = 0; i < 3; i++) {
    const body = new URLSearchParams({ ...OWN, client_id: client.id, client_secret: secret })
    const answer = await fetch(`${server.url}/oauth2/token`, { method: 'POST', body })
    requests.push(answer.headers.get('x-request-id') ?? '')
  }
  const entries = async () =>
    (await server.world.journal.list({ clientId: client.id, event: 'issued' }, { limit: 10 })).items
  await server.world.recorder.flush()
  const gathered = await entries()
  const known = gathered.flatMap(({ requestId, detail }) => [requestId, detail?.['last_request']])
  assert.ok(known.includes(requests[0]) && known.includes(requests[2]), JSON.stringify(gathered))
  assert.deepEqual(new Set(gathered.flatMap(({ detail }) => detail?.['networks'] ?? [])).size <= 1, true)

  server.world.rules.journalIssues = 'each'
  try {
    const before = (await entries()).length
    const { access_token = '' } = await askTokens(server.url, { client, secret }, OWN)
    const [newest, ...others] = await entries()
    assert.equal(others.length, before, 'before the answer it is written')
    assert.equal(newest?.credentialId, await credentialIdOf(server.world, access_token))
  } finally {
    server.world.rules.journalIssues = 'gathered'
  }
})

test('what is not short-lived, manages this server or was made by hand has a row, and works the same', async () => {
  const { world, url } = server
  const day = await addClient(world, { policy: { accessTokenSeconds: DAY / 1000 } })
  const longer = await addClient(world, { policy: { accessTokenSeconds: DAY / 1000 + 1 } })
  const endless = await addClient(world, { policy: { accessTokenSeconds: null } })
  const staff = await addClient(world, { scopes: ['users:read', 'read'] })
  const stored = async (by: RegisteredClient, form: Record<string, string> = {}) => {
    const { access_token = '' } = await askTokens(url, by, { ...OWN, ...form })
    assert.equal((await whoami(access_token)).active, true)
    return (await rowOf(access_token)) !== undefined
  }
  assert.deepEqual(
    [await stored(day), await stored(longer), await stored(endless), await stored(staff)],
    [false, true, true, true],
  )
  assert.equal(await stored(staff, { scope: 'read' }), false)
  const user = await addUser(world, 'tester')
  const own = await addClient(world, { ownerId: user.id })
  const tried = await issueTestToken(world, asUser(user), { clientId: own.client.id })
  assert.notEqual(await rowOf(tried.secret), undefined)
})

test('no token is longer than 255 characters: what would be has a row', async () => {
  const scope = fc.stringMatching(/^[a-z]{1,40}$/)
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(scope, { minLength: 1, maxLength: 20 }), async scopes => {
      const by = await addClient(server.world, { scopes })
      const { access_token = '' } = await askTokens(server.url, by, OWN)
      assert.ok(access_token.length <= 255)
      assert.equal((await rowOf(access_token)) !== undefined, access_token.length === 45)
      assert.deepEqual(await scopesOf(access_token), scopes.toSorted())
    }),
    { numRuns: 25 },
  )
  async function scopesOf(token: string): Promise<string[]> {
    const answer = await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })
    return ((await answer.json()) as { scopes: string[] }).scopes.toSorted()
  }
})

test('a token of a grant says no more than its grant does not say, and names no user', async () => {
  const { world, url } = server
  const user = await addUser(world, 'granted')
  const code = await giveCode(world, app.client, user, challenge)
  const { access_token = '', refresh_token } = await redeem(url, app, code, verifier)
  const whole = await world.statements.open(access_token)
  assert.ok(whole.is === 'sealed' && 'grantId' in whole.statement.of)
  assert.deepEqual([whole.statement.scopes, whole.statement.audience], [undefined, undefined])
  assert.ok(!Buffer.from(access_token).includes(user.id))
  const narrow = await refresh(url, app, refresh_token, { scope: 'read' })
  const opened = await world.statements.open(narrow.access_token ?? '')
  assert.ok(opened.is === 'sealed')
  assert.deepEqual(opened.statement.scopes, ['read'])
  for (const token of [access_token, narrow.access_token]) assert.equal(await isActive(url, app, token), true)
})

test('a client that is registered for more later has no more with a token of before', async () => {
  const { world, url } = server
  const by = await addClient(world, { scopes: ['read'] })
  const { access_token = '' } = await askTokens(url, by, OWN)
  await world.clients.change(
    by.client.id,
    { scopes: ['read', 'write'] },
    { at: 1, event: 'changed', about: 'client', actor: 'operator' },
  )
  const answer = await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${access_token}` } })
  assert.deepEqual(((await answer.json()) as { scopes: string[] }).scopes, ['read'])
})

test('a character changed anywhere, a token of another installation, key, kind or issuer is refused, and never a failure', async () => {
  const token = await tokenOf()
  assert.equal((await whoami(token)).status, 200)
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.stringMatching(/^[0-9A-Za-z]$/), async (at, letter) => {
      const changed = token.slice(0, at) + letter + token.slice(at + 1)
      if (changed !== token) assert.equal((await whoami(changed)).status, 401)
    }),
    { numRuns: 150 },
  )
  // The checksum put right again, as a forger would do it: the seal does not fit.
  const opened = await server.world.statements.open(token)
  assert.ok(opened.is === 'sealed')
  const secrets = [{ number: 1, secret: new Uint8Array(32) }]
  for (const [issuer, number] of [
    [ISSUER, 1],
    [ISSUER, 2],
    [ISSUER, 65_535],
    ['https://elsewhere.example', 1],
  ] as const) {
    const forger = openStatements(() => issuer)
    forger.load([{ number, secret: secrets[0]?.secret ?? new Uint8Array() }], number)
    assert.equal((await whoami(forger.seal(opened.statement) ?? '')).reason, 'unknown')
  }
  await using elsewhere = await testServer({ CLAVIGER_URL: ISSUER })
  const other = await addClient(elsewhere.world)
  const foreign = (await askTokens(elsewhere.url, other, OWN)).access_token ?? ''
  assert.equal((await whoami(foreign)).reason, 'unknown')
  const kinds = ['rt', 'key', 'app', 'ses', 'code']
  for (const kind of kinds) assert.equal((await whoami(token.replace('clv_at_', `clv_${kind}_`))).status, 401)
  server.world.rules.issuer = 'https://renamed.example'
  try {
    assert.equal((await whoami(token)).reason, 'unknown')
  } finally {
    server.world.rules.issuer = ISSUER
  }
  assert.equal((await whoami(token)).status, 200)
})

test('an API for which the token is not made is refused, as with every credential', async () => {
  const [one, two] = [await api(server, 'https://one.example'), await api(server, 'https://two.example')]
  assert.deepEqual((await say('https://one.example', {}))?.audience, ['https://one.example'])
  const token = await tokenOf({ resource: 'https://one.example' })
  const look = async ({ clientId, clientSecret }: typeof one) => {
    const body = new URLSearchParams({ token, client_id: clientId, client_secret: clientSecret })
    return (
      (await (await fetch(`${server.url}/oauth2/introspect`, { method: 'POST', body })).json()) as { active: boolean }
    ).active
  }
  assert.deepEqual([await look(one), await look(two)], [true, false])
})

test('a refused token keeps its claims in the entry of the refusal', async () => {
  const token = await tokenOf()
  const body = new URLSearchParams({ token, client_id: app.client.id, client_secret: app.secret ?? '' })
  assert.equal((await fetch(`${server.url}/oauth2/revoke`, { method: 'POST', body })).status, 200)
  assert.equal((await whoami(token)).reason, 'revoked')
  await server.world.recorder.flush()
  const credentialId = await credentialIdOf(server.world, token)
  const [entry] = (await server.world.journal.list({ credentialId, event: 'refused' }, { limit: 1 })).items
  const claims = entry?.detail?.['claims'] as Record<string, unknown>
  assert.deepEqual(claims['scopes'], ['read', 'write'])
  assert.equal(Number(claims['expires_at']) - Number(claims['issued_at']), HOUR)
  assert.equal(entry?.clientId, app.client.id)
})

/** Rows of all tables that a token could touch. */
async function tableSizes({ installation }: TestServer) {
  const count = async (table: 'credentials' | 'grants' | 'ended_statements' | 'revocations' | 'journal') => {
    const row = await installation.engine.db
      .selectFrom(table)
      .select(eb => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(row.count)
  }
  return {
    credentials: await count('credentials'),
    grants: await count('grants'),
    ended: await count('ended_statements'),
    revocations: await count('revocations'),
    journal: await count('journal'),
  }
}
