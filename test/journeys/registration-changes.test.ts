import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import { changeClient } from '../../src/core/clients/change-client.ts'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { caller } from '../kit/call.ts'
import { addUser, authorizeUrl, CALLBACK, pkce, redeem, signIn } from '../kit/cast.ts'
import { type Person, person } from '../kit/person.ts'
import { manage, type Registered, registered } from '../kit/registration.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'

/* What a client cannot change by RFC 7592: what staff settled for it, and to what people consented. */

let server: TestServer
let who: Person
before(async () => {
  server = await testServer()
  await addUser(server.world)
  who = person(server.url)
  await who.visit('/login')
  await signIn(who)
})
after(() => server.stop())

const change = async (own: Registered, json: object) => {
  const told = await manage(server, 'PUT', own, { json: { client_id: own.client_id, ...json } })
  assert.equal(told.status, 200, told.text)
}
const ask = ({ client_id }: Registered, more: Record<string, string> = {}) =>
  who.visit(authorizeUrl(client_id, pkce().challenge, more))

test('scopes to which staff limited a client stay its limit, whatever it registers later', async () => {
  const whole = { redirect_uris: [CALLBACK], client_name: 'Limited' }
  const own = await registered(server, whole)
  assert.equal((await ask(own, { scope: 'write' })).status, 200, 'there was no limit')
  await changeClient(server.world, OPERATOR, { clientId: own.client_id, scopes: ['read'] })
  await change(own, whole)
  assert.equal((await ask(own, { scope: 'write' })).sentTo?.searchParams.get('error'), 'invalid_scope')
  assert.equal((await ask(own, { scope: 'read' })).status, 200)
  const wider = { ...whole, client_id: own.client_id, scope: 'read write' }
  assert.equal((await manage(server, 'PUT', own, { json: wider })).status, 400)
})

test('a policy that staff gave to a client stays, whatever it registers later', async () => {
  const own = await registered(server, { redirect_uris: [CALLBACK], client_name: 'Settled' })
  const policy = { pushedRequests: 'required', consent: 'always', accessTokenSeconds: 120, codeSeconds: 30 } as const
  await changeClient(server.world, OPERATOR, { clientId: own.client_id, policy })
  await change(own, { redirect_uris: [CALLBACK], client_name: 'Other', require_pushed_authorization_requests: false })
  const stored = (await server.world.clients.byId(own.client_id))?.policy
  for (const [rule, value] of Object.entries(policy)) assert.equal(stored?.[rule as keyof typeof policy], value, rule)
  assert.equal((await ask(own)).sentTo?.searchParams.get('error'), 'invalid_request', 'it must push its requests')
})

test('consent counts no more after a client changed its name or its addresses, and a change of other fields leaves it', async () => {
  const whole = { redirect_uris: [CALLBACK], client_name: 'Diary', 'client_name#de': 'Tagebuch' }
  const changes: [object, boolean][] = [
    [{ tos_uri: 'https://app.example/terms', contacts: ['ada@app.example'] }, true],
    [{ client_name: 'Bank' }, false],
    [{ 'client_name#de': 'Bank' }, false],
    [{ redirect_uris: [CALLBACK, 'https://elsewhere.example/callback'] }, false],
  ]
  for (const [change_, remembered] of changes) {
    const own = await registered(server, whole)
    const { challenge, verifier } = pkce()
    await who.visit(authorizeUrl(own.client_id, challenge))
    const { sentTo } = await who.submit({ decision: 'allow' })
    const app = { client: { id: own.client_id }, secret: own['client_secret'] } as RegisteredClient
    const tokens = await redeem(server.url, app, sentTo?.searchParams.get('code') ?? '', verifier)
    assert.ok(tokens.access_token, JSON.stringify(tokens))
    assert.ok((await ask(own)).sentTo?.searchParams.has('code'), 'it is remembered')
    await change(own, { ...whole, ...change_ })
    const silent = (await ask(own, { prompt: 'none' })).sentTo?.searchParams
    assert.equal(silent?.has('code'), remembered, JSON.stringify(change_))
  }
})

test('the time of a change of the keys is kept, too', async () => {
  const keys = async () => ({ keys: [await exportJWK((await generateKeyPair('ES256')).publicKey)] })
  const whole = { redirect_uris: [CALLBACK], token_endpoint_auth_method: 'private_key_jwt' }
  const own = await registered(server, { ...whole, jwks: await keys() })
  const changedAt = async () => (await server.world.clients.byId(own.client_id))?.identityChangedAt
  assert.equal(await changedAt(), undefined)
  await change(own, { ...whole, jwks: await keys() })
  assert.notEqual(await changedAt(), undefined)
})

const LIMITED = { CLAVIGER_LIMITS: 'on', CLAVIGER_TRUST_PROXY: '127.0.0.1/32' }
const elsewhere = { headers: { 'x-forwarded-for': '198.51.100.7' } }

test('a client that changes its registration without end is stopped, and an equal one writes nothing', async () => {
  await using limited = await testServer(LIMITED)
  stopClockOfLimits(limited)
  const whole = { redirect_uris: [CALLBACK], client_name: 'Restless' }
  const own = await registered(limited, whole, elsewhere)
  const put = (client_name: string) =>
    manage(limited, 'PUT', own, { json: { ...whole, client_id: own.client_id, client_name }, ...elsewhere })
  const entries = async () =>
    (await limited.world.journal.list({ clientId: own.client_id, event: 'changed' }, { limit: 500 })).items.length
  assert.equal((await put('Restless')).status, 200)
  assert.equal(await entries(), 0)
  const statuses = new Set<number>()
  for (let i = 0; i < 250; i++) statuses.add((await put(`Restless ${i}`)).status)
  assert.deepEqual([...statuses], [200, 429])
  assert.equal(await entries(), 238)
})

test('a client with a secret that registered itself makes as few device codes as a public one', async () => {
  await using limited = await testServer({ ...LIMITED, CLAVIGER_DEVICE_CLIENTS: 'all' })
  stopClockOfLimits(limited)
  const grant_types = ['urn:ietf:params:oauth:grant-type:device_code']
  const own = await registered(limited, { grant_types, client_name: 'Box' }, elsewhere)
  const form = { client_id: own.client_id, client_secret: own['client_secret'] as string }
  const statuses: number[] = []
  for (let i = 0; i < 21; i++)
    statuses.push((await caller(limited)('POST', '/oauth2/device_authorization', { form, ...elsewhere })).status)
  assert.deepEqual(statuses, [...Array.from({ length: 20 }, () => 200), 429])
})
