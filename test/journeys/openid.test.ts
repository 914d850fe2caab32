import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import * as openid from 'openid-client'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { rotateSigningKey } from '../../src/core/services/signing-keys/rotate-signing-key.ts'
import { DAY } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { issue } from '../kit/house.ts'
import { idTokenOf, relying, walk } from '../kit/openid.ts'
import { testServer } from '../kit/server.ts'

const SCOPES = ['openid', 'profile', 'email', 'phone', 'address', 'offline_access']

for (const type of ['confidential', 'public'] as const)
  test(`openid-client, ${type}: code with nonce, id token, userinfo, refresh with an id token`, async () => {
    await using server = await testServer()
    const alice = await addUser(server.world, 'alice', { email: 'alice@example.org', firstName: 'Alice' })
    const by = await relying(server, await addClient(server.world, { type, scopes: SCOPES }))
    const { tokens, who } = await walk(by, { scope: 'openid profile email' })
    const first = idTokenOf({ tokens })
    assert.equal(first.sub, alice.id)
    assert.equal(first.aud, by.client.client.id)
    assert.equal(first['acr'], 'urn:claviger:password')
    assert.deepEqual(first['amr'], ['pwd'])
    assert.equal(typeof first['auth_time'], 'number')
    assert.equal((first.exp ?? 0) - (first.iat ?? 0), 3600)
    // Claims of a person stand in userinfo, and in the id token only where a request names them there.
    assert.equal('email' in first, false)

    const info = await openid.fetchUserInfo(by.config, tokens.access_token, alice.id)
    assert.partialDeepStrictEqual(info, { given_name: 'Alice', preferred_username: 'alice', email_verified: false })
    assert.equal('phone_number' in info, false)

    server.world.now = () => Date.now() + 60_000
    const fresh = await openid.refreshTokenGrant(by.config, tokens.refresh_token as string)
    const next = idTokenOf({ tokens: fresh })
    for (const name of ['iss', 'sub', 'aud', 'auth_time', 'acr', 'sid']) assert.equal(next[name], first[name], name)
    assert.notEqual(next.iat, first.iat)
    assert.equal('nonce' in next, false)

    // One session, one sid; no other client knows it by the same, and the session's own id is not in it.
    const again = idTokenOf(await walk(by, { prompt: 'consent' }, { who }))
    assert.equal(again['sid'], first['sid'])
    const other = await relying(server, await addClient(server.world, { scopes: SCOPES }))
    assert.notEqual(idTokenOf(await walk(other, {}, { who }))['sid'], first['sid'])
  })

for (const [alg, hash] of [
  [undefined, 'sha256'],
  ['RS256', 'sha256'],
  ['ES256', 'sha256'],
  ['EdDSA', 'sha512'],
] as const)
  test(`an id token is signed with ${alg ?? 'RS256, where the client names no algorithm'}, by a key of the published set`, async () => {
    await using server = await testServer()
    await addUser(server.world)
    const metadata = alg ? { idTokenSignedResponseAlg: alg, userinfoSignedResponseAlg: alg } : {}
    const by = await relying(server, await addClient(server.world, { scopes: SCOPES, metadata }))
    const { tokens } = await walk(by)
    const keys = createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`))
    const { payload, protectedHeader } = await jwtVerify(tokens.id_token as string, keys)
    assert.equal(protectedHeader.alg, alg ?? 'RS256')
    assert.equal(protectedHeader.typ, undefined)
    const digest = createHash(hash).update(tokens.access_token).digest()
    assert.equal(payload['at_hash'], digest.subarray(0, digest.length / 2).toString('base64url'))
    if (!alg) return
    const info = await fetch(`${server.url}/oauth2/userinfo`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    assert.equal(info.headers.get('content-type'), 'application/jwt')
    const signed = await info.text()
    assert.equal(decodeProtectedHeader(signed).alg, alg)
    const { payload: claims } = await jwtVerify(signed, keys, { issuer: server.url, audience: by.client.client.id })
    assert.equal(claims.sub, payload.sub)
  })

test('an installation from before OpenID Connect gets its RSA key at the next start, and each algorithm is rotated by itself', async () => {
  await using server = await testServer()
  const { world } = server
  const published = async (url: string) =>
    ((await (await fetch(`${url}/.well-known/jwks.json`)).json()) as { keys: { alg: string; kid: string }[] }).keys
  const [rsa] = (await world.signingKeys.list()).filter(({ algorithm }) => algorithm === 'RS256')
  await server.installation.engine.write(tx =>
    tx
      .deleteFrom('signing_keys')
      .where('id', '=', rsa?.id ?? '')
      .execute(),
  )
  await using next = await server.restart()
  const keys = await published(next.url)
  assert.deepEqual(keys.map(({ alg }) => alg).sort(), ['ES256', 'RS256'])
  assert.equal(
    keys.some(({ kid }) => kid === rsa?.id),
    false,
  )
  await rotateSigningKey(next.world, OPERATOR, { algorithm: 'RS256' })
  const rotated = await published(next.url)
  assert.deepEqual(rotated.map(({ alg }) => alg).sort(), ['ES256', 'RS256', 'RS256'])
  for (const { kid } of keys) assert.ok(rotated.some(one => one.kid === kid))
})

test('OpenID Connect switched off: no document, no userinfo, no id token', async () => {
  await using server = await testServer({ CLAVIGER_OPENID: 'off' })
  await addUser(server.world)
  assert.equal((await fetch(`${server.url}/.well-known/openid-configuration`)).status, 404)
  assert.equal((await fetch(`${server.url}/oauth2/userinfo`)).status, 404)
  const document = (await (await fetch(`${server.url}/.well-known/oauth-authorization-server`)).json()) as object
  for (const name of ['id_token_signing_alg_values_supported', 'claims_supported', 'subject_types_supported'])
    assert.equal(name in document, false, name)
})

test('a token without openid, or for another API, opens no userinfo; the challenge says what is missing', async () => {
  await using server = await testServer()
  const { world, url } = server
  const alice = await addUser(world)
  const by = await relying(server, await addClient(world, { scopes: [...SCOPES, 'read'] }))
  const { tokens } = await walk(by, { scope: 'openid read' })
  const narrow = await openid.refreshTokenGrant(by.config, tokens.refresh_token as string, { scope: 'read' })
  assert.equal(narrow.id_token, undefined)
  const ask = (token: string) => fetch(`${url}/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } })
  const refused = await ask(narrow.access_token)
  assert.equal(refused.status, 403)
  assert.match(refused.headers.get('www-authenticate') ?? '', /Bearer .*error="insufficient_scope".*scope="openid"/)
  for (const tokenFormat of ['opaque', 'jwt'] as const) {
    const resource = `https://${tokenFormat}.example`
    await createResource(world, OPERATOR, { audience: resource, name: 'API', scopes: ['read'], tokenFormat })
    const { tokens: elsewhere } = await walk(by, { scope: 'openid read', resource })
    const foreign = await ask(elsewhere.access_token)
    assert.equal(foreign.status, 401, tokenFormat)
    assert.match(foreign.headers.get('www-authenticate') ?? '', /error="invalid_token"/)
  }
  // A code and a refresh token belong to the grant, too, and a key may have every scope.
  for (const secret of [tokens.refresh_token as string, tokens.id_token as string])
    assert.equal((await ask(secret)).status, 401)
  const { presented } = await issue(world, 'api-key', alice, ['openid'])
  assert.equal((await ask(presented)).status, 403)
  const unknown = await ask('clv_at_nothing')
  assert.equal(unknown.status, 401)
  assert.match(unknown.headers.get('www-authenticate') ?? '', /^Bearer .*error="invalid_token"/)
  assert.match(
    (await fetch(`${url}/oauth2/userinfo`)).headers.get('www-authenticate') ?? '',
    /^Bearer realm="claviger"$/,
  )

  const form = (body: Record<string, string>, headers = {}) =>
    fetch(`${url}/oauth2/userinfo`, { method: 'POST', headers, body: new URLSearchParams(body) })
  assert.equal((await form({ access_token: tokens.access_token })).status, 200)
  const twice = await form({ access_token: tokens.access_token }, { authorization: `Bearer ${tokens.access_token}` })
  assert.equal(twice.status, 400)
  const cross = await form({}, { authorization: `Bearer ${tokens.access_token}`, origin: 'https://app.example' })
  assert.equal(cross.headers.get('access-control-allow-origin'), '*')
  const own = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${by.client.client.id}:${by.client.secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'openid' }),
  })
  const { access_token } = (await own.json()) as { access_token: string }
  assert.equal((await ask(access_token)).status, 403)
})

test('id tokens, access tokens and signed answers of userinfo are never taken for one another', async () => {
  await using server = await testServer()
  const { world, url } = server
  await addUser(world)
  const metadata = { idTokenSignedResponseAlg: 'ES256', userinfoSignedResponseAlg: 'ES256' } as const
  const by = await relying(server, await addClient(world, { scopes: SCOPES, metadata }))
  const { tokens } = await walk(by)
  const headers = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
  const signed = await (await fetch(`${url}/oauth2/userinfo`, headers(tokens.access_token))).text()
  for (const token of [tokens.id_token as string, signed]) {
    for (const path of ['/oauth2/userinfo', '/v1/whoami'])
      assert.equal((await fetch(url + path, headers(token))).status, 401, path)
    const judged = await openid.tokenIntrospection(by.config, token)
    assert.deepEqual({ ...judged }, { active: false })
  }
  assert.equal((await fetch(`${url}/v1/whoami`, headers(tokens.access_token))).status, 200)
  assert.equal(await world.signer.verify(signed, 'id-token'), undefined)
  assert.equal(await world.signer.verify(tokens.id_token as string, 'at+jwt'), undefined)
  assert.equal(await world.signer.verify(tokens.id_token as string, 'JWT'), undefined)
  const claims = {
    iss: url,
    sub: 'x',
    aud: 'y',
    client_id: 'c',
    scope: 'openid',
    jti: 'j',
    iat: 1,
    exp: DAY,
    auth_time: 1,
  }
  assert.equal(await world.signer.verify(world.signer.sign('at+jwt', { ...claims, acr: 'a' }), 'id-token'), undefined)
})
