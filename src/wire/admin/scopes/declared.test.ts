import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Person, person } from '../../../../test/kit/admin.ts'
import { type TestServer, testServer } from '../../../../test/kit/server.ts'
import { command } from '../../../../test/kit/warm-command.ts'
import { registerClient } from '../../../core/clients/register-client.ts'
import { issueKey } from '../../../core/credentials/issue/issue-key.ts'
import { createGate } from '../../../core/resources/create-gate.ts'
import { createResource } from '../../../core/resources/create-resource.ts'
import { describeScope } from '../../../core/resources/describe-scope.ts'
import { OPERATOR } from '../../../model/users/actor.ts'

/* A scope that no API has is refused at every door where it would be stored, with the one that was meant. */

const SLIP = 'tickets:raed'
const MEANT = /No API here has the scope .tickets:raed.\. Did you mean .tickets:read.\?/

async function withApi(settings: Record<string, string> = {}) {
  const server = await testServer(settings)
  const ada = await person(server, 'ada', 'owner')
  const api = { audience: 'https://tickets.example', name: 'Tickets', scopes: ['tickets:read', 'tickets:write'] }
  await createResource(server.world, OPERATOR, api)
  return { server, ada }
}

const fresh = (): string => `x${crypto.randomUUID().slice(0, 8)}`

/**
 * Each door: what it is asked with this scope, and what it says. The applications of Mastodon know the scopes of their own family
 * alone, and refuse others in its words.
 */
const DOORS: Record<
  string,
  (server: TestServer, ada: Person, scope: string) => Promise<[status: number, said: string]>
> = {
  'POST /v1/credentials': (_server, ada, scope) =>
    said(ada.ask('POST', '/v1/credentials', { kind: 'api_key', name: 'k', scopes: [scope] })),
  'PATCH /v1/credentials/{id}': async (server, ada, scope) =>
    said(ada.ask('PATCH', `/v1/credentials/${await keyOf(server, ada)}`, { scopes: ['tickets:write', scope] })),
  'POST /v1/clients': (_server, ada, scope) => said(ada.ask('POST', '/v1/clients', { name: 'App', scopes: [scope] })),
  'PATCH /v1/clients/{id}': async (server, ada, scope) =>
    said(ada.ask('PATCH', `/v1/clients/${await clientOf(server)}`, { scopes: [scope] })),
  'the default scopes of a client': async (server, ada, scope) =>
    said(ada.ask('PATCH', `/v1/clients/${await clientOf(server)}`, { policy: { default_scopes: [scope] } })),
  'POST /v1/users': (_server, ada, scope) => said(ada.ask('POST', '/v1/users', { handle: fresh(), scopes: [scope] })),
  'PATCH /v1/users/{id}': async (server, ada, scope) =>
    said(ada.ask('PATCH', `/v1/users/${(await person(server, fresh())).user.id}`, { scopes: [scope] })),
  'POST /v1/gates': (_server, ada, scope) => said(ada.ask('POST', '/v1/gates', { name: 'g', scopes: [scope] })),
  async 'PATCH /v1/gates/{name}'(server, ada, scope) {
    const name = fresh()
    await createGate(server.world, OPERATOR, { name })
    return said(ada.ask('PATCH', `/v1/gates/${name}`, { scopes: [scope] }))
  },
  'the developer portal': (server, ada, scope) =>
    form(server, '/developers/apps', { name: 'App', type: 'confidential', scopes: scope }, ada),
  'the account': (server, ada, scope) =>
    form(
      server,
      '/account/tokens',
      { form: crypto.randomUUID(), name: 'k', kind: 'api-key', days: '30', scopes: scope },
      ada,
    ),
  'claviger token create': (server, _ada, scope) =>
    typed(server, ['token', 'create', '--user', 'ada', '--name', 't', '--scope', scope]),
  'claviger app create': (server, _ada, scope) => typed(server, ['app', 'create', '--name', 'App', '--scope', scope]),
  'claviger user create': (server, _ada, scope) =>
    typed(server, ['user', 'create', '--handle', 'dan', '--scope', scope]),
  'claviger gate create': (server, _ada, scope) => typed(server, ['gate', 'create', 'i', '--scope', scope]),
}

async function said(answer: ReturnType<Person['ask']>): Promise<[number, string]> {
  const { status, body, text } = await answer
  return [status, String(body['detail'] ?? text)]
}

async function form(
  server: TestServer,
  path: string,
  fields: Record<string, string>,
  who?: Person,
): Promise<[number, string]> {
  const headers = who && { cookie: who.cookie, origin: server.url }
  const body = new URLSearchParams({ ...fields, ...(who && { csrf: who.csrf }) })
  const answer = await fetch(server.url + path, {
    method: 'POST',
    redirect: 'manual',
    body,
    ...(headers && { headers }),
  })
  return [answer.status, (await answer.text()).replaceAll(/&quot;|&#34;|\\?"/g, "'")]
}

async function typed(server: TestServer, words: string[]): Promise<[number, string]> {
  const { code, stderr } = await command(words, { env: { CLAVIGER_DATA_DIR: server.dataDir } })
  return [code === 0 ? 200 : 400 + code, stderr]
}

const keyOf = async ({ world }: TestServer, { user }: Person) =>
  (await issueKey(world, OPERATOR, { kind: 'api-key', userId: user.id, name: 'k', scopes: [] })).credential.id
const clientOf = async ({ world }: TestServer, scopes: string[] = []) => {
  const app = { name: 'App', redirectUris: [], scopes, type: 'confidential', source: 'operator' } as const
  return (await registerClient(world, OPERATOR, { ...app, redirectUris: [], scopes })).client.id
}

for (const [door, ask] of Object.entries(DOORS))
  test(`a scope that no API has is not stored by ${door}, which names the one that was meant`, async () => {
    const { server, ada } = await withApi()
    try {
      const [status, words] = await ask(server, ada, SLIP)
      assert.ok(status >= 400 && status < 500, `${status} ${words}`)
      assert.match(words, MEANT)
      const [good, why] = await ask(server, ada, 'tickets:read')
      assert.ok(good < 400, `${good} ${why}`)
    } finally {
      await server[Symbol.asyncDispose]()
    }
  })

test('scopes of this server, those with words, those that cover a declared one and those of a dialect exist as well', async () => {
  const { server, ada } = await withApi()
  await describeScope(server.world, OPERATOR, { scope: 'reports', sentence: 'Read reports', risk: 'low' })
  const make = (scopes: string[]) => ada.ask('POST', '/v1/credentials', { kind: 'api_key', name: 'k', scopes })
  for (const scope of ['tickets', 'users:read', 'credentials', 'reports', 'openid', 'read:accounts'])
    assert.equal((await make([scope])).status, 201, scope)
  for (const scope of ['tickets:read:all', 'report', 'nonsense']) assert.equal((await make([scope])).status, 400, scope)
  await server[Symbol.asyncDispose]()
})

test('where no API has declared a scope yet, and where the operator allows free ones, any scope is stored', async () => {
  await using fresh = await testServer({ CLAVIGER_DIALECTS: '' })
  const bob = await person(fresh, 'bob', 'owner')
  const make = ({ ask }: Person) => ask('POST', '/v1/credentials', { kind: 'api_key', name: 'k', scopes: [SLIP] })
  assert.equal((await make(bob)).status, 201)
  const { server, ada } = await withApi({ CLAVIGER_SCOPES: 'free' })
  assert.equal((await make(ada)).status, 201)
  await server[Symbol.asyncDispose]()
})

test('what was stored before an API declared its scopes stays, and may be kept when other things change', async () => {
  await using server = await testServer()
  const ada = await person(server, 'ada', 'owner')
  const id = await clientOf(server, ['old:scope', 'other:scope'])
  await createResource(server.world, OPERATOR, { audience: 'https://a.example', name: 'A', scopes: ['a:read'] })
  const changed = await ada.ask('PATCH', `/v1/clients/${id}`, { scopes: ['old:scope', 'a:read'] })
  assert.equal(changed.status, 200, changed.text)
  assert.equal((await ada.ask('PATCH', `/v1/clients/${id}`, { scopes: ['a:read', 'other:scope'] })).status, 400)
})
