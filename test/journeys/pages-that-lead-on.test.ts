import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addClient, addUser, authorizeUrl, CALLBACK, PASSWORD, pkce, signIn } from '../kit/cast.ts'
import { type Person, person, readForm, type Sight } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Pages whose cookie, session or browser is not the right one say which of these it is, and lead on where that is safe. */

let server: TestServer
let app: string
const { challenge } = pkce()

before(async () => {
  server = await testServer()
  await addUser(server.world)
  await addUser(server.world, 'bob')
  app = (await addClient(server.world)).client.id
})
after(() => server.stop())

const asking = () => authorizeUrl(app, challenge, { prompt: 'consent' })
const form = (fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  headers,
})

async function signedIn(handle = 'alice'): Promise<Person> {
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who, handle)
  return who
}

const PAGES: Record<string, { status: number; says: RegExp; see: () => Promise<{ who: Person; sight: Sight }> }> = {
  'a sign-in without the cookie of its page': {
    status: 403,
    says: /did not send back the cookie/,
    async see() {
      const who = person(server.url)
      const { url, html } = await who.visit(asking())
      who.cookies.clear()
      await fetch(url)
      const { fields } = readForm(html)
      return { who, sight: await who.visit('/login', form({ ...fields, username: 'alice', password: PASSWORD })) }
    },
  },
  'a waiting request in a browser without cookies': {
    status: 403,
    says: /did not send back the cookie/,
    async see() {
      const who = person(server.url)
      const { url } = await who.visit(asking())
      who.cookies.clear()
      return { who, sight: await who.visit(url) }
    },
  },
  'a waiting request in another browser': {
    status: 400,
    says: /started in another browser, or the cookies of this one were deleted/,
    async see() {
      const { url } = await person(server.url).visit(asking())
      const who = person(server.url)
      await who.visit('/login')
      return { who, sight: await who.visit(url) }
    },
  },
  'a sign-in whose cookies were replaced': {
    status: 403,
    says: /another sign-in took place in this browser, or its cookies were deleted/,
    async see() {
      const who = person(server.url)
      const { fields } = readForm((await who.visit(asking())).html)
      who.cookies.clear()
      await who.visit('/login')
      return { who, sight: await who.visit('/login', form({ ...fields, username: 'alice', password: PASSWORD })) }
    },
  },
  'a consent that another account of this browser opened': {
    status: 403,
    says: /another sign-in took place in this browser/,
    async see() {
      const who = await signedIn('bob')
      const { fields } = readForm((await who.visit(asking())).html)
      await who.visit('/login?switch=yes')
      await signIn(who)
      return { who, sight: await who.visit('/consent', form({ ...fields, decision: 'allow' })) }
    },
  },
}

for (const [what, { status, says, see }] of Object.entries(PAGES))
  test(`${what} is told what is wrong, and goes on here`, async () => {
    const { who, sight } = await see()
    assert.equal(sight.status, status, sight.html)
    assert.match(sight.html, says)
    assert.doesNotMatch(sight.html, /forgery|Travel Diary/)
    const link = /href="([^"]*)">Go on here/.exec(sight.html)?.[1]?.replaceAll('&#38;', '&').replaceAll('&#61;', '=')
    let next = await who.visit(link as string)
    if (/Sign in/.test(next.html) && !/name="decision"/.test(next.html)) next = await signIn(who)
    assert.match(next.html, /name="decision"/, next.html)
    assert.match(next.html, /<strong>alice<\/strong>/)
    assert.equal((await who.submit({ decision: 'allow' })).sentTo?.href.startsWith(CALLBACK), true)
  })

test('a sign-in on the way to a page goes on to that page after its cookie was missing', async () => {
  const who = person(server.url)
  const { fields } = readForm((await who.visit('/login?next=/account/tokens')).html)
  who.cookies.clear()
  const sight = await who.visit('/login', form({ ...fields, username: 'alice', password: PASSWORD }))
  assert.match(sight.html, /href="\/login\?next&#61;%2Faccount%2Ftokens">Go on here/)
  await who.visit('/login?next=/account/tokens')
  assert.match((await signIn(who)).url, /\/account\/tokens$/)
  const long = await who.visit(
    '/login',
    form({ interaction: 'x'.repeat(100_000) }, { 'sec-fetch-site': 'same-origin' }),
  )
  assert.ok(long.html.length < 10_000)
})

test('a form of another site is told so, and nothing that it says is taken up', async () => {
  const who = await signedIn()
  const evil = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  for (const path of ['/login', '/consent', '/logout', '/account', '/account/tokens/revoke', '/developers/apps']) {
    const sight = await who.visit(path, form({ interaction: 'x', next: '/account', csrf: 'x' }, evil))
    assert.equal(sight.status, 403)
    assert.match(sight.html, /sent by a page of another site/)
    assert.doesNotMatch(sight.html, /forgery|interaction=x/)
  }
})

test('a page of a session that has ended leads to the sign-in, which says so, and back', async () => {
  const who = await signedIn()
  const page = readForm((await who.visit('/account/tokens')).html)
  const session = who.cookies.get('claviger-session') as string
  const { csrf = '' } = readForm((await who.visit('/logout')).html).fields
  await who.visit('/logout', form({ csrf }))
  who.cookies.set('claviger-session', session)
  const sight = await who.visit(page.action, form({ ...page.fields, name: 'x' }))
  assert.match(sight.url, /\/login\?next=/)
  assert.match(sight.html, /Your earlier sign-in has ended/)
  assert.match((await signIn(who)).url, /\/account\/tokens$/)
  assert.doesNotMatch((await who.visit('/login?switch=yes')).html, /has ended/)
})
