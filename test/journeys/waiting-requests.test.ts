import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { HOUR } from '../../src/model/span.ts'
import { addClient, addUser, authorizeUrl, PASSWORD, pkce, signIn } from '../kit/cast.ts'
import { type Person, person, readForm, type Sight } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* A request that waits for a person is stored nowhere, has an end, and is answered once. */

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

const asking = (more: Record<string, string> = {}) => authorizeUrl(app, challenge, { prompt: 'consent', ...more })
const interactionOf = (sight: Sight) => new URL(sight.url).searchParams.get('interaction') as string
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

async function rows(): Promise<Record<string, number>> {
  await server.world.recorder.flush()
  const { db } = server.installation.engine
  const counts: Record<string, number> = {}
  for (const { name } of await db.introspection.getTables()) {
    const row = await db
      .selectFrom(name as 'journal')
      .select(sql<number>`count(*)`.as('n'))
      .executeTakeFirstOrThrow()
    counts[name] = Number(row.n)
  }
  return counts
}

test('authorization requests that are not answered leave no row behind, in any table', async () => {
  await server.world.recorder.flush()
  const before = await rows()
  for (let i = 0; i < 50; i++) {
    const who = person(server.url)
    const login = await who.visit(asking({ state: `state ${i}` }))
    assert.match(login.url, /\/login\?interaction=/)
    await who.visit(`/consent?interaction=${interactionOf(login)}`)
  }
  assert.deepEqual(await rows(), before)
})

test('tabs that open at the same moment in a fresh browser all sign in, consent and arrive', async () => {
  // What each tab got before the browser had any cookie; then the browser has those of all.
  const tabs = await Promise.all(
    [1, 2, 3].map(async () => {
      const who = person(server.url)
      return { login: await who.visit(asking()), cookies: who.cookies }
    }),
  )
  const cookies = new Map(tabs.flatMap(tab => [...tab.cookies]))
  const tab = () => {
    const who = person(server.url)
    for (const [name, value] of cookies) who.cookies.set(name, value)
    return who
  }
  const consents: { who: Person; fields: Record<string, string> }[] = []
  for (const { login } of tabs) {
    const who = tab()
    const { fields } = readForm(login.html)
    const consent = await who.visit('/login', form({ ...fields, username: 'alice', password: PASSWORD }))
    assert.equal(consent.status, 200, consent.html)
    assert.match(consent.html, /name="decision"/)
    for (const [name, value] of who.cookies) cookies.set(name, value)
    consents.push({ who, fields: readForm(consent.html).fields })
  }
  // Each signed in anew, so the session is that of the last; the person is the same.
  const codes = []
  for (const { fields } of consents) {
    const { sentTo } = await tab().visit('/consent', form({ ...fields, decision: 'allow' }))
    codes.push(sentTo?.searchParams.get('code'))
  }
  assert.equal(new Set(codes).size, 3)
  assert.ok(codes.every(code => code?.startsWith('clv_code_')))
})

test('a waiting request ends after an hour, and says so', async () => {
  const who = person(server.url)
  const login = await who.visit(asking())
  const { fields } = readForm(login.html)
  const { now } = server.world
  try {
    server.world.now = () => now() + HOUR - 60_000
    assert.equal((await who.visit(login.url)).status, 200)
    server.world.now = () => now() + HOUR + 1000
    for (const sight of [
      await who.visit(login.url),
      await who.visit(login.url.replace('/login', '/consent')),
      await who.visit(`${login.url}&here=yes`),
      await who.visit('/login', form({ ...fields, username: 'alice', password: PASSWORD })),
    ]) {
      assert.equal(sight.status, 400)
      assert.match(sight.html, /has waited for too long/)
    }
    assert.equal(who.cookies.has('claviger-session'), false)
  } finally {
    server.world.now = now
  }
})

test('what was changed in a waiting request, cut short, made up or sealed for something else is unknown', async () => {
  const who = await signedIn()
  const sight = await who.visit(asking({ prompt: 'login' }))
  const sealed = interactionOf(sight)
  const { vault } = server.world
  const changed = (at: number) => sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
  const id = sealed.slice(0, 22)
  for (const one of [
    ...[0, 10, 21, 22, 23, 40, 60, sealed.length - 5].map(changed),
    sealed.slice(0, -4),
    sealed.slice(0, 22),
    '',
    'x',
    `${id}.${vault.sealFor(id, 'refresh-answer', '{}')}`,
    `${id}.${vault.seal('authorization request', '{}')}`,
  ]) {
    const answer = await who.visit(`/consent?interaction=${encodeURIComponent(one)}`)
    assert.equal(answer.status, 400, one)
    assert.equal(answer.sentTo, undefined)
  }
})

test('going on in another browser asks for a sign-in that the request wanted, however recent the one there is', async () => {
  for (const more of [{ prompt: 'login' }, { max_age: '0' }]) {
    const { url } = await person(server.url).visit(asking(more))
    await new Promise(done => setTimeout(done, 5))
    const other = await signedIn('bob')
    const sight = await other.visit(`${url}&here=yes`)
    assert.match(sight.url, /\/login\?interaction=/)
    assert.match(sight.html, /name="password"/)
    assert.notEqual(interactionOf(sight), interactionOf({ ...sight, url }))
  }
})

test('an answer that comes again, whenever and however often, makes no second code', async () => {
  const who = await signedIn()
  const { fields } = readForm((await who.visit(asking())).html)
  const answer = (decision = 'allow') => who.visit('/consent', form({ ...fields, decision }))
  const alice = await server.world.users.byName('alice')
  const codes = async () => {
    const of = { userId: alice?.id as string, kinds: ['authorization-code'] as const }
    return (await server.world.credentials.list(of, { limit: 200 })).items.length
  }
  const before = await codes()
  const code = (await answer()).sentTo?.searchParams.get('code') as string
  const stored = await server.world.credentials.findAny(server.world.vault.fingerprint(code))
  assert.equal((await answer()).sentTo?.searchParams.get('code'), code)
  await server.world.credentials.revokeGrant(stored?.grantId as string, {
    at: server.world.now(),
    event: 'revoked',
    about: 'grant',
    actor: 'x',
  })
  const { now } = server.world
  for (const later of [0, 11_000, 61_000, HOUR / 2]) {
    server.world.now = () => now() + later
    for (const decision of ['allow', 'deny']) {
      const again = await answer(decision)
      assert.equal(again.status, 400)
      assert.match(again.html, /was answered already/)
    }
  }
  server.world.now = now
  assert.equal((await who.visit(`/consent?interaction=${fields['interaction']}`)).status, 400)
  assert.equal(await codes(), before + 1)
})

test('a request too long to be carried along is refused at the address of the application', async () => {
  const who = await signedIn()
  const fits = await who.visit(asking({ state: 's'.repeat(5000) }))
  assert.match(fits.html, /name="decision"/)
  assert.equal((await who.submit({ decision: 'deny' })).sentTo?.searchParams.get('state')?.length, 5000)
  const { sentTo } = await who.visit(asking({ state: 's'.repeat(8000) }))
  assert.equal(sentTo?.searchParams.get('error'), 'invalid_request')
  assert.match(sentTo?.searchParams.get('error_description') ?? '', /shorter state/)
})
