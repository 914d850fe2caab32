import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { holdAgainstDocument, seen } from '../../../../test/kit/api-document.ts'
import { type Asking, caller } from '../../../../test/kit/call.ts'
import { api, issue, person } from '../../../../test/kit/house.ts'
import { type TestServer, testServer } from '../../../../test/kit/server.ts'
import { createGate } from '../../../core/resources/create-gate.ts'
import { OPERATOR } from '../../../model/users/actor.ts'
import { PROTOCOL_PATHS } from './protocols.ts'

let server: TestServer
let access: { clientId: string; clientSecret: string }
let credential: string

before(async () => {
  server = await testServer()
  access = await api(server)
  await createGate(server.world, OPERATOR, { name: 'orders', scopes: ['read'] })
  credential = (await issue(server.world, 'api-key', await person(server.world))).presented
})
after(() => server.stop())

async function ask(method: string, path: string, asking: Asking = {}): Promise<number> {
  const { status, headers, body } = await caller(server)(method, path, asking)
  const mediaType = headers.get('content-type')?.split(';', 1)[0] ?? ''
  holdAgainstDocument({ method, path }, { status, mediaType, body })
  return status
}

const asApi = () => {
  const basic = Buffer.from(`${access.clientId}:${access.clientSecret}`).toString('base64')
  return { authorization: `Basic ${basic}` }
}
const large = 'x'.repeat(200_000)

/** Each endpoint with what it answers to whom. */
const CASES: [string, string, number, () => Asking][] = [
  ['POST', '/oauth2/token', 400, () => ({ headers: asApi(), form: { grant_type: 'password' } })],
  ['POST', '/oauth2/token', 401, () => ({ form: { grant_type: 'client_credentials' } })],
  ['POST', '/oauth2/token', 413, () => ({ form: { grant_type: large } })],
  ['POST', '/oauth2/par', 400, () => ({ headers: asApi(), form: { response_type: 'code' } })],
  ['POST', '/oauth2/par', 401, () => ({ form: { response_type: 'code' } })],
  ['POST', '/oauth2/device_authorization', 400, () => ({ headers: asApi(), form: {} })],
  ['POST', '/oauth2/device_authorization', 401, () => ({ form: {} })],
  ['POST', '/oauth2/register', 201, () => ({ json: { redirect_uris: ['https://app.example/cb'] } })],
  ['POST', '/oauth2/register', 400, () => ({ json: { redirect_uris: ['javascript:alert(1)'] } })],
  ['POST', '/oauth2/register', 401, () => ({ headers: { authorization: 'Bearer x' }, json: {} })],
  ['GET', '/oauth2/register/unknown', 401, () => ({})],
  ['PUT', '/oauth2/register/unknown', 401, () => ({ json: {} })],
  ['DELETE', '/oauth2/register/unknown', 401, () => ({})],
  ['GET', '/oauth2/userinfo', 401, () => ({})],
  ['POST', '/oauth2/revoke', 200, () => ({ headers: asApi(), form: { token: 'unknown' } })],
  ['POST', '/oauth2/revoke', 400, () => ({ headers: asApi(), form: {} })],
  ['POST', '/oauth2/revoke', 401, () => ({ form: { token: 'unknown' } })],
  ['POST', '/oauth2/introspect', 200, () => ({ headers: asApi(), form: { token: credential } })],
  ['POST', '/oauth2/introspect', 400, () => ({ headers: asApi(), form: {} })],
  ['POST', '/oauth2/introspect', 400, () => ({ headers: asApi(), json: { token: credential } })],
  ['POST', '/oauth2/introspect', 401, () => ({ form: { token: credential } })],
  ['POST', '/v1/verify', 200, () => ({ headers: asApi(), json: { credential } })],
  ['POST', '/v1/verify', 400, () => ({ headers: asApi(), json: { credentials: credential } })],
  ['POST', '/v1/verify', 400, () => ({ headers: asApi(), form: { credential } })],
  ['POST', '/v1/verify', 401, () => ({ json: { credential } })],
  ['POST', '/v1/verify', 413, () => ({ headers: asApi(), json: { credential: large } })],
  ['POST', '/v1/verify/usage', 400, () => ({ headers: asApi(), json: {} })],
  ['POST', '/v1/verify/usage', 401, () => ({ json: { items: [] } })],
  ['GET', '/v1/whoami', 200, () => ({ headers: { 'x-api-key': credential } })],
  ['GET', '/v1/whoami', 400, () => ({ headers: { 'x-api-key': credential, authorization: 'Bearer a b' } })],
  ['GET', '/v1/whoami', 401, () => ({})],
  ['GET', '/forward-auth/gates/orders', 200, () => ({ headers: { 'x-api-key': credential } })],
  ['GET', '/forward-auth/gates/orders', 401, () => ({})],
  ['GET', '/forward-auth/gates/unknown', 403, () => ({})],
  ['GET', '/v1/feed', 400, () => ({ headers: { ...asApi(), 'last-event-id': 'x' } })],
  ['GET', '/v1/feed', 401, () => ({})],
  ['GET', '/.well-known/oauth-authorization-server', 200, () => ({})],
  ['GET', '/.well-known/jwks.json', 200, () => ({})],
]

test('every answer of the endpoints of the standards is in the document, refusals too', async () => {
  for (const [method, path, status, asking] of CASES)
    assert.equal(await ask(method, path, asking()), status, `${method} ${path} ${status}`)
  const described = Object.values(PROTOCOL_PATHS as Record<string, Record<string, { operationId: string }>>)
  for (const { operationId } of described.flatMap(methods => Object.values(methods)))
    assert.ok(
      seen.values().some(what => what.startsWith(`${operationId} `)),
      `${operationId} was not tried`,
    )
})
