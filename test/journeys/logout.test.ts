import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SignJWT, UnsecuredJWT } from 'jose'
import * as openid from 'openid-client'
import { changeClient } from '../../src/core/clients/change-client.ts'
import { loadSigningKeys } from '../../src/core/services/signing-keys/load-signing-keys.ts'
import { removeSigningKey } from '../../src/core/services/signing-keys/remove-signing-key.ts'
import { rotateSigningKey } from '../../src/core/services/signing-keys/rotate-signing-key.ts'
import { unpublishSigningKeys } from '../../src/core/services/signing-keys/unpublish-signing-keys.ts'
import { DAY, HOUR } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { addUser, authorizeUrl, pkce } from '../kit/cast.ts'
import { AFTER, application, leave } from '../kit/logout.ts'
import { idTokenOf, relying, walk } from '../kit/openid.ts'
import { type Person, person } from '../kit/person.ts'
import { testServer } from '../kit/server.ts'

/* OpenID Connect RP-Initiated Logout 1.0. */

const isSignedIn = async (who: Person): Promise<boolean> => (await who.visit('/account')).url.endsWith('/account')
const refreshes = ({ config }: Awaited<ReturnType<typeof relying>>, token: string | undefined) =>
  openid.refreshTokenGrant(config, token as string).then(
    () => true,
    () => false,
  )

test('an id token of this session signs out at once; the browser goes on with state alone, and tokens of the sign-in end', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const by = await relying(server, await application(server))
  const { tokens, who } = await walk(by, { scope: 'openid read' })
  const lasting = await walk(by, { scope: 'openid read offline_access', prompt: 'consent' }, { who })
  const plain = await walk(await relying(server, await application(server)), { scope: 'openid' }, { who })
  assert.ok(await isSignedIn(who))

  const sight = await leave(who, {
    id_token_hint: tokens.id_token as string,
    post_logout_redirect_uri: AFTER,
    state: 'a b&c',
  })
  assert.equal(sight.sentTo?.href, `${AFTER}&state=a%20b%26c`)
  assert.equal(await isSignedIn(who), false)
  assert.equal(await refreshes(by, tokens.refresh_token), false)
  await assert.rejects(openid.fetchUserInfo(by.config, tokens.access_token, idTokenOf({ tokens }).sub as string))
  await assert.rejects(openid.fetchUserInfo(by.config, plain.tokens.access_token, idTokenOf(plain).sub as string))
  assert.equal(await refreshes(by, lasting.tokens.refresh_token), true, 'offline access stays')
})

test('an expired id token signs out, after a second sign-in in the browser and two rotations of the keys, too', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const by = await relying(server, await application(server))
  const { tokens, who } = await walk(by)
  await rotateSigningKey(server.world, OPERATOR, { algorithm: 'RS256' })
  await rotateSigningKey(server.world, OPERATOR, { algorithm: 'RS256' })
  const again = await walk(by, { prompt: 'login' }, { who })
  assert.equal(idTokenOf(again)['sid'], idTokenOf({ tokens })['sid'])
  server.world.now = () => Date.now() + 2 * HOUR
  const sight = await leave(who, { id_token_hint: tokens.id_token as string, post_logout_redirect_uri: AFTER })
  assert.equal(sight.sentTo?.href, AFTER)
  assert.equal(await isSignedIn(who), false)
})

test('a key that was removed still verifies hints, for a year after it was retired', async () => {
  await using server = await testServer()
  const { world } = server
  await addUser(world)
  const by = await relying(server, await application(server))
  const { tokens, who } = await walk(by)
  const hint = tokens.id_token as string
  const old = (await world.signingKeys.list()).find(({ algorithm }) => algorithm === 'RS256')
  await rotateSigningKey(world, OPERATOR, { algorithm: 'RS256' })
  await removeSigningKey(world, OPERATOR, { id: old?.id as string })
  assert.equal(
    world.signer.jwks().keys.some(({ kid }) => kid === old?.id),
    false,
  )
  const asked = authorizeUrl(by.client.client.id, pkce().challenge, { scope: 'openid', prompt: 'none' })
  const codeFor = async (to: string) => (await who.visit(to)).sentTo?.searchParams.get('code')
  assert.ok(await codeFor(`${asked}&id_token_hint=${hint}`))
  assert.ok((await leave(who, { id_token_hint: hint, post_logout_redirect_uri: AFTER })).sentTo)
  assert.equal(await isSignedIn(who), false)

  // Nothing is loaded again: the end is counted from the stored time.
  const leftAt = async (days: number) => {
    world.now = () => Date.now() + days * DAY
    return (await leave(who, { id_token_hint: hint, post_logout_redirect_uri: AFTER })).status
  }
  assert.deepEqual([await leftAt(364), await leftAt(366)], [303, 400])
  await loadSigningKeys(world)
  assert.deepEqual([await leftAt(364), await leftAt(366)], [400, 400], 'nor does a load bring it back')
})

test('a retired key leaves the published set by itself, when all that it signed has expired, and still verifies hints', async () => {
  await using server = await testServer()
  const { world } = server
  await addUser(world)
  const by = await relying(server, await application(server))
  const { tokens, who } = await walk(by)
  const [es, rs] = await Promise.all(
    (['ES256', 'RS256'] as const).map(async algorithm => {
      const key = (await world.signingKeys.list()).find(one => one.algorithm === algorithm)
      await rotateSigningKey(world, OPERATOR, { algorithm })
      return key?.id as string
    }),
  )
  const publishedAt = async (days: number) => {
    world.now = () => Date.now() + days * DAY
    await unpublishSigningKeys(world)
    const { keys } = (await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
    const kids = keys.map(({ kid }) => kid)
    assert.equal(kids.length - [es, rs].filter(id => kids.includes(id as string)).length, 2, 'the keys that sign stay')
    return [kids.includes(es as string), kids.includes(rs as string)]
  }
  assert.deepEqual(await publishedAt(1), [true, true])
  assert.deepEqual(await publishedAt(3), [true, false])
  const hint = { id_token_hint: tokens.id_token as string, post_logout_redirect_uri: AFTER }
  assert.equal((await leave(who, hint)).sentTo?.href, AFTER)
  assert.deepEqual(await publishedAt(365), [true, false])
  assert.deepEqual(await publishedAt(367), [false, false])
  const { items } = await world.journal.list({ events: ['deleted'] }, { limit: 10 })
  assert.deepEqual(
    items.map(({ aboutId, actor }) => [aboutId, actor]).toSorted(),
    [
      [es, 'system'],
      [rs, 'system'],
    ].toSorted(),
  )
})

test('without an id token of this session the person is asked, and goes on after the answer', async () => {
  await using server = await testServer()
  await addUser(server.world)
  await addUser(server.world, 'bob')
  const by = await relying(server, await application(server))
  const { tokens, who } = await walk(by)
  const { who: bob } = await walk(by, {}, { handle: 'bob' })

  for (const query of [{}, { state: 'x' }, { client_id: by.client.client.id, post_logout_redirect_uri: AFTER }]) {
    const asked = await leave(who, query)
    assert.equal(asked.status, 200)
    assert.match(asked.html, /Sign out<\/button>/)
  }
  // The id token of another person, or of another browser, ends no session here.
  const question = await leave(bob, {
    id_token_hint: tokens.id_token as string,
    post_logout_redirect_uri: AFTER,
    state: 's',
  })
  assert.match(question.html, /Travel Diary asks you to sign out/)
  assert.ok(await isSignedIn(bob))
  await leave(bob, { id_token_hint: tokens.id_token as string, post_logout_redirect_uri: AFTER, state: 's' })
  assert.equal((await bob.submit({})).sentTo?.href, `${AFTER}&state=s`)
  assert.equal(await isSignedIn(bob), false)
  assert.ok(await isSignedIn(who))

  await leave(who, {})
  const end = await who.submit({})
  assert.match(end.html, /signed out/i)
})

test('without a session and without an id token nobody is sent on by a link: the page names the application and the host', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const by = await relying(server, await application(server))
  const { tokens } = await walk(by)
  const somebody = person(server.url)
  const named = { client_id: by.client.client.id, post_logout_redirect_uri: AFTER, state: 'a&b' }
  const offered = await leave(somebody, named)
  assert.deepEqual([offered.status, offered.sentTo], [200, undefined])
  assert.match(offered.html, /Travel Diary asks to continue at app\.example/)
  const html = offered.html.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
  assert.ok(html.includes(`<a href="${AFTER}&state=a%26b">`), html)
  const hinted = await leave(somebody, { ...named, id_token_hint: tokens.id_token as string })
  assert.equal(hinted.sentTo?.href, `${AFTER}&state=a%26b`)
})

test('a faulty request ends on a page without redirect, and nobody is signed out', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const by = await relying(server, await application(server))
  const other = await application(server, { postLogoutRedirectUris: ['https://evil.example/'] })
  const { tokens, who } = await walk(by)
  const hint = tokens.id_token as string
  const claims = idTokenOf({ tokens })
  const foreign = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32))
  const parts = hint.split('.')
  const faulty: [string, Record<string, string>][] = [
    ['unregistered', { id_token_hint: hint, post_logout_redirect_uri: 'https://evil.example/' }],
    ['query added', { id_token_hint: hint, post_logout_redirect_uri: `${AFTER}&x=1` }],
    ['letter case', { id_token_hint: hint, post_logout_redirect_uri: AFTER.replace('app.example', 'APP.example') }],
    ['nobody named', { post_logout_redirect_uri: AFTER }],
    ['of none', { id_token_hint: new UnsecuredJWT(claims).encode(), post_logout_redirect_uri: AFTER }],
    ['of HMAC', { id_token_hint: foreign, post_logout_redirect_uri: AFTER }],
    ['changed', { id_token_hint: `${parts[0]}.${parts[1]}x.${parts[2]}`, post_logout_redirect_uri: AFTER }],
    [
      'of another issuer',
      { id_token_hint: server.world.signer.sign('id-token', { ...claims, iss: 'https://other.example' }, 'RS256') },
    ],
    ['access token', { id_token_hint: tokens.access_token, post_logout_redirect_uri: AFTER }],
    ['of another client', { id_token_hint: hint, client_id: other.client.id }],
    ['unknown client', { client_id: 'clv_unknown', post_logout_redirect_uri: AFTER }],
    ['twice', { id_token_hint: hint, state: 'x'.repeat(9000) }],
  ]
  for (const [name, query] of faulty) {
    const sight = await leave(who, query)
    assert.equal(sight.sentTo, undefined, name)
    assert.equal(sight.status, 400, name)
    assert.ok(await isSignedIn(who), name)
  }
  // The form of the question is judged like the request.
  await leave(who, { client_id: by.client.client.id })
  const forged = await who.submit({ post_logout_redirect_uri: 'https://evil.example/' })
  assert.equal(forged.sentTo, undefined)
  assert.equal(forged.status, 400)
  assert.ok(await isSignedIn(who))
})

test('a form of another site is repeated as a GET, which has the cookies; HEAD signs nobody out', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const by = await relying(server, await application(server))
  const { tokens, who } = await walk(by)
  const hint = tokens.id_token as string
  const head = await fetch(`${server.url}/oauth2/logout?id_token_hint=${hint}`, { method: 'HEAD' })
  assert.equal(head.status, 405)
  const sight = await who.visit('/oauth2/logout', {
    method: 'POST',
    body: new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: AFTER }),
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  assert.equal(sight.sentTo?.href, AFTER)
})

test('an application that staff stopped still signs people out, and nobody is sent on to it', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const app = await application(server)
  const { tokens, who } = await walk(await relying(server, app))
  await changeClient(server.world, OPERATOR, { clientId: app.client.id, active: false })
  const request = { id_token_hint: tokens.id_token as string, post_logout_redirect_uri: AFTER }
  for (const _ of ['signed in', 'signed out']) {
    const sight = await leave(who, request)
    assert.equal(sight.sentTo, undefined)
    assert.match(sight.url, /signed-out=yes/)
    assert.equal(await isSignedIn(who), false)
  }
})
