import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { addClient } from '../kit/cast.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* How clients prove who they are (RFC 6749 section 2.3), at every endpoint that clients call. */

let server: TestServer
let own: RegisteredClient
let open: RegisteredClient
before(async () => {
  server = await testServer()
  own = await addClient(server.world, { grantTypes: ['client_credentials', 'refresh_token', 'authorization_code'] })
  open = await addClient(server.world, { type: 'public' })
})
after(() => server.stop())

type Sent = { basic?: [string, string]; body?: Record<string, string> }
const basicOf = (...[user, password]: [string, string]) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})
async function outcome(path: string, { basic, body = {} }: Sent): Promise<string> {
  const answer = await fetch(server.url + path, {
    method: 'POST',
    headers: basic ? basicOf(...basic) : {},
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x', token: 'x', ...body }),
  })
  const { error = 'none' } = (await answer.json()) as { error?: string }
  return `${answer.status} ${error}`
}
const PATHS = { '/oauth2/token': '400 invalid_grant', '/oauth2/revoke': '200 none', '/oauth2/introspect': '200 none' }

for (const [path, passed] of Object.entries(PATHS))
  test(`${path} takes a secret by Basic or by the form, raw or form-encoded, and a name alone of public clients`, async () => {
    const [id, secret] = [own.client.id, own.secret as string]
    const encoded = [...secret].map(one => `%${one.charCodeAt(0).toString(16)}`).join('')
    for (const sent of [
      { basic: [id, secret] },
      { basic: [id, encoded] },
      { basic: [id, secret], body: { client_id: id } },
      { body: { client_id: id, client_secret: secret } },
    ] satisfies Sent[])
      assert.equal(await outcome(path, sent), passed, JSON.stringify(sent))
    const named = path === '/oauth2/introspect' ? '401 invalid_client' : passed
    for (const sent of [{ body: { client_id: open.client.id } }, { basic: [open.client.id, ''] }] satisfies Sent[])
      assert.equal(await outcome(path, sent), named, JSON.stringify(sent))
  })

for (const path of Object.keys(PATHS))
  test(`${path} refuses two methods, two names, a wrong proof, and none where one is needed`, async () => {
    const [id, secret] = [own.client.id, own.secret as string]
    const other = open.client.id
    const cases: [string, Sent][] = [
      ['400 invalid_request', { basic: [id, secret], body: { client_secret: secret } }],
      ['400 invalid_request', { basic: [id, secret], body: { client_id: id, client_secret: secret } }],
      ['400 invalid_request', { basic: [id, ''], body: { client_id: id, client_secret: secret } }],
      ['400 invalid_request', { basic: [id, secret], body: { client_id: other } }],
      ['401 invalid_client', { basic: [id, 'wrong'] }],
      ['401 invalid_client', { basic: [id, ''] }],
      ['401 invalid_client', { body: { client_id: id, client_secret: 'wrong' } }],
      ['401 invalid_client', { body: { client_id: id } }],
      ['401 invalid_client', { body: { client_secret: secret } }],
      ['401 invalid_client', { body: {} }],
      ['401 invalid_client', { basic: [other, secret] }],
      ['401 invalid_client', { body: { client_id: other, client_secret: secret } }],
      ['401 invalid_client', { basic: ['nobody', secret] }],
      ['401 invalid_client', { body: { client_id: 'nobody' } }],
    ]
    for (const [expected, sent] of cases) assert.equal(await outcome(path, sent), expected, JSON.stringify(sent))
  })
