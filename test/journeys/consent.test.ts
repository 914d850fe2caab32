import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addClient, addUser, authorizeUrl, CALLBACK, pkce, signIn } from '../kit/cast.ts'
import { type Person, person, readForm } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

let server: TestServer
let confidential: string
const { challenge } = pkce()

before(async () => {
  server = await testServer()
  await addUser(server.world)
  await addUser(server.world, 'bob')
  confidential = (await addClient(server.world)).client.id
})
after(() => server.stop())

async function signedIn(handle = 'alice'): Promise<Person> {
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who, handle)
  return who
}
const codesOf = async (handle: string): Promise<number> => {
  const user = await server.world.users.byName(handle)
  const { items } = await server.world.credentials.list(
    { userId: user?.id as string, kinds: ['authorization-code'] },
    { limit: 100 },
  )
  return items.length
}

test('a person signs in, allows, and the application gets a code, the state as it was, and the issuer', async () => {
  const who = person(server.url)
  const state = 'ä/+&="\'<>%20 end'
  await who.visit(authorizeUrl(confidential, challenge, { state, scope: 'read' }))
  const consent = await signIn(who)
  assert.equal(consent.status, 200)
  for (const shown of ['Travel Diary', 'alice', 'app.example', 'read everything', 'withdraw', '/account'])
    assert.equal(consent.html.includes(shown), true, shown)

  const { status, sentTo } = await who.submit({ decision: 'allow' })
  assert.equal(status, 303)
  assert.equal(sentTo?.href.startsWith(`${CALLBACK}?`), true)
  assert.match(sentTo?.searchParams.get('code') ?? '', /^clv_code_/)
  assert.equal(sentTo?.searchParams.get('state'), state)
  assert.equal(sentTo?.searchParams.get('iss'), server.url)
})

test('saying no takes one click, gives nothing away and tells the application', async () => {
  const who = await signedIn('bob')
  await who.visit(authorizeUrl(confidential, challenge))
  const { sentTo } = await who.submit({ decision: 'deny' })
  assert.equal(sentTo?.searchParams.get('error'), 'access_denied')
  assert.equal(sentTo?.searchParams.get('state'), 'xyz')
  assert.equal(sentTo?.searchParams.get('iss'), server.url)
  assert.equal(await codesOf('bob'), 0)
})

test('a consent form without its token, with that of somebody else, or from another site has no effect', async () => {
  const who = await signedIn()
  const before = await codesOf('alice')
  const { html } = await who.visit(authorizeUrl(confidential, challenge, { scope: 'write' }))
  const { fields } = readForm(html)
  const other = await signedIn()
  const theirs = readForm((await other.visit('/logout')).html).fields['csrf'] as string
  const send = (body: Record<string, string>, headers: Record<string, string> = {}) =>
    who.visit('/consent', { method: 'POST', body: new URLSearchParams({ decision: 'allow', ...body }), headers })
  const { csrf: _, ...without } = fields
  for (const attempt of [
    send(without),
    send({ ...fields, csrf: '' }),
    send({ ...fields, csrf: theirs }),
    send(fields, { origin: 'https://evil.example' }),
    send(fields, { 'sec-fetch-site': 'cross-site' }),
    send(fields, { 'sec-fetch-site': 'same-site', origin: server.url }),
  ]) {
    const { status, sentTo } = await attempt
    assert.equal(status, 403)
    assert.equal(sentTo, undefined)
  }
  assert.equal(await codesOf('alice'), before)
  assert.notEqual((await send(fields, { 'sec-fetch-site': 'same-origin', origin: 'null' })).sentTo, undefined)
})

test('what a tampered form says about scope, client or address is not read', async () => {
  const who = await signedIn()
  const mallory = (await addClient(server.world, { name: 'Mallory', redirectUris: ['https://evil.example/'] })).client
  await who.visit(authorizeUrl(confidential, challenge, { scope: 'read', prompt: 'consent' }))
  const { sentTo } = await who.submit({
    decision: 'allow',
    scope: 'read write users',
    client_id: mallory.id,
    redirect_uri: 'https://evil.example/',
    state: 'other',
    resource: 'https://evil.example/',
  })
  assert.equal(sentTo?.href.startsWith(`${CALLBACK}?`), true)
  assert.equal(sentTo?.searchParams.get('state'), 'xyz')
  const code = await server.world.credentials.findAny(
    server.world.vault.fingerprint(sentTo?.searchParams.get('code') ?? ''),
  )
  assert.deepEqual(code?.scopes, ['read'])
  assert.equal(code?.clientId, confidential)
})

test('a decision that is neither allow nor deny decides nothing, and the page can still be answered', async () => {
  const who = await signedIn()
  await who.visit(authorizeUrl(confidential, challenge, { prompt: 'consent' }))
  const page = readForm((await who.visit(authorizeUrl(confidential, challenge, { prompt: 'consent' }))).html)
  const send = (decision: Record<string, string>) =>
    who.visit('/consent', { method: 'POST', body: new URLSearchParams({ ...page.fields, ...decision }) })
  assert.equal((await send({ decision: 'perhaps' })).status, 400)
  assert.equal((await send({})).status, 400)
  assert.equal((await send({ decision: 'allow' })).status, 303)
})

test('a second click gives the first one’s answer again, and nobody gets two answers', async () => {
  const who = await signedIn()
  const { fields } = readForm((await who.visit(authorizeUrl(confidential, challenge, { prompt: 'consent' }))).html)
  const answer = (decision: string) =>
    who.visit('/consent', { method: 'POST', body: new URLSearchParams({ ...fields, decision }) })
  const before = await codesOf('alice')
  const all = await Promise.all(['allow', 'allow', 'allow'].map(answer))
  assert.equal(new Set(all.map(({ sentTo }) => sentTo?.searchParams.get('code'))).size, 1)
  assert.equal(await codesOf('alice'), before + 1)
  const other = await answer('deny')
  assert.equal(other.status, 400)
  assert.match(other.html, /was answered already/)
})

test('after no there is no yes, and once the application has its tokens no code is shown again', async () => {
  const who = await signedIn()
  const open = async () =>
    readForm((await who.visit(authorizeUrl(confidential, challenge, { prompt: 'consent' }))).html).fields
  const answer = (fields: Record<string, string>, decision: string) =>
    who.visit('/consent', { method: 'POST', body: new URLSearchParams({ ...fields, decision }) })
  const denied = await open()
  for (const sight of await Promise.all([answer(denied, 'deny'), answer(denied, 'deny')]))
    assert.equal(sight.sentTo?.searchParams.get('error'), 'access_denied')
  assert.equal((await answer(denied, 'allow')).status, 400)

  const allowed = await open()
  const code = (await answer(allowed, 'allow')).sentTo?.searchParams.get('code') ?? ''
  const stored = await server.world.credentials.findAny(server.world.vault.fingerprint(code))
  await server.world.credentials.redeem(
    {
      fingerprint: stored?.fingerprint as string,
      kind: 'authorization-code',
      at: server.world.now(),
      issues: [],
      activatesGrant: stored?.grantId as string,
    },
    { at: server.world.now(), event: 'issued', about: 'credential', actor: 'x' },
  )
  const late = await answer(allowed, 'allow')
  assert.equal(late.status, 400)
  assert.equal(late.sentTo, undefined)
})

test('a waiting request is good in the browser that started it and in no other', async () => {
  const who = await signedIn()
  const thief = await signedIn('bob')
  const { html } = await who.visit(authorizeUrl(confidential, challenge, { prompt: 'consent' }))
  const { fields } = readForm(html)
  const interaction = fields['interaction'] as string
  for (const path of [`/consent?interaction=${interaction}`, `/login?interaction=${interaction}&switch=yes`]) {
    const sight = await thief.visit(path)
    assert.equal(sight.status, 400)
    assert.equal(sight.html.includes('Travel Diary'), false)
  }
  const own = readForm((await thief.visit('/logout')).html).fields['csrf'] as string
  const taken = await thief.visit('/consent', {
    method: 'POST',
    body: new URLSearchParams({ interaction, csrf: own, decision: 'allow' }),
  })
  assert.equal(taken.status, 400)
  assert.equal(taken.sentTo, undefined)
  const mine = await who.visit('/consent', {
    method: 'POST',
    body: new URLSearchParams({ ...fields, decision: 'allow' }),
  })
  assert.notEqual(mine.sentTo, undefined)
})

test('a page made for one account is not answered by another that signed in meanwhile', async () => {
  const who = await signedIn()
  const { fields } = readForm((await who.visit(authorizeUrl(confidential, challenge, { prompt: 'consent' }))).html)
  await who.visit('/login?switch=yes')
  await signIn(who, 'bob')
  const sight = await who.visit('/consent', {
    method: 'POST',
    body: new URLSearchParams({ ...fields, decision: 'allow' }),
  })
  assert.equal(sight.status, 403)
})

test('"Not you?" leads to another account and back to the same request', async () => {
  const who = await signedIn()
  const { html } = await who.visit(authorizeUrl(confidential, challenge, { prompt: 'consent' }))
  const link = /href="(\/login\?[^"]*switch=yes)"/.exec(html)?.[1] as string
  assert.match((await who.visit(link)).html, /signed in as alice/)
  const page = await signIn(who, 'bob')
  assert.match(page.html, /<strong>bob<\/strong>/)
  assert.match(page.html, /Travel Diary/)
})

test('a session that ended while the page was open leads to the sign-in and back', async () => {
  const who = await signedIn()
  const { fields } = readForm((await who.visit(authorizeUrl(confidential, challenge, { prompt: 'consent' }))).html)
  who.cookies.delete('claviger-session')
  const sight = await who.visit('/consent', {
    method: 'POST',
    body: new URLSearchParams({ ...fields, decision: 'allow' }),
  })
  assert.match(sight.url, /\/login\?interaction=/)
  assert.match((await signIn(who)).html, /name="decision"/)
})

test('people pass on no more than they may do themselves', async () => {
  const { client } = await addClient(server.world, { scopes: ['read', 'write', 'users:read'] })
  await addUser(server.world, 'limited', { scopes: ['read:accounts'] })
  const who = await signedIn('limited')
  const { html } = await who.visit(authorizeUrl(client.id, challenge, { scope: 'read write users:read' }))
  assert.match(html, /read your profile/)
  for (const beyond of ['everything', 'change', 'users of this server'])
    assert.equal(html.includes(beyond), false, beyond)
  const { sentTo } = await who.submit({ decision: 'allow' })
  const code = await server.world.credentials.findAny(
    server.world.vault.fingerprint(sentTo?.searchParams.get('code') ?? ''),
  )
  assert.deepEqual(code?.scopes, ['read:accounts'])

  const none = await who.visit(authorizeUrl(client.id, challenge, { scope: 'users:read' }))
  assert.equal(none.sentTo?.searchParams.get('error'), 'invalid_scope')
})

test('a client that was disabled or moved away while the page was open gets nothing', async () => {
  const { client } = await addClient(server.world)
  const who = await signedIn()
  const entry = { at: 1, event: 'changed', about: 'client', actor: 'operator' } as const
  await who.visit(authorizeUrl(client.id, challenge))
  await server.world.clients.change(client.id, { redirectUris: ['https://new.example/cb'] }, entry)
  const moved = await who.submit({ decision: 'allow' })
  assert.equal(moved.sentTo, undefined)
  assert.equal(moved.status, 400)
  await server.world.clients.change(client.id, { redirectUris: [CALLBACK] }, entry)
  await who.visit(authorizeUrl(client.id, challenge))
  await server.world.clients.change(client.id, { active: false }, entry)
  const disabled = await who.submit({ decision: 'allow' })
  assert.equal(disabled.sentTo, undefined)
  assert.equal(disabled.status, 403)
})

test('hostile names are shown as text, in both languages', async () => {
  const name = '"><img src=x onerror=alert(1)>!<!--'
  const { client } = await addClient(server.world, { name, source: 'portal', website: 'https://x.example/"><b>' })
  await addUser(server.world, '<b>x</b>')
  await server.world.scopes.put(
    { scope: 'write', sentence: '<i>everything</i>', risk: 'high' },
    { at: 1, event: 'created', about: 'scope', actor: 'x' },
  )
  const who = await signedIn('<b>x</b>')
  for (const lang of ['en', 'de']) {
    const { html } = await who.visit(`${authorizeUrl(client.id, challenge, { scope: 'read write' })}&lang=${lang}`)
    assert.equal(/<img src=x|<b>x|<i>every|<!--/.test(html), false)
    assert.match(html, /&#60;img src/)
  }
})

test('what reaches beyond the person is marked, and has to be understood when the application registered itself', async () => {
  const { world } = server
  await addUser(world, 'root', { role: 'owner' })
  const scopes = ['read', 'admin', 'users:read']
  const who = await signedIn('root')
  for (const source of ['mastodon', 'operator'] as const) {
    const { client } = await addClient(world, { scopes: source === 'operator' ? scopes : ['read', 'admin'], source })
    for (const scope of ['admin', 'admin:read', 'admin:write:accounts']) {
      const { html } = await who.visit(
        authorizeUrl(client.id, challenge, { scope: `read ${scope}`, prompt: 'consent' }),
      )
      assert.equal(html.match(/class="badge"/g)?.length, 1, scope)
      assert.equal(/name="understood" value="yes" required/.test(html), source === 'mastodon', scope)
    }
    const { html } = await who.visit(authorizeUrl(client.id, challenge, { scope: 'read', prompt: 'consent' }))
    assert.doesNotMatch(html, /class="badge"|understood/)
  }
})
