import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { PASSWORD, pkce, signIn } from '../../kit/cast.ts'
import { mastodonClient, OUT_OF_BAND } from '../../kit/mastodon.ts'
import { type Person, person, readForm } from '../../kit/person.ts'
import { testServer } from '../../kit/server.ts'

const server = await testServer()
after(() => server[Symbol.asyncDispose]())
const { call, register, newUser, authorizePath, allow, decide, codeFor, exchange, userToken } = mastodonClient(server)

const REDIRECT = 'https://tusk.example/callback?from=here'
const app = await register({ redirect_uris: REDIRECT })
const zork = await newUser('zork')
const grantsOf = async () =>
  (await server.world.grants.ofUser(zork.id)).filter(grant => grant.clientId === app.client_id)

async function signedIn(): Promise<Person> {
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who, 'zork')
  return who
}
const hasForm = (html: string) => html.includes('name="decision"')
const change = (change: { active: boolean }) =>
  server.world.users.change(zork.id, change, { at: Date.now(), event: 'changed', about: 'user', actor: 'operator' })

test('MA-30 signed out: to the sign-in, and from there on to where one was going', async () => {
  const who = person(server.url)
  const path = authorizePath(app, { scope: 'read' })
  const bare = await fetch(server.url + path, { redirect: 'manual' })
  assert.equal(bare.status, 303)
  assert.match(bare.headers.get('location') ?? '', /^\/login\?interaction=/)
  await who.visit(path)
  const consent = await signIn(who, 'zork')
  assert.match(consent.html, /Tusk/)
  assert.ok(hasForm(consent.html))
})

test('MA-27 signed in: a consent page that nobody keeps and nobody frames', async () => {
  const who = await signedIn()
  const page = await who.visit(authorizePath(app, { scope: 'read' }))
  assert.equal(page.status, 200)
  assert.match(page.headers.get('cache-control') ?? '', /no-store/)
  assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
  assert.equal(page.headers.get('x-frame-options'), 'DENY')
  assert.equal(page.headers.get('access-control-allow-origin'), null)
  assert.match(page.html, /tusk\.example/)
})

test('DK-09, MA-31 deny: back to the application with access_denied and the state, and there is no grant', async () => {
  const who = await signedIn()
  await who.visit(authorizePath(app, { scope: 'read', state: 'xyz' }))
  const { sentTo, status } = await decide(who, 'deny')
  assert.equal(status, 303)
  assert.equal(`${sentTo?.origin}${sentTo?.pathname}`, 'https://tusk.example/callback')
  assert.equal(sentTo?.searchParams.get('error'), 'access_denied')
  assert.equal(sentTo?.searchParams.get('state'), 'xyz')
  assert.equal(sentTo?.searchParams.get('code'), null)
  assert.equal((await grantsOf()).length, 0)
})

test('MA-31, DK-16 allow: back to the application with a code and two kilobytes of state, and there is a grant', async () => {
  const state = 'ß&=+/?#'.repeat(300)
  const { sentTo } = await allow(app, 'zork', { state })
  assert.equal(sentTo?.searchParams.get('from'), 'here')
  assert.equal(sentTo?.searchParams.get('state'), state)
  const answer = await exchange(app, sentTo?.searchParams.get('code') ?? '')
  assert.equal(answer.status, 200)
  assert.equal((await grantsOf()).length, 1)
})

test('MA-28 whoever allowed before is sent on at once, for no more than was allowed', async () => {
  const who = await signedIn()
  const again = await who.visit(authorizePath(app, { scope: 'read write push', state: 'None' }))
  assert.match(again.sentTo?.searchParams.get('code') ?? '', /^clv_code_/)
  assert.equal(again.sentTo?.searchParams.get('state'), 'None', 'a text like any other')
})

test('MA-29 force_login asks again when it says yes, and only then', async () => {
  const who = await signedIn()
  for (const yes of ['true', '1', 'True'])
    assert.ok(hasForm((await who.visit(authorizePath(app, { scope: 'read', force_login: yes }))).html), yes)
  for (const no of ['false', 'False', '0', 'None', '']) {
    const page = await who.visit(authorizePath(app, { scope: 'read', force_login: no, lang: 'None' }))
    assert.ok(page.sentTo?.searchParams.get('code'), no)
  }
})

test('a slash more at the end, a form instead of an address, and lang are all the same request', async () => {
  const who = await signedIn()
  const path = authorizePath(app, { scope: 'read', force_login: 'true' })
  assert.ok(hasForm((await who.visit(path.replace('?', '/?'))).html))
  const body = new URLSearchParams(path.slice(path.indexOf('?') + 1))
  const posted = await who.visit('/oauth/authorize', { method: 'POST', body, headers: { origin: server.url } })
  assert.ok(hasForm(posted.html))
  const german = await who.visit(`${path}&lang=de`)
  assert.match(german.html, /<html lang="de">/)
  await who.visit(`${path}&lang=en`)
})

test('scopes may be parted by a plus, encoded or not; without any it is read', async () => {
  const other = await register({ redirect_uris: REDIRECT })
  const scopeOf = async (query: string) => {
    const who = await signedIn()
    await who.visit(`${authorizePath(other)}&force_login=true${query}`)
    const { sentTo } = await decide(who, 'allow')
    return (await exchange(other, sentTo?.searchParams.get('code') ?? '')).body['scope']
  }
  assert.equal(await scopeOf('&scope=read+write'), 'read write')
  assert.equal(await scopeOf('&scope=read%2Bwrite'), 'read write')
  assert.equal(await scopeOf(''), 'read')
})

test('MA-32 without PKCE it works; with S256 the challenge is kept; plain ends without a page to allow on', async () => {
  const who = await signedIn()
  const { challenge } = pkce()
  const base = { scope: 'read', force_login: 'true', code_challenge: challenge }
  assert.ok(hasForm((await who.visit(authorizePath(app, { ...base, code_challenge_method: 'S256' }))).html))
  const plain = await who.visit(authorizePath(app, { ...base, code_challenge_method: 'plain' }))
  assert.equal(hasForm(plain.html), false)
  assert.equal(plain.sentTo?.searchParams.get('error'), 'invalid_request')
})

test('DK-20 a challenge without a method means plain, and is refused', async () => {
  const who = await signedIn()
  const { sentTo } = await who.visit(authorizePath(app, { scope: 'read', code_challenge: pkce().challenge }))
  assert.equal(sentTo?.searchParams.get('error'), 'invalid_request')
})

test('DK-19 with a challenge only the right verifier gets a token, whatever else is sent', async () => {
  const { verifier, challenge } = pkce()
  const code = () => codeFor(app, 'zork', { code_challenge: challenge, code_challenge_method: 'S256' })
  const none = await exchange(app, await code())
  assert.deepEqual([none.status, none.body['error']], [400, 'invalid_request'])
  assert.match(String(none.body['error_description']), /code_verifier/)
  const wrong = await exchange(app, await code(), { code_verifier: pkce().verifier })
  assert.deepEqual([wrong.status, wrong.body['error']], [400, 'invalid_grant'])
  const unproven = await exchange(app, await code(), { code_verifier: verifier, client_secret: '' })
  assert.deepEqual([unproven.status, unproven.body['error']], [401, 'invalid_client'])
  const right = await exchange(app, await code(), { code_verifier: verifier, code_challenge_method: 'plain' })
  assert.equal(right.status, 200)
  const stripped = await exchange(app, await codeFor(app, 'zork'), { code_verifier: verifier })
  assert.deepEqual([stripped.status, stripped.body['error']], [400, 'invalid_grant'])
})

test('DK-17 an out-of-band code is shown on a page of ours, for both spellings of the address', async () => {
  for (const uri of [OUT_OF_BAND, `${OUT_OF_BAND}:auto`]) {
    const oob = await register({ redirect_uris: uri, scopes: 'read' })
    const page = await allow(oob, 'zork')
    assert.equal(page.status, 200)
    assert.equal(page.sentTo, undefined)
    assert.match(page.html, /clv_code_/)
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer')
    assert.match(page.html, /Tusk/)
    const who = await signedIn()
    await who.visit(authorizePath(oob, { scope: 'read', force_login: 'true' }))
    const denied = await decide(who, 'deny')
    assert.deepEqual([denied.status, /clv_code_/.test(denied.html)], [200, false])
  }
})

test('DK-08 a name with markup is text on the consent page', async () => {
  const evil = await register({ client_name: '<img src=x onerror=alert(1)>', redirect_uris: REDIRECT })
  const { html } = await (await signedIn()).visit(authorizePath(evil, { scope: 'read' }))
  assert.equal(html.includes('<img src=x'), false)
  assert.match(html, /<h1>Allow “&#60;img src/)
})

test('faults of client and address end on a page of ours; nobody is sent anywhere', async () => {
  const who = await signedIn()
  for (const more of [
    { client_id: 'nobody' },
    { redirect_uri: 'https://evil.example/' },
    { redirect_uri: `${REDIRECT}&more` },
  ]) {
    const page = await who.visit(authorizePath(app, more as Record<string, string>))
    assert.equal(page.sentTo, undefined)
    assert.equal(page.status, 400)
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
    assert.equal(page.html.includes('evil.example'), false)
  }
  const scope = await who.visit(authorizePath(app, { scope: 'read admin' }))
  assert.equal(scope.sentTo?.searchParams.get('error'), 'invalid_scope')
})

test('GT-13, GT-14 a disabled user sees no consent page, signed in or signing in', async () => {
  const who = await signedIn()
  await change({ active: false })
  const gone = await who.visit(authorizePath(app, { scope: 'read', force_login: 'true' }))
  assert.equal(hasForm(gone.html), false)
  const again = await signIn(who, 'zork')
  assert.equal(hasForm(again.html), false)
  assert.match(again.html, /disabled/)
  await change({ active: true })
})

test('MA-33 a wrong password shows the form again; with a second factor the code is asked for, and a wrong one too', async () => {
  const careful = await newUser('careful')
  const secret = new Secret({ size: 20 })
  await server.world.users.change(
    careful.id,
    {
      authenticators: [
        { method: 'one-time-code', state: 'active', data: [server.world.vault.seal('otp-secret', secret.base32)] },
      ],
    },
    { at: Date.now(), event: 'changed', about: 'user', actor: 'operator' },
  )
  const who = person(server.url)
  await who.visit(authorizePath(app, { scope: 'read' }))
  const wrong = await signIn(who, 'careful', 'wrong')
  assert.match(wrong.html, /name="password"/)
  const second = await signIn(who, 'careful', PASSWORD)
  assert.equal(hasForm(second.html), false)
  assert.match(second.html, /name="code"/)

  // What the original allowed: with the password alone straight to the consent.
  const skipping = await who.visit(authorizePath(app, { scope: 'read' }))
  assert.match(skipping.html, /name="password"/)
  assert.equal(hasForm(skipping.html), false)

  await signIn(who, 'careful', PASSWORD)
  const code = new TOTP({ secret, digits: 6, period: 30 }).generate()
  const wrongCode = await who.submit({ code: code === '000000' ? '000001' : '000000' })
  assert.match(wrongCode.html, /name="code"/)
  assert.equal(hasForm(wrongCode.html), false)
  assert.ok(hasForm((await who.submit({ code })).html))
})

test('a decision counts only from our own page, in the same browser, once', async () => {
  const who = await signedIn()
  const page = await who.visit(authorizePath(app, { scope: 'read', force_login: 'true' }))
  const interaction = /name="interaction" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
  const send = (from: Person, fields: Record<string, string>, headers: Record<string, string>) =>
    from.visit('/consent', { method: 'POST', body: new URLSearchParams(fields), headers })
  const fields = { interaction, csrf, decision: 'allow', understood: 'yes' }
  const home = { origin: server.url, 'sec-fetch-site': 'same-origin' }
  assert.equal((await send(who, fields, { origin: 'https://evil.example' })).status, 403)
  assert.equal((await send(who, { ...fields, csrf: 'x' }, home)).status, 403)
  assert.notEqual((await send(await signedIn(), fields, home)).status, 303, 'another browser')
  const codeOf = async () => (await send(who, fields, home)).sentTo?.searchParams.get('code') ?? undefined
  const code = await codeOf()
  assert.ok(code)
  assert.equal(await codeOf(), code, 'a second click is the same answer')
  assert.equal((await exchange(app, code)).status, 200)
  assert.equal(await codeOf(), undefined, 'once it was taken there is none')
})

test('MA-37 what was allowed is listed for who is signed in, kept by nobody, and ended there with its tokens', async () => {
  const path = '/oauth/authorized_applications'
  const out = await person(server.url).visit(path)
  assert.match(out.html, /name="password"/)
  const listed = await register({ client_name: 'Listed app', redirect_uris: REDIRECT })
  const token = await userToken(listed, 'zork')
  const who = await signedIn()
  const page = await who.visit(path)
  assert.equal(page.status, 200)
  assert.match(page.headers.get('cache-control') ?? '', /no-store/)
  assert.match(page.html, /Listed app/)
  const { fields } = readForm(page.html)
  const headers = { origin: server.url, 'sec-fetch-site': 'same-origin' }
  const post = (more: Record<string, string>) =>
    who.visit('/account/applications', { method: 'POST', body: new URLSearchParams(more), headers })
  const question = await post({ ...fields, client: listed.client_id })
  assert.equal(
    (await call('GET', '/api/v1/accounts/verify_credentials', { token })).status,
    200,
    'a question ends nothing',
  )
  await post(readForm(question.html).fields)
  assert.equal((await call('GET', '/api/v1/accounts/verify_credentials', { token })).status, 401)
})

test('each installation gets a token of its own, and giving one back leaves the others', async () => {
  const [first, second] = [await userToken(app, 'zork'), await userToken(app, 'zork')]
  assert.notEqual(first, second)
  const { client_id, client_secret } = app
  await call('POST', '/oauth/revoke', { json: { token: first, client_id, client_secret } })
  const status = async (token: string) => (await call('GET', '/api/v1/accounts/verify_credentials', { token })).status
  assert.deepEqual([await status(first), await status(second)], [401, 200])
})

test('only an administrator can lend an application the scopes of one', async () => {
  const wide = await register({ redirect_uris: REDIRECT, scopes: 'read admin:read follow' })
  const scopeFor = async (handle: string) => (await exchange(wide, await codeFor(wide, handle))).body['scope']
  await newUser('root', { role: 'admin' })
  assert.equal(await scopeFor('zork'), 'read follow')
  assert.equal(await scopeFor('root'), 'read admin:read follow')
})
