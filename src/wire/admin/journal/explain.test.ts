import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../../../../test/kit/admin.ts'
import { type TestServer, testServer } from '../../../../test/kit/server.ts'
import { changeClient } from '../../../core/clients/change-client.ts'
import { registerClient } from '../../../core/clients/register-client.ts'
import { changeCredential } from '../../../core/credentials/change-credential.ts'
import { type IssueKey, issueKey } from '../../../core/credentials/issue/issue-key.ts'
import { makeAccessToken } from '../../../core/credentials/issue/make-access-token.ts'
import { makeCredential } from '../../../core/credentials/issue/make-credential.ts'
import { revokeCredential } from '../../../core/credentials/revoke-credential.ts'
import { createResource } from '../../../core/resources/create-resource.ts'
import { changeUser } from '../../../core/users/change-user.ts'
import { createUser } from '../../../core/users/create-user.ts'
import { NOWHERE } from '../../../model/credentials/validity.ts'
import { REASONS, type ReasonName } from '../../../model/credentials/verdict.ts'
import { OPERATOR } from '../../../model/users/actor.ts'

type Case = { rule: string; presented: string; ask?: Record<string, unknown>; older?: ReasonName }

async function keyOf(server: TestServer, handle: string, more: Partial<IssueKey> = {}) {
  const user = await createUser(server.world, OPERATOR, { handle })
  return issueKey(server.world, OPERATOR, { kind: 'api-key', userId: user.id, name: 'k', ...more })
}
async function stored(
  server: TestServer,
  kind: 'access-token' | 'api-key' | 'user-token',
  expiresAt?: number,
): Promise<string> {
  const { world } = server
  const user = await createUser(world, OPERATOR, { handle: `of-${kind}` })
  const made = makeCredential(world, kind, { userId: user.id, ...(expiresAt !== undefined && { expiresAt }) })
  const entry = { at: world.now(), event: 'issued' as const, about: 'credential', actor: 'operator' }
  await world.credentials.issue([made.credential], entry)
  return made.secret
}
async function ofDisabledClient(server: TestServer): Promise<string> {
  const { world } = server
  const ask = {
    name: 'App',
    redirectUris: [],
    scopes: ['read'],
    type: 'confidential',
    source: 'operator',
  } as const
  const { client } = await registerClient(world, OPERATOR, { ...ask, redirectUris: [], scopes: ['read'] })
  const made = makeAccessToken(world, { client, scopes: ['read'], resources: [], place: NOWHERE })
  const entry = { at: world.now(), event: 'issued' as const, about: 'credential', actor: client.id }
  await world.credentials.issue([made.credential], entry)
  await changeClient(world, OPERATOR, { clientId: client.id, active: false })
  return made.secret
}

/** One credential for each reason; `missing` and `rate_limited` are no property of a credential. */
const CASES: Record<Exclude<ReasonName, 'missing' | 'rate_limited'>, (server: TestServer) => Promise<Case>> = {
  malformed: async server => ({ rule: 'malformed', presented: (await keyOf(server, 'mal')).secret.slice(0, -1) }),
  unknown: async () => ({ rule: 'unknown', presented: 'somebody-elses-token' }),
  expired: async server => ({
    rule: 'not expired',
    presented: await stored(server, 'api-key', server.world.now() - 1),
  }),
  async revoked(server) {
    const { secret, credential } = await keyOf(server, 'rev')
    await revokeCredential(server.world, OPERATOR, { credentialId: credential.id })
    return { rule: 'not revoked', presented: secret }
  },
  async disabled(server) {
    const { secret, credential } = await keyOf(server, 'off')
    await changeCredential(server.world, OPERATOR, { credentialId: credential.id, active: false })
    return { rule: 'enabled', presented: secret, older: 'revoked' }
  },
  async owner_disabled(server) {
    const { secret, owner } = await keyOf(server, 'dis')
    await changeUser(server.world, OPERATOR, { userId: owner.id, active: false })
    return { rule: 'owner active', presented: secret }
  },
  client_disabled: async server => ({ rule: 'client active', presented: await ofDisabledClient(server) }),
  async wrong_audience(server) {
    const { secret } = await keyOf(server, 'aud', { audience: ['https://other.example'] })
    return { rule: 'audience', presented: secret, ask: { audience: 'https://api.example' } }
  },
  insufficient_scope: async server => ({
    rule: 'scope',
    presented: (await keyOf(server, 'sco', { scopes: ['read'] })).secret,
    ask: { scopes: ['write'] },
  }),
  wrong_dialect: async server => ({ rule: 'kind accepted here', presented: await stored(server, 'user-token') }),
  async network_not_allowed(server) {
    const { secret } = await keyOf(server, 'net', { networks: ['10.0.0.0/8'] })
    return { rule: 'network', presented: secret, ask: { ip: '192.0.2.1' } }
  },
}

for (const [reason, make] of Object.entries(CASES))
  test(`explain names the rule behind ${reason}; an API is told that word alone, and an introspecting one nothing`, async () => {
    await using server = await testServer()
    const staff = await person(server, 'sam', 'support')
    const api = await createResource(server.world, OPERATOR, {
      audience: 'https://api.example',
      name: 'API',
      scopes: [],
    })
    const { rule, presented, ask, older } = await make(server)
    const answer = await staff.ask('POST', '/v1/explain', { credential: presented, ...ask })
    assert.equal(answer.status, 200, answer.text)
    assert.equal(answer.body['active'], false)
    assert.equal(answer.body['reason'], reason)
    const findings = answer.body['findings'] as { rule: string; passed: boolean; found: string; needed: string }[]
    const failed = findings.find(({ passed }) => !passed)
    assert.equal(failed?.rule, rule)
    assert.ok(failed.found.length > 3 && failed.needed.length > 3, JSON.stringify(failed))
    assert.equal(answer.text.includes(presented), false, 'the credential itself is not repeated')

    const basic = `Basic ${Buffer.from(`${api.clientId}:${api.secret}`).toString('base64')}`
    const verify = await fetch(`${server.url}/v1/verify`, {
      method: 'POST',
      headers: { authorization: basic, 'content-type': 'application/json' },
      body: JSON.stringify({ credential: presented, ...ask }),
    })
    // By these ids a guard reports what it answered by itself.
    const {
      credential_id: _publicId,
      counted_by: _counted,
      ...answered
    } = (await verify.json()) as Record<string, unknown>
    // An API of the first version knows no newer reasons: it hears the nearest one, which it refuses as well.
    assert.deepEqual(answered, { active: false, reason: older ?? reason })
    if (ask?.['scopes'] || ask?.['ip']) return // introspection asks about neither
    const introspect = await fetch(`${server.url}/oauth2/introspect`, {
      method: 'POST',
      headers: { authorization: basic },
      body: new URLSearchParams({ token: presented }),
    })
    assert.deepEqual(await introspect.json(), { active: false })
  })

test('the closed list of reasons has nothing that is not explained', () => {
  assert.deepEqual(
    REASONS.filter(reason => reason !== 'missing' && reason !== 'rate_limited').toSorted(),
    Object.keys(CASES).toSorted(),
  )
})

test('a refused token request is explained by the id in its answer, and was noted once', async () => {
  await using server = await testServer()
  const staff = await person(server, 'sam', 'support')
  const { client } = await registerClient(server.world, OPERATOR, {
    name: 'App',
    redirectUris: [],
    scopes: [],
    type: 'confidential',
    source: 'operator',
  })
  const refused = await fetch(`${server.url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client.id,
      client_secret: 'wrong-secret',
    }),
  })
  assert.equal(refused.status, 401)
  await server.world.recorder.flush()
  const answer = await staff.ask('POST', '/v1/explain', { request_id: refused.headers.get('x-request-id') })
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.body['reason'], 'client-proof-wrong')
  const entries = answer.body['entries'] as Record<string, unknown>[]
  assert.equal(entries.length, 1)
  assert.equal(entries[0]?.['about_id'], 'POST /oauth2/token')
  assert.equal(entries[0]?.['client_id'], client.id)
  assert.equal(answer.text.includes('wrong-secret'), false)
})

test('a credential the management API turns away is noted once, with the request', async () => {
  await using server = await testServer()
  const staff = await person(server, 'sam', 'support')
  const { secret, credential } = await keyOf(server, 'ada')
  await revokeCredential(server.world, OPERATOR, { credentialId: credential.id })
  const refused = await fetch(`${server.url}/v1/users`, { headers: { authorization: `Bearer ${secret}` } })
  const { request_id } = (await refused.json()) as { request_id: string }
  await server.world.recorder.flush()
  const answer = await staff.ask('POST', '/v1/explain', { request_id })
  const entries = answer.body['entries'] as Record<string, unknown>[]
  assert.deepEqual(
    entries.map(entry => [entry['event'], entry['reason'], entry['credential_id']]),
    [['refused', 'revoked', credential.id]],
  )
  assert.equal((answer.body['credential'] as { id: string }).id, credential.id)
})

test('a refused request is explained by the rule of then, and judged again by what was asked as things stand now', async () => {
  await using server = await testServer()
  const staff = await person(server, 'sam', 'support')
  const { secret, owner } = await keyOf(server, 'ada', { scopes: ['read'] })
  const ask = async (scope: string) => {
    const api = await createResource(server.world, OPERATOR, {
      audience: `https://${scope}.example`,
      name: 'API',
      scopes: [],
    })
    const answer = await fetch(`${server.url}/v1/verify`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${api.clientId}:${api.secret}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ credential: secret, scopes: [scope] }),
    })
    await server.world.recorder.flush()
    return answer.headers.get('x-request-id')
  }
  await changeUser(server.world, OPERATOR, { userId: owner.id, active: false })
  const [disabled, unscoped] = [await ask('read'), await ask('write')]
  const explained = async (requestId: string | null) =>
    (await staff.ask('POST', '/v1/explain', { request_id: requestId })).body as Record<string, unknown>
  const during = await explained(disabled)
  assert.equal(during['reason'], 'owner_disabled')
  assert.deepEqual(during['refused_by'], {
    rule: 'owner active',
    found: 'ada is disabled',
    needed: 'an active owner: claviger user enable',
  })
  assert.deepEqual(during['now'], { active: false, reason: 'owner_disabled' })

  await changeUser(server.world, OPERATOR, { userId: owner.id, active: true })
  const later = await explained(disabled)
  assert.equal(later['reason'], 'owner_disabled', 'what was said stays said')
  assert.deepEqual(later['now'], { active: true, reason: null })
  assert.deepEqual((await explained(unscoped))['now'], { active: false, reason: 'insufficient_scope' })
})

test('explaining needs the right to see both credentials and the journal, and exactly one question', async () => {
  await using server = await testServer()
  const [staff, plain] = [await person(server, 'sam', 'support'), await person(server, 'ada')]
  assert.equal((await plain.ask('POST', '/v1/explain', { request_id: 'x' })).status, 403)
  assert.equal((await staff.ask('POST', '/v1/explain', {})).status, 400)
  assert.equal((await staff.ask('POST', '/v1/explain', { request_id: 'x', credential: 'y' })).status, 400)
  assert.equal((await staff.ask('POST', '/v1/explain', { request_id: 'never-seen' })).status, 404)
})
