import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import type { GrantTypeName } from '../../src/model/clients/client.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { type Person as Staff, person as staff } from '../kit/admin.ts'
import { caller } from '../kit/call.ts'
import { addClient, addUser, askTokens, authorizeUrl, giveCode, pkce, redeem, signIn } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import { register } from '../kit/registration.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* RFC 6749 section 3.3: a text that cannot be a scope is named, with its wrong character and what is allowed. */

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const GRANTS: GrantTypeName[] = ['authorization_code', 'refresh_token', 'client_credentials', DEVICE]
let server: TestServer
let app: RegisteredClient
let boss: Staff
let alice: User
let apiId: string
before(async () => {
  server = await testServer()
  alice = await addUser(server.world)
  app = await addClient(server.world, { grantTypes: GRANTS })
  const resource = { audience: 'https://scopes.example', name: 'Scopes', scopes: ['read', 'write'] }
  apiId = (await createResource(server.world, OPERATOR, resource)).clientId
  boss = await staff(server, 'boss', 'owner')
})
after(() => server.stop())

type Told = { status: number; text: string }
const proof = () => ({ client_id: app.client.id, client_secret: app.secret as string })
const form = async (path: string, fields: Record<string, string>): Promise<Told> => {
  const { status, body } = await caller(server)('POST', path, { form: { ...proof(), ...fields } })
  return { status, text: String(body['error_description']) }
}
const api = async (method: string, path: string, body: object): Promise<Told> => {
  const { status, body: said } = await boss.ask(method, path, body)
  return { status, text: String(said['detail']) }
}
const cli = async (...words: string[]): Promise<Told> => {
  const { code, stderr } = await command(words, { env: { CLAVIGER_DATA_DIR: server.dataDir } })
  return { status: code === 0 ? 200 : 400, text: stderr }
}

/** Every door through which a scope comes in, with this list of scopes. */
const DOORS: Record<string, (scope: string) => Promise<Told>> = {
  async authorization(scope) {
    const sight = await person(server.url).visit(authorizeUrl(app.client.id, pkce().challenge, { scope }))
    return { status: 400, text: sight.sentTo?.searchParams.get('error_description') ?? sight.html }
  },
  token: scope => form('/oauth2/token', { grant_type: 'client_credentials', scope }),
  async refresh(scope) {
    const { verifier, challenge } = pkce()
    const code = await giveCode(server.world, app.client, alice, challenge)
    const { refresh_token = '' } = await redeem(server.url, app, code, verifier)
    const answer = await askTokens(server.url, app, { grant_type: 'refresh_token', refresh_token, scope })
    return { status: answer.status, text: answer.error_description ?? '' }
  },
  device: scope => form('/oauth2/device_authorization', { scope }),
  'pushed request': scope => {
    const parameters = new URLSearchParams(authorizeUrl(app.client.id, pkce().challenge, { scope }).split('?')[1])
    return form('/oauth2/par', Object.fromEntries(parameters))
  },
  async registration(scope) {
    const { status, body } = await register(server, { redirect_uris: ['https://app.example/cb'], scope })
    return { status, text: String(body['error_description']) }
  },
  'API: key': scope =>
    api('POST', '/v1/credentials', { kind: 'api_key', name: 'k', owner_id: boss.user.id, scopes: scope.split(' ') }),
  'API: application': scope => api('POST', '/v1/clients', { name: 'App', scopes: scope.split(' ') }),
  'API: change of an application': scope => api('PATCH', `/v1/clients/${app.client.id}`, { scopes: scope.split(' ') }),
  'API: default scopes of an application': scope =>
    api('PATCH', `/v1/clients/${app.client.id}`, { policy: { default_scopes: scope.split(' ') } }),
  'API: user': scope => api('POST', '/v1/users', { handle: 'limited', scopes: scope.split(' ') }),
  'API: change of a user': scope => api('PATCH', `/v1/users/${boss.user.id}`, { scopes: scope.split(' ') }),
  'API: resource server': scope =>
    api('POST', '/v1/resource-servers', { audience: 'https://a.example', name: 'A', scopes: scope.split(' ') }),
  'API: change of a resource server': scope =>
    api('PATCH', `/v1/resource-servers/${apiId}`, { scopes: scope.split(' ') }),
  'API: gate': scope => api('POST', '/v1/gates', { name: 'gate', scopes: scope.split(' ') }),
  'API: words of a scope': scope =>
    api('PUT', `/v1/scopes/${encodeURIComponent(scope.split(' ').at(-1) ?? '')}`, { sentence: 'Read', risk: 'low' }),
  'API: initial access token': scope => api('POST', '/v1/registration-tokens', { scopes: scope.split(' ') }),
  'command: key': scope => cli('key', 'create', '--user', 'boss', '--name', 'k', '--scope', scope),
  'command: application': scope => cli('app', 'create', '--name', 'App', '--scope', scope),
  'command: API': scope => cli('api', 'create', '--audience', 'https://b.example', '--name', 'B', '--scope', scope),
}

const ALLOWED =
  /A scope consists of 1 to 128 printable ASCII characters, without spaces, double quotes and backslashes\./

for (const [door, ask] of Object.entries(DOORS))
  test(`${door}: a malformed scope is named, with the character that no scope has`, async () => {
    for (const [scope, fault] of [
      ['read wr\u00eete', /The scope .wr.te. contains the character U\+00EE\./],
      ['read wr"ite', /The scope .wr.ite. contains the character U\+0022\./],
    ] as const) {
      const { status, text } = await ask(scope)
      assert.ok(status >= 400 && status < 500, `${scope}: ${status} ${text}`)
      assert.match(text, fault)
      assert.match(text, ALLOWED)
    }
  })

test('a German page says it in German', async () => {
  const german = { headers: { 'accept-language': 'de' } }
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who)
  await who.visit('/account/tokens', german)
  const { html } = await who.submit({ name: 'k', kind: 'api-key', days: '30', scopes: 'l\u00f6schen' }, german)
  assert.match(html, /Das Recht „löschen“ enthält das Zeichen U\+00F6\. Ein Recht besteht aus 1 bis 128 druckbaren/)
})
