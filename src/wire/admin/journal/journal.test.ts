import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anonymous, bearer, person, tokenOf } from '../../../../test/kit/admin.ts'
import { SAMPLES } from '../../../../test/kit/admin-samples.ts'
import { testServer } from '../../../../test/kit/server.ts'
import { DAY, SECOND } from '../../../model/span.ts'
import { OPERATIONS, type OperationId } from '../contract.ts'

/** What each operation that changes something leaves behind, in the words of the journal. */
const LEAVES: Partial<Record<OperationId, string>> = {
  proveSession: 'changed session',
  removeSecondFactor: 'changed user',
  createUser: 'created user',
  changeUser: 'changed user',
  setPassword: 'changed user',
  deleteUser: 'deleted user',
  createClient: 'created client',
  changeClient: 'changed client',
  deleteClient: 'deleted client',
  rotateClientSecret: 'rotated client',
  repeatUndeliveredLogouts: 'changed client',
  createRegistrationToken: 'issued credential',
  revokeRegistrationToken: 'revoked credential',
  createRegistrationBlock: 'created registration-block',
  deleteRegistrationBlock: 'deleted registration-block',
  createCredential: 'issued credential',
  changeCredential: 'changed credential',
  rotateCredential: 'rotated credential',
  revokeCredential: 'revoked credential',
  revokeCredentials: 'revoked user',
  revokeGrant: 'revoked grant',
  endSession: 'revoked credential',
  createResourceServer: 'created resource',
  changeResourceServer: 'changed resource',
  deleteResourceServer: 'deleted resource',
  createGate: 'created gate',
  changeGate: 'changed gate',
  deleteGate: 'deleted gate',
  putScope: 'created scope',
  deleteScope: 'deleted scope',
  rotateSigningKey: 'created signing-key',
  removeSigningKey: 'deleted signing-key',
  putView: 'created view',
  deleteView: 'deleted view',
}

test('every change is in the journal once, with who did it and the id of the request; reading leaves nothing', async () => {
  await using server = await testServer()
  const { world } = server
  const [eve, boss] = [await person(server, 'eve'), await person(server, 'boss', 'owner')]
  const others: Record<string, string> = {}
  for (const id of Object.keys(OPERATIONS) as OperationId[]) {
    const { path, body } = await SAMPLES[id](world, eve.user)
    const answer = await boss.ask(OPERATIONS[id].on[0], path, body)
    await world.recorder.flush()
    const requestId = answer.headers.get('x-request-id') ?? ''
    const { items } = await world.journal.list({ requestId }, { limit: 50 })
    const left = items.map(({ event, about }) => `${event} ${about}`).toSorted()
    if (left.join(', ') !== (LEAVES[id] ?? '')) others[id] = left.join(', ')
    for (const entry of items) assert.equal(entry.actor, boss.user.id, id)
  }
  assert.deepEqual(others, {})
})

test('no secret of any answer is in the journal', async () => {
  await using server = await testServer()
  const boss = await person(server, 'boss', 'owner', { password: 'correct horse' })
  const secrets = ['correct horse', 'battery staple']
  for (const id of [
    'createClient',
    'createCredential',
    'createResourceServer',
    'rotateCredential',
    'rotateClientSecret',
  ] as const) {
    const { path, body } = await SAMPLES[id](server.world, boss.user)
    const { body: answer } = await boss.ask('POST', path, body)
    for (const secret of [answer['secret'], answer['client_secret']])
      if (typeof secret === 'string') secrets.push(secret)
  }
  await boss.ask('POST', '/v1/users/me/password', { password: 'battery staple', current_password: 'correct horse' })
  await boss.ask('POST', '/v1/users/me/password', { password: 'x', current_password: 'guess-guess' })
  await bearer(server, 'a-token-nobody-issued')('GET', '/v1/users')
  await boss.ask('POST', '/v1/explain', { credential: 'a-token-nobody-issued' })
  await server.world.recorder.flush()
  const { text } = await boss.ask('GET', '/v1/journal?limit=200')
  assert.ok(secrets.length >= 7)
  for (const secret of [...secrets, 'guess-guess', 'a-token-nobody-issued'])
    assert.equal(text.includes(secret), false, secret)
})

test('the journal is filtered, and what no index answers is looked for in stretches that end', async () => {
  await using server = await testServer()
  const boss = await person(server, 'boss', 'owner')
  await anonymous(server)('GET', '/v1/users')
  const token = await tokenOf(server, boss.user, ['journal:read'])
  const refused = await bearer(server, token)('GET', '/v1/users')
  await boss.ask('POST', '/v1/users', { handle: 'ada' })
  await server.world.recorder.flush()
  const find = async (query: string) =>
    (await boss.ask('GET', `/v1/journal?${query}`)).body as {
      items: { event: string; reason: string }[]
      next_cursor: null
    }
  assert.deepEqual(
    (await find('event=refused')).items.map(({ reason }) => reason),
    ['insufficient_scope'],
    'what nobody presented a credential for is counted alone',
  )
  assert.equal((await find('reason=scope-insufficient')).next_cursor, null)
  assert.equal((await find(`request_id=${refused.body['request_id']}&event=refused`)).items.length, 1)
  assert.equal((await find(`actor=${boss.user.id}&event=created`)).items.length, 1)
  assert.equal((await find('since=9999999999')).items.length, 0)
})

test('use is counted by kind and outcome, per credential and hour, with the networks it came from', async () => {
  await using server = await testServer()
  const { world } = server
  const boss = await person(server, 'boss', 'owner')
  const token = await tokenOf(server, boss.user, ['users:read'])
  const ask = bearer(server, token)
  for (let i = 0; i < 3; i++) await ask('GET', '/v1/users')
  await world.recorder.flush()
  const [credential] = (await world.credentials.list({ kinds: ['application-token'] }, { limit: 1 })).items
  const id = credential?.id ?? ''
  const { body: impact } = await boss.ask('GET', `/v1/credentials/${id}/impact`)
  assert.deepEqual(
    [impact['uses_24h'], impact['refusals_24h'], impact['networks_24h'], impact['credentials'], impact['users']],
    [3, 0, 1, 1, 1],
  )
  const { body: usage } = await boss.ask('GET', `/v1/usage?credential=${id}`)
  assert.deepEqual(
    (usage['items'] as { kind: string; outcome: string; count: number }[]).map(({ kind, outcome, count }) => [
      kind,
      outcome,
      count,
    ]),
    [['application_token', 'valid', 3]],
  )
  const { body: top } = await boss.ask('GET', '/v1/usage/top')
  assert.equal((top['items'] as { count: number }[])[0]?.count, 3)
  const { body: lines } = await boss.ask('GET', `/v1/usage/sparklines?credentials=${id}`)
  const [line] = lines['items'] as { valid: number[] }[]
  assert.deepEqual([line?.valid.length, line?.valid.at(-1)], [36, 3])
  const { body: overview } = await boss.ask('GET', '/v1/overview')
  assert.deepEqual(overview['last_24h'], { uses: 3, refusals: 0 })
  assert.equal((overview['counts'] as { active_credentials: number }).active_credentials, 1)
  assert.equal((await boss.ask('GET', '/v1/usage?bucket=minute&since=1')).status, 400)
})

test('lists of credentials are found by kind, status, owner, text and use', async () => {
  await using server = await testServer()
  const boss = await person(server, 'boss', 'owner')
  const now = Math.floor(Date.now() / 1000)
  const make = async (body: object) =>
    ((await boss.ask('POST', '/v1/credentials', body)).body['credential'] as { id: string }).id
  const soon = await make({ kind: 'api_key', name: 'Deploy 100%', expires_at: now + DAY / SECOND })
  const plain = await make({ kind: 'application_token', name: 'Reader' })
  await boss.ask('POST', `/v1/credentials/${plain}/revoke`)
  const find = async (query: string) =>
    ((await boss.ask('GET', `/v1/credentials?${query}`)).body['items'] as { id: string }[]).map(({ id }) => id)
  const cases: [string, string[]][] = [
    ['kind=api_key', [soon]],
    ['kind=application_token,api_key', [plain, soon]],
    ['status=revoked', [plain]],
    ['status=active', [soon]],
    ['status=expires_soon', [soon]],
    ['q=deploy', [soon]],
    [`q=${encodeURIComponent('100%')}`, [soon]],
    [`q=${encodeURIComponent('1_0')}`, []],
    [`q=${plain.slice(0, 16)}`, [plain]],
    [`owner=${boss.user.id}`, [plain, soon]],
    ['owner=nobody', []],
    [`expires_before=${now + 172_800}`, [soon]],
    [`expires_after=${now + 172_800}`, []],
    [`unused_since=${now + 60}`, [plain, soon]],
    [`unused_since=${now - 60}`, []],
    ['unused_days=1', []],
    ['made_by=people&status=live&sort=-expires_at', [soon]],
    ['made_by=protocol', []],
    ['status=ended', [plain]],
  ]
  for (const [query, expected] of cases) assert.deepEqual((await find(query)).toSorted(), expected.toSorted(), query)
  assert.equal((await boss.ask('GET', '/v1/credentials?kind=nothing')).status, 400)
  const { status, body } = await boss.ask('GET', '/v1/credentials?sort=last_used_at')
  assert.deepEqual([status, body['parameter']], [400, 'sort'])
  assert.match(String(body['detail']), /add made_by=people and status=live/)
})
