import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { CALLBACK } from '../kit/cast.ts'
import * as kit from '../kit/registration.ts'
import { REGISTER } from '../kit/registration.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Bodies of registrations and of their changes (RFC 7591 section 3.2.2, RFC 7592 section 2.2). */

const WHOLE = { redirect_uris: [CALLBACK] }

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.stop())

test('a body that holds no metadata is invalid_client_metadata, whatever is wrong with it, at registration and change', async () => {
  const own = await kit.registered(server, WHOLE)
  const whole = JSON.stringify({ ...WHOLE, client_id: own.client_id })
  const json = (body: string | Buffer, more: Record<string, string> = {}) => ({
    body,
    headers: { 'content-type': 'application/json', ...more },
  })
  const cases: Record<string, { body?: string | Buffer; headers?: Record<string, string>; status?: number }> = {
    'no body': {},
    'an empty body': json(''),
    'broken JSON': json('{'),
    'JSON that goes on after its end': json(`${whole}}`),
    'a list': json('[]'),
    'a text': json('"metadata"'),
    null: json('null'),
    'a form': {
      body: 'redirect_uris=https://app.example/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    'another content type': { body: whole, headers: { 'content-type': 'text/plain' } },
    'no content type': { body: Buffer.from(whole) },
    'a content type that cannot be read': { body: whole, headers: { 'content-type': 'application/json; =' } },
    'a content encoding': json(gzipSync(whole), { 'content-encoding': 'gzip' }),
    'UTF-16': json(Buffer.from(whole, 'utf16le')),
    'Latin-1': json(Buffer.from(whole.replace('{', '{"client_name":"caf\u00e9",'), 'latin1')),
    'half of a character': json(whole.replace('{', '{"client_name":"\\ud800",')),
    'a byte order mark': json(`\ufeff${whole}`),
    'a member twice': json(whole.replace('{', '{"client_name":"Mail","client_name":"Bank",')),
    'a member twice, deep inside': json(whole.replace('{', '{"jwks":{"keys":[{"kty":"RSA","\\u006bty":"EC"}]},')),
    'deep nesting': json(whole.replace('{', `{"x":${'['.repeat(5000)}${']'.repeat(5000)},`)),
    'a name that reaches into objects': json(whole.replace('{', '{"__proto__":{},')),
    'a very long text': json(whole.replace('{', `{"client_name":"${'x'.repeat(50_000)}",`)),
    'more than is read': { ...json(whole + ' '.repeat(200_000)), status: 413 },
  }
  for (const [what, { status = 400, headers = {}, body }] of Object.entries(cases))
    for (const [method, path] of [
      ['POST', REGISTER],
      ['PUT', `${REGISTER}/${own.client_id}`],
    ] as const) {
      const authorization = method === 'PUT' ? { authorization: `Bearer ${own.registration_access_token}` } : {}
      const answer = await fetch(server.url + path, {
        method,
        headers: { ...headers, ...authorization },
        ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
      })
      const told = (await answer.json()) as Record<string, string>
      assert.deepEqual([answer.status, told['error']], [status, 'invalid_client_metadata'], `${method}: ${what}`)
      assert.match(told['error_description'] ?? '', /^.{15,}\.$/, what)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
    }
  const strange = await fetch(`${server.url}${REGISTER}/${own.client_id}`, { method: 'PUT', body: '{' })
  assert.equal(strange.status, 401, 'who may not change learns nothing of the body')
  assert.deepEqual(
    (await kit.manage(server, 'GET', own)).body['redirect_uris'],
    WHOLE.redirect_uris,
    'nothing was changed',
  )
})
