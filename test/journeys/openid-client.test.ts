import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { addClient, addUser, CALLBACK, signIn } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import { testServer } from '../kit/server.ts'

for (const type of ['confidential', 'public'] as const)
  test(`openid-client, ${type}: discovery, code with PKCE, refresh, introspection, revocation`, async () => {
    await using server = await testServer()
    await addUser(server.world)
    const app = await addClient(server.world, { type })
    const config = await client.discovery(
      new URL(server.url),
      app.client.id,
      app.secret,
      app.secret ? client.ClientSecretBasic(app.secret) : client.None(),
      { algorithm: 'oauth2', execute: [client.allowInsecureRequests] },
    )
    assert.equal(config.serverMetadata().issuer, server.url)
    assert.equal(config.serverMetadata().supportsPKCE(), true)

    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const expectedState = client.randomState()
    const to = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'read write',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
    })
    const who = person(server.url)
    await who.visit(to.href)
    await signIn(who)
    const { sentTo } = await who.submit({ decision: 'allow' })
    // Checks state and issuer as well.
    const tokens = await client.authorizationCodeGrant(config, sentTo as URL, { pkceCodeVerifier, expectedState })
    assert.equal(tokens.scope, 'read write')
    assert.equal(tokens.expires_in, 3600)

    const fresh = await client.refreshTokenGrant(config, tokens.refresh_token as string)
    assert.notEqual(fresh.access_token, tokens.access_token)
    if (type === 'confidential') {
      const seen = await client.tokenIntrospection(config, fresh.access_token)
      assert.equal(seen.active, true)
      assert.equal(seen.username, 'alice')
    }
    await client.tokenRevocation(config, fresh.refresh_token as string)
    if (type === 'confidential')
      assert.equal((await client.tokenIntrospection(config, fresh.access_token)).active, false)
    await assert.rejects(client.refreshTokenGrant(config, fresh.refresh_token as string), { error: 'invalid_grant' })
  })

test('openid-client hears a refusal as what it is', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const app = await addClient(server.world)
  const config = await client.discovery(new URL(server.url), app.client.id, app.secret, undefined, {
    algorithm: 'oauth2',
    execute: [client.allowInsecureRequests],
  })
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const who = person(server.url)
  const code_challenge = await client.calculatePKCECodeChallenge(pkceCodeVerifier)
  const ask = { redirect_uri: CALLBACK, code_challenge, code_challenge_method: 'S256' }
  await who.visit(client.buildAuthorizationUrl(config, ask).href)
  await signIn(who)
  const { sentTo } = await who.submit({ decision: 'deny' })
  await assert.rejects(client.authorizationCodeGrant(config, sentTo as URL, { pkceCodeVerifier }), {
    error: 'access_denied',
  })
})
