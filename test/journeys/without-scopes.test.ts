import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { EVERYTHING, NOTHING } from '../../src/model/scopes/scope.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { ROLES } from '../../src/model/users/user.ts'
import { person as staff, tokenOf } from '../kit/admin.ts'
import { addUser, PASSWORD } from '../kit/cast.ts'
import { eventually } from '../kit/eventually.ts'
import { type Person, person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* A token without scopes means one thing: absent is everything its owner may do, an empty list is nothing. */

let server: TestServer
let who: Person
let management: string
let api: { clientId: string; secret: string }
before(async () => {
  server = await testServer()
  await addUser(server.world)
  await addUser(server.world, 'limited', { scopes: ['read'] })
  who = person(server.url)
  await who.visit('/login')
  await who.submit({ username: 'alice', password: PASSWORD })
  const { user } = await staff(server, 'boss', 'owner')
  management = await tokenOf(server, user, [...ROLES.owner])
  api = await createResource(server.world, OPERATOR, { audience: 'https://a.example', name: 'A', scopes: ['read'] })
})
after(() => server[Symbol.asyncDispose]())

const cli = (words: string[], input = '') => command(words, { env: { CLAVIGER_DATA_DIR: server.dataDir }, input })
const json = async (path: string, init: RequestInit) =>
  (await (await fetch(server.url + path, init)).json()) as Record<string, unknown>
const basic = () => `Basic ${btoa(`${api.clientId}:${api.secret}`)}`
const verify = (credential: string, scopes: string[]) =>
  json('/v1/verify', {
    method: 'POST',
    headers: { authorization: basic(), 'content-type': 'application/json' },
    body: JSON.stringify({ credential, scopes }),
  })

async function byForm(fields: Record<string, string>): Promise<string> {
  const { html } = await who.visit('/account/tokens')
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
  const body = new URLSearchParams({ csrf: hidden('csrf'), form: hidden('form'), name: 'T', days: '30', ...fields })
  const made = await who.visit('/account/tokens', { method: 'POST', body })
  return /clv_app_[0-9A-Za-z]+/.exec(made.html)?.[0] ?? ''
}
async function byApi(more: object): Promise<string> {
  const owner = await server.world.users.byName('alice')
  const { secret } = await json('/v1/credentials', {
    method: 'POST',
    headers: { authorization: `Bearer ${management}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'application_token', name: 'T', owner_id: owner?.id, ...more }),
  })
  return String(secret)
}
const byCli = async (...more: string[]) =>
  (await cli(['token', 'create', '--user', 'alice', '--name', 'T', '-q', ...more])).stdout.trim()

const WAYS: [name: string, everything: () => Promise<string>, nothing: () => Promise<string>][] = [
  ['the command line', () => byCli(), () => byCli('--no-scopes')],
  ['the command line, said aloud', () => byCli('--all-scopes'), () => byCli('--scope', '')],
  ['the management API', () => byApi({}), () => byApi({ scopes: [] })],
  ['the account page', () => byForm({ everything: 'yes' }), () => byForm({})],
]
for (const [name, everything, nothing] of WAYS)
  test(`made by ${name}: everything opens what its owner may, nothing opens nothing, and every surface says which`, async () => {
    for (const [token, whole] of [
      [await everything(), true],
      [await nothing(), false],
    ] as const) {
      const wide = await verify(token, ['write:statuses'])
      assert.deepEqual([wide['active'], wide['reason']], whole ? [true, undefined] : [false, 'insufficient_scope'])
      assert.equal((await verify(token, ['users:write']))['active'], false, 'more than its owner may do')
      const whoami = await json('/v1/whoami', { headers: { authorization: `Bearer ${token}` } })
      assert.equal(whoami['all_scopes'], whole ? true : undefined)
      assert.ok(String(whoami['hint']).includes(`It may do ${whole ? EVERYTHING : NOTHING}.`), String(whoami['hint']))
      const asked = { method: 'POST', headers: { authorization: basic() }, body: new URLSearchParams({ token }) }
      assert.equal((await json('/oauth2/introspect', asked))['all_scopes'], whole ? true : undefined)
      const { stdout } = await cli(['explain', '--scope', 'users:write'], token)
      assert.match(stdout, whole ? /scope: everything its owner may do/ : /scope: nothing \(/)
    }
    const { html } = await who.visit('/account/tokens')
    assert.ok(html.includes(EVERYTHING) && html.includes(`Scopes: ${NOTHING}`))
    const { stdout } = await cli(['token', 'list', '--user', 'alice'])
    assert.ok(stdout.includes(`\t${EVERYTHING}\t`) && stdout.includes(`\t${NOTHING}\t`), stdout)
  })

test('everything is what its owner may do at that moment, never more', async () => {
  const made = await cli(['token', 'create', '--user', 'limited', '--name', 'T', '-q'])
  const token = made.stdout.trim()
  assert.equal((await verify(token, ['read:statuses']))['active'], true)
  assert.equal((await verify(token, ['write']))['reason'], 'insufficient_scope')
  await cli(['user', 'update', 'limited', '--scope', 'write'])
  await eventually(async () => (await verify(token, ['write']))['active'] === true)
  assert.equal((await verify(token, ['read']))['reason'], 'insufficient_scope')
})

test('two answers at once are none', async () => {
  const { code, stderr } = await cli([
    'token',
    'create',
    '--user',
    'alice',
    '--name',
    'T',
    '--no-scopes',
    '--scope',
    'read',
  ])
  assert.equal(code, 2, stderr)
})
