import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { beginSecondFactor } from '../../src/core/sign-in/methods/begin-second-factor.ts'
import { confirmSecondFactor } from '../../src/core/sign-in/methods/confirm-second-factor.ts'
import { asUser } from '../kit/acts.ts'
import { addUser, PASSWORD, signIn } from '../kit/cast.ts'
import { person, readForm } from '../kit/person.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'
import { codeOf } from '../kit/zebbra.ts'

/* Wrong guesses by a stranger: they lock nobody out of their own account, and tell nothing about it. */

let server: TestServer
before(async () => {
  server = await testServer({ CLAVIGER_LIMITS: 'on', CLAVIGER_TRUST_PROXY: '127.0.0.1' })
  stopClockOfLimits(server)
})
after(() => server.stop())

const from = (ip: string) => ({ headers: { 'x-forwarded-for': ip } })

/** Every address that takes a password without a page. */
const DOORS = {
  '/token': (username: string, password: string) => new URLSearchParams({ username, password }),
  '/auth/token': (username: string, password: string) => new URLSearchParams({ username, password }),
  '/token/new.json': (username: string, password: string) => new URLSearchParams({ username, password }),
} as const
const send = async (door: keyof typeof DOORS, name: string, password: string, ip: string) => {
  const answer = await fetch(server.url + door, { method: 'POST', body: DOORS[door](name, password), ...from(ip) })
  return { status: answer.status, text: await answer.text(), wait: answer.headers.get('retry-after') }
}

/** A browser on the sign-in page, in this network. */
async function atLogin(ip: string) {
  const who = person(server.url)
  await who.visit('/login', from(ip))
  return who
}

/** Guesses wrongly until told to wait; how many were judged. */
async function guess(name: string, ip: string): Promise<number> {
  const who = await atLogin(ip)
  for (let i = 0; i < 40; i++) {
    const { status } = await who.submit({ username: name, password: `guess ${i}` }, from(ip))
    if (status === 429) return i
  }
  return 40
}

test('a browser that signed its owner in before lets them in at once, also in another network, while a stranger guesses', async () => {
  await addUser(server.world, 'ann', { email: 'ann@example.org' })
  const own = await atLogin('198.51.100.1')
  await own.submit({ username: 'ann', password: PASSWORD }, from('198.51.100.1'))
  assert.equal(await guess('ann', '203.0.113.1'), 10)
  assert.equal(await guess('ann@example.org', '203.0.113.1'), 10)
  const stranger = await atLogin('203.0.113.2')
  const refused = await stranger.submit({ username: 'ann', password: PASSWORD }, from('203.0.113.2'))
  assert.equal(refused.status, 429, 'the stranger waits also with the right password')
  for (const username of ['ann', 'ann@example.org']) {
    await own.visit('/login?switch=yes', from('198.51.100.99'))
    assert.match((await own.submit({ username, password: PASSWORD }, from('198.51.100.99'))).url, /\/account$/)
  }
})

test('at every door, a network that signed the owner in before has a count of its own', async () => {
  for (const [i, door] of (Object.keys(DOORS) as (keyof typeof DOORS)[]).entries()) {
    const name = `net${i}`
    await addUser(server.world, name)
    const home = `2001:db8:${i + 1}::1`
    assert.equal((await send(door, name, PASSWORD, home)).status, 200)
    assert.equal(await guess(name, `203.0.113.${20 + i}`), 10)
    assert.equal((await send(door, name, PASSWORD, `192.0.2.${i + 1}`)).status, 429, 'a network never seen before')
    assert.equal((await send(door, name, PASSWORD, `2001:db8:${i + 1}::2`)).status, 200, 'the same household')
    for (let guesses = 0; guesses < 10; guesses++) await send(door, name, 'wrong', home)
    assert.equal((await send(door, name, PASSWORD, home)).status, 429, 'its own count is as short')
  }
})

test('the cookie of a browser counts for nobody but those it signed in', async () => {
  await addUser(server.world, 'bea')
  await addUser(server.world, 'mallory')
  const thief = await atLogin('203.0.113.30')
  await thief.submit({ username: 'mallory', password: PASSWORD }, from('203.0.113.30'))
  const name = [...thief.cookies.keys()].find(one => one.endsWith('-device')) ?? ''
  const [id = '', mark = ''] = (thief.cookies.get(name) ?? '').split('.')
  assert.match(mark, /^[\w-]{43}$/)
  assert.equal(await guess('bea', '203.0.113.31'), 10)
  for (const forged of [`${id}.${mark}`, `${id}.${'A'.repeat(43)}`, id, `${id}.`, `.${mark}`, 'x'.repeat(5000), '..']) {
    thief.cookies.set(name, forged)
    await thief.visit('/login?switch=yes', from('203.0.113.30'))
    const { status } = await thief.submit({ username: 'bea', password: PASSWORD }, from('203.0.113.30'))
    assert.equal(status, 429, forged.slice(0, 60))
  }
})

test('a browser that several people share knows each of them', async () => {
  const who = await atLogin('198.51.100.40')
  for (const name of ['cleo', 'dan', 'eve']) {
    await addUser(server.world, name)
    await who.visit('/login?switch=yes', from('198.51.100.40'))
    await who.submit({ username: name, password: PASSWORD }, from('198.51.100.40'))
  }
  for (const name of ['cleo', 'dan', 'eve']) {
    assert.equal(await guess(name, '203.0.113.40'), 10)
    await who.visit('/login?switch=yes', from('198.51.100.41'))
    assert.match((await signIn(who, name)).url, /\/account$/)
  }
})

test('the lock is the same for a handle, for its address and for names that nobody has, and of one nothing follows for another', async () => {
  for (const [d, door] of (Object.keys(DOORS) as (keyof typeof DOORS)[]).entries()) {
    await addUser(server.world, `fay${d}`, { email: `fay${d}@example.org` })
    const names = [`fay${d}`, `fay${d}@example.org`, `none${d}`, `none${d}@example.org`]
    const seen = new Map<string, { status: number; text: string; wait: string | null }[]>()
    for (const [i, name] of names.entries()) {
      const answers = []
      for (let n = 0; n < 12; n++) answers.push(await send(door, name, `guess ${n}`, `203.0.113.${100 + i}`))
      seen.set(name, answers)
    }
    const [first, ...others] = [...seen.values()]
    for (const other of others) assert.deepEqual(other, first, door)
  }
})

test('guesses at a one-time code by a stranger who knows the password do not lock its owner out either', async () => {
  const { world } = server
  const gus = await addUser(world, 'gus')
  const own = await atLogin('198.51.100.60')
  await own.submit({ username: 'gus', password: PASSWORD }, from('198.51.100.60'))
  const { secret } = await beginSecondFactor(world, asUser(gus), { issuer: 'Here', label: 'gus' })
  await confirmSecondFactor(world, asUser(gus), { code: codeOf(secret, { later: -1 }) })
  const stranger = await atLogin('203.0.113.60')
  await stranger.submit({ username: 'gus', password: PASSWORD }, from('203.0.113.60'))
  let judged = 0
  while (judged < 40 && (await stranger.submit({ code: '000000' }, from('203.0.113.60'))).status !== 429) judged++
  assert.equal(judged, 10)
  const refused = await stranger.submit({ code: '000000' }, from('203.0.113.60'))
  assert.ok(Number(refused.headers.get('retry-after')) > 600, 'five tries an hour, not two a minute')
  await own.visit('/login?switch=yes', from('198.51.100.61'))
  const asked = await own.submit({ username: 'gus', password: PASSWORD }, from('198.51.100.61'))
  assert.equal(readForm(asked.html).action, '/login/code')
  assert.match((await own.submit({ code: codeOf(secret) }, from('198.51.100.61'))).url, /\/account$/)
})
