import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { showPath } from '../../src/http/place.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { dialectsFor, EVERY_SWITCH } from '../../src/server/dialects.ts'
import { addClient, addUser, askTokens, PASSWORD } from '../kit/cast.ts'
import { type RawAnswer, sendRaw } from '../kit/send-raw.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/*
 * What needs no credential does not judge one: at each row of each table that anyone may call, a credential that is dead,
 * mistyped or meant for another server changes nothing of the answer.
 */

let server: TestServer
let revoked: string
before(async () => {
  server = await testServer({ CLAVIGER_REGISTRATION: 'open' })
  const { world } = server
  const user = await addUser(world, 'ann', { email: 'ann@example.com' })
  const made = await issueKey(world, OPERATOR, { kind: 'api-key', userId: user.id, name: 'old' })
  await revokeCredential(world, OPERATOR, { credentialId: made.credential.id })
  revoked = made.secret
})
after(() => server.stop())

let count = 0
type Body = { type: string; text: string }
const form = (fields: Record<string, string>): Body => ({
  type: 'application/x-www-form-urlencoded',
  text: new URLSearchParams(fields).toString(),
})
/** A body that does its work at each row that has one; made anew each time. */
const BODIES: Record<string, () => Body> = {
  '/api/v1/apps': () => form({ client_name: 'Tusk', redirect_uris: 'https://tusk.example/', scopes: 'read' }),
  '/register': () => member(),
  '/auth/register': () => member(),
  '/token': () => form({ username: 'ann@example.com', password: PASSWORD }),
  '/auth/token': () => form({ username: 'ann@example.com', password: PASSWORD }),
  '/token/new.json': () => form({ username: 'ann', password: PASSWORD }),
}
const member = (): Body => ({
  type: 'application/json',
  text: JSON.stringify({
    username: `member${++count}@example.com`,
    first_name: 'Mem',
    last_name: 'Ber',
    password: 'secret',
    new_workspace_name: `Workspace ${count}`,
  }),
})

type Call = { method: string; path: string }
/** Rows that anyone may call, and pages; `:name` in a path is filled. */
const PUBLIC: Call[] = dialectsFor(EVERY_SWITCH).flatMap(({ routes }) =>
  routes
    .filter(({ caller }) => /^anyone\b|^browser$/.test(caller))
    .flatMap(({ at }) =>
      (at.methods === 'any' ? ['GET'] : at.methods).map(method => ({
        method,
        path: showPath(at.path).replaceAll(/:\w+/g, 'x'),
      })),
    ),
)
/** What the server answers to everybody without any row. */
const WITHOUT_ROW: Call[] = [
  { method: 'GET', path: '/livez' },
  { method: 'GET', path: '/readyz' },
  { method: 'GET', path: '/no-such-page' },
  { method: 'GET', path: '/api/v1/no-such-page' },
  { method: 'OPTIONS', path: '/oauth2/token' },
  { method: 'OPTIONS', path: '/api/v1/apps' },
  { method: 'DELETE', path: '/openapi.json' },
]

function send({ method, path }: Call, headers: [string, string][]): Promise<RawAnswer> {
  const body = method === 'POST' ? BODIES[path]?.() : undefined
  const typed: [string, string][] = body ? [...headers, ['content-type', body.type]] : headers
  return sendRaw(server.url + path, { method, headers: typed, ...(body && { body: body.text }) })
}

/** An answer without what differs between any two: ids, secrets, times, cookies and tokens of forms. */
function shapeOf({ status, headers, body }: RawAnswer): unknown {
  const names = Object.keys(headers).filter(name => !['set-cookie', 'content-length'].includes(name))
  const json = headers['content-type']?.toString().includes('json')
  const shape = (value: unknown): unknown =>
    value === null || typeof value !== 'object'
      ? typeof value
      : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)]))
  return { status, names, cookie: 'set-cookie' in headers, body: json ? shape(JSON.parse(body)) : textOf(body) }
}
const textOf = (html: string) => html.replaceAll(/value="[^"]*"|nonce="[^"]*"|[0-9A-Za-z_-]{20,}/g, '')

const DEAD: Record<string, () => [string, string][]> = {
  'Basic of a .netrc': () => [['authorization', `Basic ${btoa('me:netrc')}`]],
  'Basic that is no base64': () => [['authorization', 'Basic !!']],
  'Bearer null': () => [['authorization', 'Bearer null']],
  'Bearer undefined': () => [['authorization', 'Bearer undefined']],
  'Bearer and nothing': () => [['authorization', 'Bearer']],
  'Bearer and a space': () => [['authorization', 'Bearer ']],
  'an empty header': () => [['authorization', '']],
  'a header that is no scheme': () => [['authorization', '???']],
  'two headers': () => [
    ['authorization', 'Bearer one'],
    ['authorization', 'Basic b25lOnR3bw=='],
  ],
  'a mistyped secret of ours': () => [['authorization', 'Bearer clv_at_0123']],
  'a revoked key as bearer': () => [['authorization', `Bearer ${revoked}`]],
  'a revoked key in its own header': () => [['x-api-key', revoked]],
  'Digest of another server': () => [['authorization', 'Digest username="me", nonce="x"']],
  'a bearer token that is too long': () => [['authorization', `Bearer ${'x'.repeat(5000)}`]],
}

test('each row with a body that anyone may call is tried with a body that works', async () => {
  const posts = PUBLIC.filter(({ method }) => method === 'POST' && !method.startsWith('/oauth'))
  const without = posts.filter(({ path }) => !BODIES[path] && !/^\/oauth2?\/(authorize|logout)$/.test(path))
  assert.deepEqual(without, [])
  for (const path of Object.keys(BODIES)) assert.equal((await send({ method: 'POST', path }, [])).status, 200, path)
})

test('a dead, malformed or empty credential changes no answer of a row that anyone may call', async () => {
  assert.ok(PUBLIC.length > 30)
  for (const call of [...PUBLIC, ...WITHOUT_ROW]) {
    const plain = shapeOf(await send(call, []))
    for (const [what, headers] of Object.entries(DEAD))
      assert.deepEqual(shapeOf(await send(call, headers())), plain, `${call.method} ${call.path} with ${what}`)
  }
})

test('a live token still registers an application for its user, and needs its scope for that', async () => {
  const { world } = server
  const app = await addClient(world, { scopes: ['read', 'write:applications'] })
  const register = async (scope: string) => {
    const { access_token } = await askTokens(server.url, app, { grant_type: 'client_credentials', scope })
    return (await send({ method: 'POST', path: '/api/v1/apps' }, [['authorization', `Bearer ${access_token}`]])).status
  }
  assert.equal(await register('write:applications'), 200)
  assert.equal(await register('read'), 403)
})
