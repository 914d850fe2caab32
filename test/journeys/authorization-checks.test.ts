import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asyncProperty, constantFrom, assert as holds, oneof, option, record, string } from 'fast-check'
import { CHECKS, checkRequest, type Endpoint } from '../../src/core/oauth/authorize/check-request.ts'
import { Params } from '../../src/http/params.ts'
import type { Client } from '../../src/model/clients/client.ts'
import { Refusal, type RefusalCode } from '../../src/model/refusals/refusal.ts'
import { readAuthorization } from '../../src/wire/oauth/authorize.ts'
import { addClient, authorizeUrl, pkce } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Every check of an authorization request (RFC 6749 section 4.1.1) says which refusals it can end in: these, and no others. */

const { challenge } = pkce()
let server: TestServer
let clients: Client[]
before(async () => {
  server = await testServer()
  const { world } = server
  clients = [
    (await addClient(world)).client,
    (await addClient(world, { type: 'public' })).client,
    (await addClient(world, { grantTypes: ['client_credentials'] })).client,
    (await addClient(world, { policy: { pkce: 'when-sent' } })).client,
    (await addClient(world, { policy: { pushedRequests: 'required' } })).client,
  ]
})
after(() => server.stop())

type Sent = { client?: number; twice?: string } & Record<string, string | number | undefined>
/** For each check and each of its refusals a request that passes everything before it. */
const REFUSED: Record<string, Partial<Record<RefusalCode, Sent>>> = {
  'every parameter stands once and is a text': {
    'parameter-repeated': { twice: 'scope' },
    'parameter-invalid': { state: 'a\0b' },
  },
  'pushed, where that is required': { 'push-required': { client: 4 } },
  'response type': {
    'parameter-missing': { response_type: undefined },
    'response-type-unsupported': { response_type: 'token' },
  },
  'response mode': { 'parameter-invalid': { response_mode: 'fragment' } },
  'grant type of the client': { 'grant-type-not-allowed': { client: 2 } },
  PKCE: {
    'pkce-required': { code_challenge: undefined, code_challenge_method: undefined },
    'pkce-method-unsupported': { code_challenge_method: 'plain' },
    'parameter-invalid': { code_challenge: 'short' },
  },
  scope: { 'scope-unknown': { scope: 'a"b' }, 'scope-too-wide': { scope: 'admin' } },
  resource: { 'audience-unknown': { resource: 'https://unknown.example' } },
  nonce: { 'parameter-invalid': { nonce: 'x'.repeat(4097) } },
  'hint of an id token': { 'parameter-invalid': { id_token_hint: 'eyJ' } },
  'claims and context': {
    'parameter-invalid': { claims: '[]' },
    'acr-unmet': { claims: '{"id_token":{"acr":{"essential":true,"value":"urn:other"}}}' },
  },
  'prompt and age of the sign-in': { 'parameter-invalid': { prompt: 'dance' } },
}

for (const { name, refuses } of CHECKS)
  test(`${name}: ${refuses.join(', ')}`, async () => {
    assert.deepEqual(Object.keys(REFUSED[name] ?? {}).sort(), [...refuses].sort())
    for (const code of refuses) {
      const { client = 0, twice, ...params } = REFUSED[name]?.[code] ?? {}
      const url = authorizeUrl(clients[client]?.id ?? '', challenge, params as Record<string, string>)
      const sight = await person(server.url).visit(twice ? `${url}&${twice}=read` : url)
      await server.world.recorder.flush()
      const requestId = sight.headers.get('x-request-id') ?? ''
      const { items } = await server.world.journal.list({ requestId }, { limit: 5 })
      assert.deepEqual(
        items.map(({ reason }) => reason),
        [code],
        sight.sentTo?.href ?? sight.html,
      )
      assert.equal(sight.sentTo?.searchParams.has('error'), true, 'the application is told')
    }
  })

test('no check ends in a refusal that it does not list, whatever is sent', async () => {
  const some = (...values: string[]) =>
    option(oneof(constantFrom(...values), string({ maxLength: 12 })), { nil: undefined })
  const parameters = record({
    client: constantFrom(0, 1, 2, 3),
    response_type: some('code', 'token', 'code id_token'),
    response_mode: some('query', 'fragment', 'form_post'),
    scope: some('read', 'read write', 'admin', 'rea\nd', '"'),
    code_challenge: some(challenge, `${challenge}=`),
    code_challenge_method: some('S256', 'plain'),
    resource: some('https://unknown.example', server.url),
    prompt: some('none', 'login', 'none login', 'consent select_account'),
    claims: some(
      '{}',
      '[]',
      '{"userinfo":{"sub":{"value":1}}}',
      '{"id_token":{"acr":{"essential":true,"values":["x"]}}}',
    ),
    id_token_hint: some('eyJ', 'a.b.c'),
    acr_values: some('urn:claviger:mfa', 'x'),
    max_age: some('0', '-1', '1e3', '9999999999'),
    request: some('eyJ'),
    state: some('x', 'a\0b'),
  })
  const seen = new Set<string>()
  await holds(
    asyncProperty(parameters, async ({ client, ...sent }) => {
      const raw = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)) as Record<
        string,
        string
      >
      const by = clients[client] as Client
      const ask = { ...readAuthorization(new Params({ ...raw, client_id: by.id })), from: {} }
      for (const { name, refuses, check } of CHECKS)
        try {
          await check(server.world, by, ask)
        } catch (error) {
          assert.ok(error instanceof Refusal, String(error))
          assert.ok(refuses.includes(error.code), `${name}: ${error.code}`)
          seen.add(`${name} ${error.code}`)
        }
    }),
    { numRuns: 500 },
  )
  assert.ok(seen.size > 8, 'the requests reach most of the checks')
})

for (const endpoint of ['authorize', 'par', 'device'] satisfies Endpoint[])
  test(`a request at ${endpoint} is held against the checks of its column and no others`, async () => {
    for (const { name, at, refuses } of CHECKS)
      for (const code of refuses) {
        const { client = 0, twice, ...params } = REFUSED[name]?.[code] ?? {}
        const by = clients[client] as Client
        const query = new URLSearchParams(
          authorizeUrl(by.id, challenge, params as Record<string, string>).split('?')[1],
        )
        const raw: Record<string, string | string[]> = Object.fromEntries(query)
        if (twice) raw[twice] = ['read', 'read']
        const outcome = await checkRequest(server.world, endpoint, by, readAuthorization(new Params(raw))).then(
          () => 'passed',
          (error: Refusal) => error.code,
        )
        assert.equal(outcome, at.includes(endpoint) ? code : 'passed', `${name}: ${code}`)
      }
  })
