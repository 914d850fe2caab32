import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { guard } from '../../src/guard/fetch.ts'
import { linksIn, serverBelow } from '../kit/below.ts'
import { addClient, addUser, askTokens, CALLBACK, signIn } from '../kit/cast.ts'
import { callerFor, ROWS } from '../kit/every-row.ts'
import { api, issue, person as userOf } from '../kit/house.ts'
import { person } from '../kit/person.ts'
import { testServer } from '../kit/server.ts'

/* The address of the server has a path: all of it lives there, and nothing of it elsewhere on the host. */

const PATH = '/auth/v2'

test('each row of each table answers below the path, and leads nowhere else on its host', async () => {
  await using server = await serverBelow(PATH)
  const { origin } = new URL(server.url)
  const seen = { locations: 0, cookies: 0, links: 0, addresses: 0 }
  for (const row of ROWS) {
    const name = `${row.method} ${row.path}`
    const { path, headers, fields } = await callerFor(server, row)
    const bodiless = row.method === 'GET' || row.method === 'OPTIONS'
    // Pages remember the language that was asked for, in a cookie.
    const answer = await fetch(`${server.url}${path}?lang=de`, {
      method: row.method,
      headers: { accept: 'text/html, application/json', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
      ...(!bodiless && { body: new URLSearchParams(fields) }),
    })
    // The feed goes on; its headers are all of it that could lead elsewhere.
    const text = path === '/v1/feed' ? '' : await answer.text()
    if (path === '/v1/feed') await answer.body?.cancel()
    const location = answer.headers.get('location')
    if (location !== null) {
      seen.locations++
      assert.ok(location.startsWith(`${PATH}/`) || location.startsWith(`${server.url}/`), `${name}: ${location}`)
    }
    for (const cookie of answer.headers.getSetCookie()) {
      seen.cookies++
      assert.ok(cookie.includes(`; Path=${PATH};`), `${name}: ${cookie}`)
    }
    for (const link of answer.headers.get('content-type')?.startsWith('text/html') ? linksIn(text) : []) {
      seen.links++
      assert.ok(link.startsWith(`${PATH}/`), `${name}: ${link}`)
    }
    for (const [address] of text.matchAll(new RegExp(`${origin}[^\\s"'<]*`, 'g'))) {
      seen.addresses++
      assert.ok(address.startsWith(server.url), `${name}: ${address}`)
    }
    const outside = await fetch(origin + path, { method: row.method, headers, redirect: 'manual' })
    // A proxy that asks understands no 404.
    assert.equal(outside.status, row.dialect === 'forward-auth' ? 403 : 404, `${name} outside`)
    assert.deepEqual(outside.headers.getSetCookie(), [], `${name} outside`)
    for (const link of linksIn(await outside.text())) assert.ok(link.startsWith(`${PATH}/`), `${name} outside: ${link}`)
  }
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 5, `${what}: ${count}`)
})

for (const name of ['oauth-authorization-server', 'openid-configuration'])
  test(`${name} stands between host and path and behind the path, and names the issuer as it was set`, async () => {
    await using server = await serverBelow(`${PATH}/`)
    const { origin } = new URL(server.url)
    const places = [`${origin}/.well-known/${name}${PATH}`, `${server.url}/.well-known/${name}`]
    const documents: unknown[] = []
    for (const place of places) {
      const answer = await fetch(place)
      assert.equal(answer.status, 200, place)
      assert.equal(answer.headers.get('access-control-allow-origin'), '*', place)
      documents.push(await answer.json())
      const preflight = await fetch(place, { method: 'OPTIONS', headers: { origin: 'https://spa.example' } })
      assert.equal(preflight.status, 204, place)
    }
    const [document] = documents as [Record<string, string>]
    assert.deepEqual(documents[1], document)
    assert.equal(document['issuer'], server.url)
    for (const [name, address] of Object.entries(document))
      if (/_(endpoint|uri)$/.test(name)) {
        assert.ok(address.startsWith(`${server.url}/`), name)
        assert.notEqual((await fetch(address, { redirect: 'manual' })).status, 404, name)
      }
  })

test('well-known places that are not ours answer 404 in JSON to every origin', async () => {
  await using server = await serverBelow(PATH)
  const { origin } = new URL(server.url)
  const places = [
    '/.well-known/oauth-authorization-server',
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server/auth',
    `/.well-known/oauth-authorization-server${PATH}/more`,
    `/.well-known/oauth-authorization-server${PATH.toUpperCase()}`,
    `/.well-known/jwks.json`,
    `/.well-known/jwks.json${PATH}`,
    `/.well-known/nothing${PATH}`,
    `${PATH}/.well-known/nothing`,
  ]
  for (const place of places) {
    const answer = await fetch(origin + place)
    assert.equal(answer.status, 404, place)
    assert.equal(answer.headers.get('access-control-allow-origin'), '*', place)
    assert.equal(((await answer.json()) as { error: string }).error, 'not_found', place)
  }
})

test('a proxy that asks outside of the path lets nobody pass, and is told where to ask', async () => {
  await using server = await serverBelow(PATH)
  const { presented } = await issue(server.world, 'api-key', await userOf(server.world))
  const headers = { 'x-api-key': presented }
  assert.equal((await fetch(`${server.url}/forward-auth`, { headers })).status, 200, 'a good credential')
  const { origin } = new URL(server.url)
  for (const path of [
    '/forward-auth',
    '/forward-auth/',
    '/forward-auth/gates/orders',
    '/forward-auth/gates/orders/a/b?c',
  ])
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const answer = await fetch(origin + path, { method, headers })
      assert.equal(answer.status, 403, path)
      assert.equal(answer.headers.get('x-auth-subject'), '', 'what a caller made up is overwritten')
      const { error_description } = (await answer.json()) as Record<string, string>
      assert.match(
        error_description ?? '',
        new RegExp(`begin with ${PATH}/. Set the proxy to ${PATH}/forward-auth/gates/NAME`),
      )
    }
})

test('what only begins like the path is another part of the host', async () => {
  await using server = await serverBelow(PATH)
  const { origin } = new URL(server.url)
  for (const path of ['/', '/auth', `${PATH}x/livez`, `${PATH.toUpperCase()}/livez`, '/livez', '/auth/%76%32/livez'])
    assert.equal((await fetch(origin + path, { redirect: 'manual' })).status, 404, path)
  const nothing = (await (await fetch(`${origin}/oauth2/token`)).json()) as { error_description: string }
  assert.match(nothing.error_description, new RegExp(`begin with ${PATH}/`))
  for (const path of [PATH, `${PATH}/`, `${PATH}?x=1`]) {
    const { headers } = await fetch(origin + path, { redirect: 'manual', headers: { accept: 'text/html' } })
    assert.equal(headers.get('location'), `${PATH}/login`, path)
  }
})

for (const algorithm of ['oauth2', 'oidc'] as const)
  test(`openid-client (${algorithm}): discovery, sign-in, consent, refresh, introspection and revocation below a path`, async () => {
    await using server = await serverBelow(PATH)
    await addUser(server.world)
    const app = await addClient(server.world, { scopes: ['openid', 'read'] })
    const config = await client.discovery(
      new URL(server.url),
      app.client.id,
      app.secret,
      client.ClientSecretBasic(app.secret),
      { algorithm, execute: [client.allowInsecureRequests] },
    )
    assert.equal(config.serverMetadata().issuer, server.url)
    const [pkceCodeVerifier, expectedState] = [client.randomPKCECodeVerifier(), client.randomState()]
    const to = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: algorithm === 'oidc' ? 'openid read' : 'read',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
    })
    const who = person(server.url)
    assert.match((await who.visit(to.href)).url, new RegExp(`^${server.url}/login`))
    assert.match((await signIn(who)).url, new RegExp(`^${server.url}/consent`))
    const { sentTo } = await who.submit({ decision: 'allow' })
    assert.equal(sentTo?.searchParams.get('iss'), server.url)
    const tokens = await client.authorizationCodeGrant(config, sentTo as URL, { pkceCodeVerifier, expectedState })
    if (algorithm === 'oidc') assert.equal(tokens.claims()?.iss, server.url)
    const fresh = await client.refreshTokenGrant(config, tokens.refresh_token as string)
    assert.equal((await client.tokenIntrospection(config, fresh.access_token)).active, true)
    await client.tokenRevocation(config, fresh.refresh_token as string)
    assert.equal((await client.tokenIntrospection(config, fresh.access_token)).active, false)
  })

test('oauth4webapi: discovery finds the issuer, and a refused request names it', async () => {
  await using server = await serverBelow(PATH)
  await addUser(server.world)
  const { client: app } = await addClient(server.world, { type: 'public' })
  const issuer = new URL(server.url)
  const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', [oauth.allowInsecureRequests]: true })
  const as = await oauth.processDiscoveryResponse(issuer, answer)
  const at = new URL(as.authorization_endpoint as string)
  const asked = { response_type: 'token', client_id: app.id, redirect_uri: CALLBACK, state: 'xyz' }
  at.search = new URLSearchParams(asked).toString()
  const { sentTo } = await person(server.url).visit(at.href)
  assert.throws(
    () => oauth.validateAuthResponse(as, { client_id: app.id }, sentTo as URL, 'xyz'),
    (error: oauth.AuthorizationResponseError) => error.error === 'unsupported_response_type',
  )
})

test('a guard asks a server below a path, and checks its JSON Web Tokens by itself', async () => {
  await using server = await serverBelow(PATH)
  const audience = 'https://orders.example'
  const { clientId, clientSecret } = await api(server, audience, { tokenFormat: 'jwt' })
  const by = await addClient(server.world, { grantTypes: ['client_credentials'] })
  const { access_token } = await askTokens(server.url, by, { grant_type: 'client_credentials', resource: audience })
  for (const jwt of ['ask', 'offline'] as const) {
    const protect = guard({ url: `${server.url}/`, clientId, clientSecret, audience, jwt })
    const handler = protect(() => new Response('in'))
    const ask = (token: string) =>
      handler(new Request('https://orders.example/', { headers: { authorization: `Bearer ${token}` } }))
    assert.equal((await ask(access_token as string)).status, 200, jwt)
    assert.equal((await ask(`${access_token}x`)).status, 401, jwt)
  }
})

test('over https, cookies are __Secure- and for the path; for the whole host they are __Host-', async () => {
  for (const [url, expected] of [
    ['https://auth.example.com/auth', /^__Secure-claviger-browser-\w+=\w+; Path=\/auth; HttpOnly; .*; Secure$/],
    ['https://auth.example.com', /^__Host-claviger-browser-\w+=\w+; Path=\/; HttpOnly; .*; Secure$/],
  ] as const) {
    await using server = await testServer({ CLAVIGER_URL: url })
    const base = server.url
    const [cookie = ''] = (await fetch(`${base}/login`)).headers.getSetCookie()
    assert.match(cookie, expected)
    await addUser(server.world)
    const who = person(base)
    await who.visit(`${base}/login`)
    await signIn(who)
    const session = [...who.cookies.keys()].find(name => name.endsWith('claviger-session'))
    assert.ok(session?.startsWith(url.endsWith('/auth') ? '__Secure-' : '__Host-'), String(session))
    assert.equal((await who.visit(`${base}/account`)).status, 200)
  }
})
