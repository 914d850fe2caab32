import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { changeClient } from '../../src/core/clients/change-client.ts'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { revokeAll } from '../../src/core/credentials/revoke-all.ts'
import { revokeGrant } from '../../src/core/oauth/revoke-grant.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { type Person, person } from '../kit/admin.ts'
import { addClient, askTokens, giveCode, pkce, redeem } from '../kit/cast.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The entry of a refusal keeps the claims of a token without a row, so the token can be judged again and shown by its id. */

let server: TestServer
let app: RegisteredClient
let staff: Person

before(async () => {
  server = await testServer()
  app = await addClient(server.world)
  staff = await person(server, 'staff', 'admin')
})
after(() => server.stop())

const own = async () =>
  (await askTokens(server.url, app, { grant_type: 'client_credentials', scope: 'read' })).access_token ?? ''

/** Uses the token, which must be refused; returns what is known of the refusal. */
async function refused(token: string) {
  const answer = await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(answer.status, 401)
  await server.world.recorder.flush()
  return answer.headers.get('x-request-id') ?? ''
}
const explained = async (requestId: string) =>
  (await staff.ask('POST', '/v1/explain', { request_id: requestId })).body as {
    now: { active: boolean; reason: string | null } | null
    refused_by: { rule: string } | null
    principal: { scopes: string[] } | null
    credential_id: string | null
    findings: { rule: string; passed: boolean }[]
  }

test('a refused token without a row is judged anew: what has changed since, changes the answer', async () => {
  const token = await own()
  await changeClient(server.world, OPERATOR, { clientId: app.client.id, active: false })
  const requestId = await refused(token)
  const before = await explained(requestId)
  assert.equal(before.refused_by?.rule, 'client active')
  assert.deepEqual(before.now, { active: false, reason: 'client_disabled' })
  await changeClient(server.world, OPERATOR, { clientId: app.client.id, active: true })
  const after = await explained(requestId)
  assert.equal(after.refused_by?.rule, 'client active')
  assert.deepEqual(after.now, { active: true, reason: null })
  assert.ok(after.findings.length > 5 && after.findings.every(({ passed }) => passed))
  assert.deepEqual(after.principal?.scopes, ['read'])
})

test('a token that ended with all of its client stays ended when it is judged anew', async () => {
  const token = await own()
  await revokeAll(server.world, OPERATOR, { of: 'client', id: app.client.id })
  const { now, findings } = await explained(await refused(token))
  assert.deepEqual(now, { active: false, reason: 'revoked' })
  assert.deepEqual(findings.find(({ passed }) => !passed)?.rule, 'not revoked')
})

test('a refused token without a row is shown by its id, to those who may see it; all others hear the same as of an id that never was', async () => {
  const { world, url } = server
  const alice = await person(server, 'alice')
  const { verifier, challenge } = pkce()
  const code = await giveCode(world, app.client, alice.user, challenge)
  const { access_token: token = '' } = await redeem(url, app, code, verifier)
  const [grant] = await world.grants.ofUser(alice.user.id)
  assert.ok(grant)
  await revokeGrant(world, OPERATOR, { grantId: grant.id })
  const { credential_id: id } = await explained(await refused(token))
  for (const who of [staff, alice]) {
    const { status, body } = await who.ask('GET', `/v1/credentials/${id}`)
    assert.equal(status, 200)
    assert.deepEqual([body['kind'], body['stored'], body['status']], ['access_token', false, 'revoked'])
    assert.equal((body['owner'] as { id: string }).id, alice.user.id)
    assert.equal(body['grant_id'], grant.id)
    assert.equal(body['hint'], `clv_at_…${token.slice(-4)}`)
  }
  const bob = await person(server, 'bob')
  const never = 'ab'.repeat(12)
  const [hidden, unknown] = [
    await bob.ask('GET', `/v1/credentials/${id}`),
    await bob.ask('GET', `/v1/credentials/${never}`),
  ]
  assert.deepEqual([hidden.status, unknown.status], [404, 404])
  assert.equal(String(hidden.body['detail']).replace(id ?? '', never), unknown.body['detail'])
  assert.match(String(unknown.body['detail']), /[Ee]xplain/)
})
