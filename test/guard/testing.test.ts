import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import { guard } from '../../src/guard/fetch.ts'
import { type Mint, testIssuer } from '../../src/guard/testing.ts'

/* The issuer for other people's tests: what passes here passes at a server, and what fails here fails there. */

const issuer = testIssuer()
async function ask(options: GuardOptions, mint: Mint | undefined): Promise<number> {
  const handler = guard({ server: issuer, ...options })((_request, auth) => Response.json(auth?.subject ?? null))
  const request = new Request('http://api.example/things')
  return (await handler(mint ? issuer.authAs(request, mint) : request)).status
}

test('every kind passes at the profile made for it', async () => {
  assert.equal(await ask({}, { kind: 'access-token' }), 200)
  assert.equal(await ask({ profile: 'apikey' }, { kind: 'api-key' }), 200)
  assert.equal(await ask({ profile: 'zocial' }, { kind: 'application-token' }), 200)
  assert.equal(await ask({ profile: 'zebbra' }, { kind: 'user-token' }), 200)
  assert.equal(await ask({ profile: 'tokenapi' }, { kind: 'token-pair' }), 200)
  assert.equal(await ask({ profile: 'mastodon' }, { kind: 'access-token' }), 200)
})

test('a route that asks for another scope, kind or audience fails in the test, too', async () => {
  assert.equal(await ask({ scopes: 'read' }, { scopes: 'read' }), 200)
  assert.equal(await ask({ scopes: 'write' }, { scopes: 'read' }), 403)
  assert.equal(await ask({ profile: 'apikey' }, { kind: 'access-token' }), 403)
  assert.equal(await ask({ audience: 'https://a.example' }, { audience: 'https://a.example' }), 200)
  assert.equal(await ask({ audience: 'https://a.example' }, { audience: 'https://b.example' }), 401)
  assert.equal(await ask({ user: 'required' }, { user: null }), 403)
})

test('everything that can be wrong with a credential can be minted', async () => {
  assert.equal(await ask({}, undefined), 401)
  assert.equal(await ask({}, { but: 'expired' }), 401)
  assert.equal(await ask({}, { but: 'revoked' }), 401)
  assert.equal(await ask({}, { but: 'client-disabled' }), 401)
  assert.equal(await ask({}, { but: 'owner-disabled' }), 403)
  assert.equal(await ask({}, { networks: ['192.0.2.0/24'] }), 403)
  assert.equal(await ask({}, {}), 200, 'and none of it disabled anybody else')
})

test('a credential ends when the test says so, and an issuer that is down means 503', async () => {
  const handler = guard({ server: issuer })(() => new Response())
  const { headers, credentialId } = issuer.mint()
  const status = async () => (await handler(new Request('http://api.example/', { headers }))).status
  assert.equal(await status(), 200)
  issuer.goDown()
  assert.equal(await status(), 503)
  issuer.goUp()
  issuer.revoke(credentialId)
  assert.equal(await status(), 401)
})
