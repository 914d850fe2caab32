import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { decodeJwt } from 'jose'
import * as openid from 'openid-client'
import { changeClient } from '../../src/core/clients/change-client.ts'
import type { RegisterClient } from '../../src/core/clients/register-client.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { openGuard } from '../../src/guard/decide/guard.ts'
import { Refusal } from '../../src/model/refusals/refusal.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { idTokenOf, type Relying, relying, walk } from '../kit/openid.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Pairwise subjects (OpenID Connect Core section 8): applications of two sectors cannot find out that they serve one person. */

const AUDIENCE = 'https://jwt.example'
const pairwise = (server: TestServer, host: string, more: Partial<RegisterClient> = {}) =>
  addClient(server.world, {
    scopes: ['openid', 'read'],
    redirectUris: [`https://${host}/callback`],
    ...more,
    metadata: { subjectType: 'pairwise', ...more.metadata },
  })

test('id token, userinfo, JWT, whoami and introspection by the client itself have one sub of its sector, and nothing that links it', async () => {
  await using server = await testServer()
  const { world, url } = server
  const alice = await addUser(world)
  const api = await createResource(world, OPERATOR, {
    audience: AUDIENCE,
    name: 'API',
    scopes: ['read'],
    tokenFormat: 'jwt',
  })
  const seen = async (by: Relying, host: string) => {
    const redirect_uri = `https://${host}/callback`
    const { tokens } = await walk(by, { redirect_uri })
    const sub = idTokenOf({ tokens }).sub as string
    await openid.fetchUserInfo(by.config, tokens.access_token, sub)
    const own = await openid.tokenIntrospection(by.config, tokens.access_token)
    assert.deepEqual([own.sub, own.username], [sub, undefined])
    const refreshable = await openid.tokenIntrospection(by.config, tokens.refresh_token as string)
    assert.deepEqual([refreshable.sub, refreshable.username], [sub, undefined])
    const headers = { authorization: `Bearer ${tokens.access_token}` }
    const whoami = await (await fetch(`${url}/v1/whoami`, { headers })).text()
    assert.deepEqual(JSON.parse(whoami).subject, { id: sub })

    const jwt = (await walk(by, { redirect_uri, scope: 'openid read', resource: AUDIENCE, prompt: 'consent' })).tokens
    const claims = decodeJwt(jwt.access_token)
    assert.equal(claims.sub, sub)
    for (const text of [whoami, JSON.stringify(claims), JSON.stringify(idTokenOf({ tokens })), JSON.stringify(own)]) {
      assert.equal(text.includes(alice.id), false, text)
      assert.equal(text.includes('alice'), false, text)
      assert.equal(/user_?number/.test(text), false, text)
    }
    return { sub, jwt: jwt.access_token }
  }
  const [one, two, kin] = ['one.example', 'two.example', 'one.example']
  const first = await seen(await relying(server, await pairwise(server, one)), one)
  const other = await seen(await relying(server, await pairwise(server, two)), two)
  const again = await seen(await relying(server, await pairwise(server, kin)), kin)
  assert.notEqual(first.sub, other.sub)
  assert.equal(first.sub, again.sub)

  // The API itself is asked about the account, and learns which it is: at introspection, and by a guard that checks offline.
  const body = new URLSearchParams({ token: first.jwt })
  const basic = `Basic ${btoa(`${api.clientId}:${api.secret}`)}`
  const judged = await fetch(`${url}/oauth2/introspect`, { method: 'POST', body, headers: { authorization: basic } })
  assert.partialDeepStrictEqual(await judged.json(), { active: true, sub: alice.id, username: 'alice' })
  const guard = openGuard({
    url,
    clientId: api.clientId,
    clientSecret: api.secret,
    scopes: 'read',
    jwt: 'offline',
    audience: AUDIENCE,
  })
  try {
    const carrier = {
      header: (name: string) => (name === 'authorization' ? [`Bearer ${first.jwt}`] : []),
      query: () => [],
    }
    const passed = await guard.check(carrier)
    assert.equal(passed.auth?.subject?.id, alice.id)
  } finally {
    await guard.close()
  }
})

test('the sub of another sector in a hint or in claims names no one here', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const one = await relying(server, await pairwise(server, 'one.example'))
  const two = await relying(server, await pairwise(server, 'two.example'))
  const { tokens, who } = await walk(one, { redirect_uri: 'https://one.example/callback' })
  await walk(two, { redirect_uri: 'https://two.example/callback' }, { who })
  const ask = async (claims: object) => {
    const to = openid.buildAuthorizationUrl(two.config, {
      redirect_uri: 'https://two.example/callback',
      scope: 'openid',
      prompt: 'none',
      code_challenge: await openid.calculatePKCECodeChallenge(openid.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
      ...claims,
    })
    return (await who.visit(to.href)).sentTo?.searchParams.get('error')
  }
  const { sub } = idTokenOf({ tokens })
  assert.equal(await ask({ claims: JSON.stringify({ id_token: { sub: { value: sub } } }) }), 'login_required')
  assert.equal(await ask({ id_token_hint: tokens.id_token as string }), 'invalid_request')
})

test('several hosts need a document of their sector that lists every address, at registration and at each change', async () => {
  await using documents = await documentServer()
  await using server = await testServer(READS_LOOPBACK)
  const redirectUris = ['https://one.example/callback', 'https://two.example/callback']
  const list = (path: string, body: string) =>
    documents.publish(path, (response: ServerResponse) =>
      response.setHeader('content-type', 'application/json').end(body),
    )
  const register = (sectorIdentifierUri?: string) =>
    pairwise(server, 'one.example', {
      redirectUris,
      metadata: { subjectType: 'pairwise', ...(sectorIdentifierUri && { sectorIdentifierUri }) },
    })
  const refusal = async (work: Promise<unknown>) =>
    work.then(
      () => 'accepted',
      (error: unknown) => (error instanceof Refusal ? `${error.code} ${error.facts.parameter}` : String(error)),
    )
  const refused = 'client-metadata-unfit sector_identifier_uri'
  assert.equal(await refusal(register()), refused)
  const bad = { one: '["https://one.example/callback"]', object: '{}', text: 'x', none: undefined }
  for (const [name, body] of Object.entries(bad))
    assert.equal(
      await refusal(register(body === undefined ? `${documents.url}/none` : list(`/${name}`, body))),
      refused,
      name,
    )
  const good = list('/good', JSON.stringify([...redirectUris, 'https://three.example/callback']))
  const { client } = await register(good)
  const other = await pairwise(server, 'three.example', {
    redirectUris: ['https://three.example/callback'],
    metadata: { subjectType: 'pairwise', sectorIdentifierUri: good },
  })
  const { world } = server
  const user = await addUser(world)
  const change = (uris: string[]) => changeClient(world, OPERATOR, { clientId: client.id, redirectUris: uris })
  assert.equal(await refusal(change([...redirectUris, 'https://four.example/callback'])), refused)
  assert.equal(await refusal(change(redirectUris.slice(0, 1))), 'accepted')
  const { subjectFor } = await import('../../src/core/openid/subject.ts')
  assert.equal(subjectFor(world, client, user), subjectFor(world, other.client, user))
})
