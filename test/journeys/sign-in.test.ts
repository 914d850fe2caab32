import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { beginSecondFactor } from '../../src/core/sign-in/methods/begin-second-factor.ts'
import { confirmSecondFactor } from '../../src/core/sign-in/methods/confirm-second-factor.ts'
import { asUser } from '../kit/acts.ts'
import { addClient, addUser, authorizeUrl, PASSWORD, pkce, signIn } from '../kit/cast.ts'
import { type Person, person, readForm } from '../kit/person.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'

let server: TestServer
let otpSecret: string

before(async () => {
  server = await testServer()
  await addUser(server.world, 'alice', { email: 'alice@example.org' })
  await addUser(server.world, 'admin', { role: 'admin' })
  const carol = await addUser(server.world, 'carol')
  const begun = await beginSecondFactor(server.world, asUser(carol), { issuer: 'x', label: 'carol' })
  otpSecret = begun.secret
  // At one moment, so that no step of 30 seconds ends between the code and its check.
  const moment = Date.now()
  server.world.now = () => moment
  await confirmSecondFactor(server.world, asUser(carol), { code: codeAt(-1, moment) })
  server.world.now = Date.now
})
after(() => server.stop())

const codeAt = (step: number, moment = Date.now()) =>
  new TOTP({ secret: Secret.fromBase32(otpSecret) }).generate({ timestamp: moment + step * 30_000 })
const session = (who: Person) => who.cookies.get('claviger-session')
async function atLogin(path = '/login'): Promise<Person> {
  const who = person(server.url)
  await who.visit(path)
  return who
}
const post = (who: Person, path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  who.visit(path, { method: 'POST', body: new URLSearchParams(form), headers })

test('the handle and the e-mail address both open the door, in any letter case', async () => {
  for (const name of ['alice', 'ALICE', 'Alice@Example.org']) {
    const who = await atLogin()
    await signIn(who, name)
    assert.match(session(who) ?? '', /^clv_ses_/)
  }
})

test('people go to their account, staff to the console, and nobody to an address from outside', async () => {
  const ends = async (handle: string, path: string) => {
    const who = await atLogin(path)
    const { fields } = readForm((await who.visit(path)).html)
    const answer = await fetch(`${server.url}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: [...who.cookies].map(pair => pair.join('=')).join('; ') },
      body: new URLSearchParams({ ...fields, username: handle, password: PASSWORD }),
    })
    assert.equal(answer.status, 303)
    return answer.headers.get('location')
  }
  assert.equal(await ends('alice', '/login'), '/account')
  assert.equal(await ends('admin', '/login'), '/console')
  assert.equal(await ends('alice', '/login?next=/developers/keys'), '/developers/keys')
  for (const evil of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/account/../../x',
    '/account//evil.example',
    'javascript:alert(1)',
    '/accounts',
    '/console?x=//evil',
    '/oauth2/authorize',
  ])
    assert.equal(await ends('alice', `/login?next=${encodeURIComponent(evil)}`), '/account', evil)
})

test('a wrong password, an unknown name and an empty field get the same page', async () => {
  const pages: string[] = []
  for (const [username, password] of [
    ['alice', 'wrong'],
    ['nobody', 'wrong'],
    ['alice', ''],
    ['', ''],
    ['alice', 'x'.repeat(5000)],
  ] as const) {
    const who = await atLogin()
    const sight = await who.submit({ username, password })
    assert.equal(sight.status, 401)
    assert.equal(session(who), undefined)
    pages.push(sight.html.replace(/value="[^"]*"/g, '').replace(/ autofocus/g, ''))
  }
  for (const html of pages) assert.equal(html, pages[0])
})

test('a disabled account is told so only to somebody who knows its password', async () => {
  const bob = await addUser(server.world, 'bob')
  const who = await atLogin()
  await signIn(who, 'bob')
  const before = session(who)
  await server.world.users.change(
    bob.id,
    { active: false },
    { at: Date.now(), event: 'changed', about: 'user', actor: 'x' },
  )
  assert.match((await who.visit('/logout')).url, /\/login$/)
  const again = await atLogin()
  assert.match((await signIn(again, 'bob', 'wrong')).html, /name or password is wrong/)
  assert.match((await signIn(again, 'bob')).html, /has been disabled/)
  assert.notEqual(before, undefined)
  assert.equal(session(again), undefined)
})

test('a sign-in form from another site, without token or with that of another browser opens nothing', async () => {
  const who = await atLogin()
  const { fields } = readForm((await who.visit('/login')).html)
  const other = readForm((await (await atLogin()).visit('/login')).html).fields
  const form = { username: 'alice', password: PASSWORD }
  for (const attempt of [
    post(who, '/login', form),
    post(who, '/login', { ...form, csrf: other['csrf'] as string }),
    post(who, '/login', { ...form, ...fields }, { origin: 'https://evil.example' }),
    post(who, '/login', { ...form, ...fields }, { 'sec-fetch-site': 'cross-site' }),
    post(person(server.url), '/login', { ...form, ...fields }),
  ])
    assert.equal((await attempt).status, 403)
  assert.equal(session(who), undefined)
})

test('every sign-in makes a new session and ends the one this browser had; a planted one is worth nothing', async () => {
  const who = await atLogin()
  await signIn(who)
  const first = session(who) as string
  await who.visit('/login?switch=yes')
  await signIn(who)
  assert.notEqual(session(who), first)
  const old = person(server.url)
  old.cookies.set('claviger-session', first)
  assert.match((await old.visit('/logout')).url, /\/login$/)

  const planted = await atLogin()
  planted.cookies.set('claviger-session', `clv_ses_${'a'.repeat(38)}`)
  await signIn(planted)
  assert.notEqual(session(planted), `clv_ses_${'a'.repeat(38)}`)
})

test('session and browser cookies cannot be read by scripts or sent along by other sites', async () => {
  const answer = await fetch(`${server.url}/login`)
  const [line = ''] = answer.headers.getSetCookie()
  assert.match(line, /^claviger-browser-\w{6}=[0-9A-Za-z]{32}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/)
})

test('on an https address the cookies are bound to the host', async () => {
  await using secure = await testServer({ CLAVIGER_URL: 'https://id.example' })
  const answer = await fetch(`${secure.url}/login`)
  assert.match(
    answer.headers.getSetCookie()[0] ?? '',
    /^__Host-claviger-browser-\w{6}=.*; Path=\/; HttpOnly; SameSite=Lax; .*Secure$/,
  )
  assert.match(answer.headers.get('strict-transport-security') ?? '', /^max-age=\d{8}/)
})

test('signing out takes a click on our own page, and ends the session on the server', async () => {
  const who = await atLogin()
  await signIn(who)
  const kept = session(who) as string
  const { fields } = readForm((await who.visit('/logout')).html)
  assert.equal((await post(who, '/logout', {})).status, 403)
  assert.equal((await post(who, '/logout', fields, { 'sec-fetch-site': 'cross-site' })).status, 403)
  const sight = await post(who, '/logout', fields)
  assert.match(sight.html, /You are signed out/)
  assert.equal(session(who), undefined)
  who.cookies.set('claviger-session', kept)
  assert.match((await who.visit('/logout')).url, /\/login$/)
})

test('with a second factor the password alone opens no session and decides nothing', async () => {
  const { client } = await addClient(server.world)
  const who = await atLogin(authorizeUrl(client.id, pkce().challenge))
  const step = await signIn(who, 'carol')
  assert.equal(step.status, 200)
  assert.match(step.html, /one-time-code/)
  assert.equal(session(who), undefined)
  const { fields } = readForm(step.html)
  assert.match((await who.visit(`/consent?interaction=${fields['interaction']}`)).url, /\/login\?/)
  const decided = await post(who, '/consent', { ...fields, decision: 'allow' })
  assert.equal(decided.sentTo, undefined)

  assert.equal((await post(who, '/login/code', { ...fields, code: '000000' })).status, 401)
  assert.equal((await post(who, '/login/code', { ...fields, code: '' })).status, 401)
  const thief = await atLogin()
  const theirs = readForm((await thief.visit('/login')).html).fields['csrf'] as string
  assert.equal((await post(thief, '/login/code', { ...fields, csrf: theirs, code: codeAt(0) })).status, 400)

  const code = codeAt(0)
  const consent = await post(who, '/login/code', { ...fields, code: `${code.slice(0, 3)} ${code.slice(3)}` })
  assert.match(consent.html, /<strong>carol<\/strong>/)
  const replay = await post(who, '/login/code', { ...fields, code: codeAt(1) })
  assert.equal(replay.status, 400, 'a sign-in waits for one code only')
})

test('guessing is slowed down for each name that is typed, however it is spelled, and the page says how long', async () => {
  await using strict = await testServer({ CLAVIGER_LIMITS: 'on' })
  stopClockOfLimits(strict)
  await addUser(strict.world, 'dora', { email: 'dora@example.org' })
  const who = person(strict.url)
  await who.visit('/login')
  const names = ['dora', 'DORA', 'Dora', ' dora ']
  const statuses = await Promise.all(
    Array.from(
      { length: 24 },
      async (_, i) => (await who.submit({ username: names[i % 4] as string, password: 'guess' })).status,
    ),
  )
  assert.equal(statuses.filter(status => status === 401).length <= 10, true, String(statuses))
  const late = await who.submit({ username: 'dora', password: PASSWORD })
  assert.equal(late.status, 429)
  assert.match(late.html, /Try again in \d+ seconds/)
  assert.match(late.headers.get('retry-after') ?? '', /^\d+$/)
  assert.equal(session(who), undefined)
})

test('an account can be made where registration is open: signed in at once, and back to the waiting request', async () => {
  const { client } = await addClient(server.world)
  const who = await atLogin(authorizeUrl(client.id, pkce().challenge))
  const link = /href="(\/register[^"]*)"/.exec((await who.visit(authorizeUrl(client.id, pkce().challenge))).html)?.[1]
  await who.visit((link as string).replaceAll('&#61;', '='))
  const weak = await who.submit({ username: 'erin', password: 'x' })
  assert.equal(weak.status, 400)
  assert.match(weak.html, /value="erin"/)
  const taken = await who.submit({ username: 'Alice', password: PASSWORD })
  assert.equal(taken.status, 409)
  const sight = await who.submit({ username: 'erin', email: '', password: PASSWORD, role: 'owner', scopes: 'users' })
  assert.match(sight.url, /\/consent\?/)
  const erin = await server.world.users.byName('erin')
  assert.equal(erin?.role, 'user')
  assert.equal(erin?.scopes, undefined)
})

test('where registration is closed there is no form, no link and no way around', async () => {
  await using closed = await testServer({ CLAVIGER_REGISTRATION: 'closed' })
  const who = person(closed.url)
  const login = await who.visit('/login')
  assert.equal(login.html.includes('/register'), false)
  const { csrf = '' } = readForm(login.html).fields
  assert.equal((await who.visit('/register')).status, 403)
  assert.equal((await post(who, '/register', { csrf, username: 'eve', password: PASSWORD })).status, 403)
  assert.equal(await closed.world.users.byName('eve'), undefined)
})
