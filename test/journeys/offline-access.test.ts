import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { RegisterClient } from '../../src/core/clients/register-client.ts'
import { addClient, addUser, authorizeUrl, pkce, redeem, refresh, signIn } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The scope offline_access (OpenID Connect Core section 11), which MCP clients add to every request. */

let server: TestServer
before(async () => {
  server = await testServer()
  await addUser(server.world)
})
after(() => server.stop())

async function walk(more: Partial<RegisterClient>, scope: string) {
  const by = await addClient(server.world, more)
  const { verifier, challenge } = pkce()
  const who = person(server.url)
  const first = await who.visit(authorizeUrl(by.client.id, challenge, { scope, prompt: 'consent' }))
  const seen = first.sentTo ? first : await signIn(who)
  const { sentTo } = seen.sentTo ? seen : await who.submit({ decision: 'allow' })
  const code = sentTo?.searchParams.get('code')
  if (!code) return { error: sentTo?.searchParams.get('error') }
  const tokens = await redeem(server.url, by, code, verifier)
  const [grant] = await server.world.grants.ofUser((await server.world.users.byName('alice'))?.id ?? '')
  return { by, tokens, granted: grant?.scopes }
}

test('a client that may refresh may ask for offline_access, whatever scopes it is registered for', async () => {
  const grantTypes = ['authorization_code', 'refresh_token'] as const
  const { by, tokens, granted } = await walk({ grantTypes: [...grantTypes], scopes: ['read'] }, 'read offline_access')
  assert.ok(by && tokens?.refresh_token)
  assert.deepEqual(granted, ['read', 'offline_access'])
  assert.equal(tokens.scope, 'read', 'the token opens no more than before')
  const next = await refresh(server.url, by, tokens.refresh_token)
  assert.equal(next.status, 200)
  const wide = await refresh(server.url, by, next.refresh_token, { scope: 'read offline_access' })
  assert.deepEqual([wide.status, wide.scope], [200, 'read'])
})

test('for a client that may not refresh it is ignored, and gives no refresh token', async () => {
  const { tokens, granted } = await walk(
    { grantTypes: ['authorization_code'], scopes: ['read'] },
    'offline_access read',
  )
  assert.deepEqual([tokens?.status, tokens?.scope, tokens?.refresh_token], [200, 'read', undefined])
  assert.deepEqual(granted, ['read'])
})

test('alone it asks for nothing else, and other scopes need their registration as before', async () => {
  const grantTypes: RegisterClient['grantTypes'] = ['authorization_code', 'refresh_token']
  const { tokens } = await walk({ grantTypes, scopes: ['read'] }, 'offline_access')
  assert.deepEqual([tokens?.status, tokens?.scope ?? ''], [200, ''])
  assert.equal((await walk({ grantTypes, scopes: ['read'] }, 'write offline_access')).error, 'invalid_scope')
})
