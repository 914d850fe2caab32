import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as oauth from 'oauth4webapi'
import { addClient, addUser, CALLBACK, signIn } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import { testServer } from '../kit/server.ts'

const plain = { [oauth.allowInsecureRequests]: true }

for (const type of ['confidential', 'public'] as const)
  test(`oauth4webapi, ${type}: discovery, code with PKCE, refresh, introspection, revocation`, async () => {
    await using server = await testServer()
    await addUser(server.world)
    const app = await addClient(server.world, { type })
    const issuer = new URL(server.url)
    const as = await oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...plain }),
    )
    const client: oauth.Client = { client_id: app.client.id }
    const proof = app.secret ? oauth.ClientSecretPost(app.secret) : oauth.None()

    const verifier = oauth.generateRandomCodeVerifier()
    const state = oauth.generateRandomState()
    const to = new URL(as.authorization_endpoint as string)
    to.search = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'read',
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString()
    const who = person(server.url)
    await who.visit(to.href)
    await signIn(who)
    const { sentTo } = await who.submit({ decision: 'allow' })

    const parameters = oauth.validateAuthResponse(as, client, sentTo as URL, state)
    const tokens = await oauth.processAuthorizationCodeResponse(
      as,
      client,
      await oauth.authorizationCodeGrantRequest(as, client, proof, parameters, CALLBACK, verifier, plain),
    )
    assert.equal(tokens.token_type, 'bearer')
    const fresh = await oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(as, client, proof, tokens.refresh_token as string, plain),
    )
    const introspect = async (token: string) =>
      oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, proof, token, plain))
    if (type === 'confidential') assert.equal((await introspect(fresh.access_token)).active, true)
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, proof, fresh.access_token, plain))
    if (type === 'confidential') assert.equal((await introspect(fresh.access_token)).active, false)
    // Giving back an access token leaves the family alive.
    const again = await oauth.refreshTokenGrantRequest(as, client, proof, fresh.refresh_token as string, plain)
    assert.equal(again.status, 200)
  })

test('oauth4webapi takes the discovery document of OpenID Connect, checks the signature of the id token, and reads userinfo', async () => {
  await using server = await testServer()
  const alice = await addUser(server.world)
  const app = await addClient(server.world, { scopes: ['openid', 'profile'] })
  const issuer = new URL(server.url)
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, plain))
  const client: oauth.Client = { client_id: app.client.id }
  const proof = oauth.ClientSecretBasic(app.secret as string)
  const [verifier, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomNonce()]
  const to = new URL(as.authorization_endpoint as string)
  to.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid profile',
    nonce,
    max_age: '600',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()
  const who = person(server.url)
  await who.visit(to.href)
  await signIn(who)
  const { sentTo } = await who.submit({ decision: 'allow' })
  const parameters = oauth.validateAuthResponse(as, client, sentTo as URL)
  const answer = await oauth.authorizationCodeGrantRequest(as, client, proof, parameters, CALLBACK, verifier, plain)
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, {
    expectedNonce: nonce,
    maxAge: 600,
    requireIdToken: true,
  })
  await oauth.validateApplicationLevelSignature(as, answer, plain)
  const { sub } = oauth.getValidatedIdTokenClaims(tokens) as oauth.IDToken
  assert.equal(sub, alice.id)
  const info = await oauth.userInfoRequest(as, client, tokens.access_token, plain)
  assert.equal((await oauth.processUserInfoResponse(as, client, sub, info)).preferred_username, 'alice')
})
