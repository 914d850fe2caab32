import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { registerClient } from '../../src/core/clients/register-client.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { person as member } from '../kit/admin.ts'
import { addClient, addUser, authorizeUrl, CALLBACK, giveCode, pkce, redeem, signIn } from '../kit/cast.ts'
import { eventually } from '../kit/eventually.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* What staff settle for one client: by the management API and the command line alike, with a warning in words. */

const NO_PKCE = { code_challenge: undefined, code_challenge_method: undefined }
let server: TestServer
before(async () => {
  server = await testServer()
  await addUser(server.world)
})
after(() => server.stop())

const asked = async (at: TestServer, clientId: string, more: Record<string, string | undefined> = {}) => {
  const who = person(at.url)
  await who.visit('/login')
  await signIn(who)
  return who.visit(authorizeUrl(clientId, pkce().challenge, more))
}
/** The error that an authorization request without PKCE ends in; `undefined`: it is asked for consent. */
const withoutPkce = async (at: TestServer, clientId: string) => {
  const { sentTo, html } = await asked(at, clientId, NO_PKCE)
  if (!sentTo) assert.match(html, /name="decision"/)
  return sentTo?.searchParams.get('error_description') ?? undefined
}
const update = (clientId: string, ...words: string[]) =>
  command(['app', 'update', clientId, ...words, '--json'], { env: { CLAVIGER_DATA_DIR: server.dataDir } })
type Policy = { pkce: string; pkce_chosen: boolean; http_redirects: string }

test('by API and command a confidential client is freed from PKCE, and bound to it again', async () => {
  const boss = await member(server, 'boss', 'owner')
  const { client } = await addClient(server.world)
  const set = {
    api: async (pkce: string | null) => {
      const { status, body, text } = await boss.ask('PATCH', `/v1/clients/${client.id}`, { policy: { pkce } })
      assert.equal(status, 200, text)
      return { policy: body['policy'] as Policy, said: String(body['warnings']) }
    },
    command: async (pkce: string | null) => {
      const { code, json, stderr } = await update(client.id, '--pkce', pkce ?? 'standard')
      assert.equal(code, 0, stderr)
      return { policy: json['policy'] as Policy, said: (await update(client.id, '--name', 'Same')).stderr }
    },
  }
  for (const [how, change] of Object.entries(set)) {
    assert.match((await withoutPkce(server, client.id)) ?? '', /must use PKCE/, how)
    const freed = await change('when-sent')
    assert.deepEqual([freed.policy.pkce, freed.policy.pkce_chosen], ['when-sent', true])
    if (how === 'api') assert.match(freed.said, /a stolen code works in the session of another person/)
    // A command is a process of its own: the server follows it within a second.
    await eventually(async () => (await withoutPkce(server, client.id)) === undefined)
    assert.deepEqual((await change('required')).policy.pkce, 'required')
    await eventually(async () => /must use PKCE/.test((await withoutPkce(server, client.id)) ?? ''))
    assert.equal((await change(null)).policy.pkce_chosen, false)
  }
  const text = await command(['app', 'update', client.id, '--pkce', 'when-sent'], {
    env: { CLAVIGER_DATA_DIR: server.dataDir },
  })
  assert.match(text.stderr, /a stolen code works in the session of another person/)
})

test('where PKCE is not required, a challenge that was sent is still checked, and a stripped one is found out', async () => {
  const app = await addClient(server.world, { policy: { pkce: 'when-sent' } })
  const user = await addUser(server.world, 'downgraded')
  const { verifier, challenge } = pkce()
  const code = (sent: string | undefined) => giveCode(server.world, app.client, user, sent)
  assert.equal((await redeem(server.url, app, await code(challenge), pkce().verifier)).error, 'invalid_grant')
  assert.equal((await redeem(server.url, app, await code(challenge), '')).error, 'invalid_grant')
  assert.equal((await redeem(server.url, app, await code(undefined), verifier)).error, 'invalid_grant', 'stripped')
  assert.equal((await redeem(server.url, app, await code(challenge), verifier)).status, 200)
  assert.equal((await redeem(server.url, app, await code(undefined), '')).status, 200)
})

test('a public client is never freed from PKCE, nor is a client by its own developer', async () => {
  const boss = await member(server, 'boss2', 'owner')
  const dev = await member(server, 'dev')
  const phone = await addClient(server.world, { type: 'public' })
  const refused = await boss.ask('PATCH', `/v1/clients/${phone.client.id}`, { policy: { pkce: 'when-sent' } })
  assert.deepEqual([refused.status, refused.body['code']], [400, 'parameter-invalid'])
  assert.match(String(refused.body['detail']), /public client must use PKCE/)
  const { code, stderr } = await update(phone.client.id, '--pkce', 'when-sent')
  assert.equal(code, 2, stderr)
  assert.match(stderr, /public client must use PKCE/)
  const own = await addClient(server.world, { ownerId: dev.user.id, source: 'portal' })
  for (const policy of [{ pkce: 'when-sent' }, { http_redirects: 'allowed' }, { out_of_band: 'allowed' }]) {
    const { status } = await dev.ask('PATCH', `/v1/clients/${own.client.id}`, { policy })
    assert.equal(status, 403, JSON.stringify(policy))
  }
  assert.match((await withoutPkce(server, phone.client.id)) ?? '', /must use PKCE/)
})

test('CLAVIGER_CONFIDENTIAL_PKCE counts for confidential clients without a choice of their own, and for no others', async () => {
  await using loose = await testServer({ CLAVIGER_CONFIDENTIAL_PKCE: 'when-sent' })
  await addUser(loose.world)
  const boss = await member(loose, 'boss', 'owner')
  const [any, bound, phone] = [
    await addClient(loose.world),
    await addClient(loose.world, { policy: { pkce: 'required' } }),
    await addClient(loose.world, { type: 'public' }),
  ]
  assert.equal(await withoutPkce(loose, any.client.id), undefined)
  assert.match((await withoutPkce(loose, bound.client.id)) ?? '', /must use PKCE/)
  assert.match((await withoutPkce(loose, phone.client.id)) ?? '', /must use PKCE/)
  const { body } = await boss.ask('GET', `/v1/clients/${any.client.id}`)
  const { pkce, pkce_chosen } = body['policy'] as Policy
  assert.deepEqual([pkce, pkce_chosen], ['when-sent', false])
})

test('plain http in a private network, or anywhere, is the policy of one client, by API and command, with a warning', async () => {
  const boss = await member(server, 'boss3', 'owner')
  const near = 'http://192.168.1.10:8123/cb'
  const far = 'http://app.example/cb'
  const { client } = await addClient(server.world)
  const api = (http_redirects: string, uri: string) =>
    boss.ask('PATCH', `/v1/clients/${client.id}`, { redirect_uris: [uri, CALLBACK], policy: { http_redirects } })
  assert.equal((await api('loopback', near)).status, 400)
  assert.equal((await api('private', far)).status, 400)
  const allowed = await api('private', near)
  assert.equal(allowed.status, 200, allowed.text)
  assert.match(String(allowed.body['warnings']), /plain http in a private network: other machines there can read/)
  assert.match((await asked(server, client.id, { redirect_uri: near })).html, /name="decision"/)
  assert.equal((await api('loopback', CALLBACK)).status, 200)

  const said = await command(['app', 'update', client.id, '--redirect-uri', far, '--http-redirects', 'allowed'], {
    env: { CLAVIGER_DATA_DIR: server.dataDir },
  })
  assert.equal(said.code, 0, said.stderr)
  assert.match(said.stderr, /plain http to any machine: everyone on the way can read/)
  const other = await addClient(server.world)
  assert.notEqual((await update(other.client.id, '--redirect-uri', near)).code, 0, 'of one client')
})

test('a public client that registered localhost without a port comes back to any', async () => {
  const { client } = await registerClient(server.world, OPERATOR, {
    name: 'Editor',
    redirectUris: ['http://localhost/callback', 'http://app.localhost:3000/cb'],
    scopes: ['read'],
    type: 'public',
    source: 'operator',
  })
  const at = async (redirect_uri: string) => (await asked(server, client.id, { redirect_uri })).status
  assert.equal(await at('http://localhost:51234/callback'), 200)
  assert.equal(await at('http://app.localhost:3000/cb'), 200)
  for (const uri of ['http://127.0.0.1:51234/callback', 'http://app.localhost:3001/cb', 'http://localhost:1/other'])
    assert.equal(await at(uri), 400, uri)
})

test('every other rule of a policy is settled by API and command, too, and what cannot be is refused', async () => {
  const { client } = await addClient(server.world)
  const words =
    '--consent always --access-token never --refresh-token 7d --code 90s --out-of-band allowed --pushed-requests required'.split(
      ' ',
    )
  const { json, stderr } = await update(client.id, ...words, '--default-scope', 'read')
  assert.deepEqual(
    json['policy'],
    {
      access_token_seconds: null,
      allowed_scopes: 'registered',
      refresh_token_seconds: 604_800,
      code_seconds: 90,
      pkce: 'required',
      pkce_chosen: false,
      pushed_requests: 'required',
      out_of_band: 'allowed',
      http_redirects: 'loopback',
      consent: 'always',
      default_scopes: ['read'],
    },
    stderr,
  )
  const stored = (await server.world.clients.byId(client.id))?.policy
  assert.deepEqual([stored?.defaultScopes, stored?.accessTokenSeconds], [['read'], null])
  for (const wrong of [
    ['--pkce', 'never'],
    ['--http-redirects', 'everywhere'],
    ['--code', '11m'],
    ['--access-token', '0s'],
    ['--refresh-token', 'never'],
    ['--consent', ''],
  ])
    assert.equal((await update(client.id, ...wrong)).code, 2, wrong.join(' '))
  const boss = await member(server, 'boss4', 'owner')
  for (const policy of [{ pkce: 'never' }, { http_redirects: 'x' }, { code_seconds: 601 }, { pkce_chosen: true }]) {
    const { status } = await boss.ask('PATCH', `/v1/clients/${client.id}`, { policy })
    assert.equal(status, 400, JSON.stringify(policy))
  }
})
