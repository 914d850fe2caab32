import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginSecondFactor } from '../../src/core/sign-in/methods/begin-second-factor.ts'
import { confirmSecondFactor } from '../../src/core/sign-in/methods/confirm-second-factor.ts'
import { makeRecoveryCodes } from '../../src/core/sign-in/methods/make-recovery-codes.ts'
import { removeSecondFactor } from '../../src/core/sign-in/methods/remove-second-factor.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { asUser } from '../kit/acts.ts'
import { addUser, PASSWORD, signIn } from '../kit/cast.ts'
import { type Person, person } from '../kit/person.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'
import { codeOf } from '../kit/zebbra.ts'

/* Codes on paper, for the day on which the device with the one-time codes is lost. */

const NOW = Math.floor(Date.now() / 30_000) * 30_000 + 5000

async function setUp(settings: Record<string, string> = {}) {
  const server = await testServer(settings)
  server.world.now = () => NOW
  const user = await addUser(server.world, 'carol')
  const secret = await withDevice(server, user)
  return { server, user, secret, codes: await makeRecoveryCodes(server.world, asUser(user)) }
}

async function withDevice({ world }: TestServer, user: User): Promise<string> {
  const { secret } = await beginSecondFactor(world, asUser(user), { issuer: 'x', label: 'carol' })
  assert.equal(await confirmSecondFactor(world, asUser(user), { code: codeOf(secret, { now: NOW, later: -1 }) }), true)
  return secret
}

async function atSecondStep(server: TestServer): Promise<Person> {
  const who = person(server.url)
  await who.visit('/login')
  assert.match((await signIn(who, 'carol')).html, /name="code"/)
  return who
}
const session = (who: Person) => who.cookies.get('claviger-session')
async function opens(server: TestServer, code: string): Promise<boolean> {
  const who = await atSecondStep(server)
  await who.submit({ code })
  return session(who) !== undefined
}
const tokenFor = async (server: TestServer, otp: string) => {
  const body = new URLSearchParams({ username: 'carol', password: PASSWORD, otp })
  return (await fetch(`${server.url}/token`, { method: 'POST', body })).status
}

test('ten codes, each good once in place of a one-time code, however it is typed; the device goes on working', async () => {
  const { server, secret, codes } = await setUp()
  await using _ = server
  assert.equal(new Set(codes).size, 10)
  for (const code of codes) assert.match(code, /^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/)
  const [one = '', two = '', three = '', four = ''] = codes
  assert.equal(await opens(server, one), true)
  assert.equal(await opens(server, one), false, 'good once')
  assert.equal(await opens(server, two.toUpperCase().replace('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l')), true)
  assert.equal(await tokenFor(server, three), 200)
  assert.equal(await tokenFor(server, three), 401)
  assert.equal(await opens(server, three), false, 'good once at all doors together')
  assert.equal(await opens(server, codeOf(secret, { now: NOW })), true)
  assert.equal(await opens(server, `${four.slice(0, -1)}${four.endsWith('7') ? '8' : '7'}`), false)
})

test('a code opens one session, whichever of two browsers is quicker', async () => {
  const { server, codes } = await setUp()
  await using _ = server
  const people = await Promise.all([atSecondStep(server), atSecondStep(server), atSecondStep(server)])
  await Promise.all(people.map(who => who.submit({ code: codes[0] ?? '' })))
  assert.equal(people.filter(who => session(who) !== undefined).length, 1)
})

test('a session says by which methods its person signed in, and the journal how many codes are left', async () => {
  const { server, user, secret, codes } = await setUp()
  await using _ = server
  await addUser(server.world, 'dora')
  const methods = async (who: Person) => {
    const { html } = await who.visit('/v1/session')
    const { authenticated_at, methods } = JSON.parse(html) as { authenticated_at: number; methods: string[] }
    assert.equal(authenticated_at, Math.floor(NOW / 1000))
    return methods
  }
  const dora = person(server.url)
  await dora.visit('/login')
  await signIn(dora, 'dora')
  assert.deepEqual(await methods(dora), ['pwd'])
  for (const code of [codes[0] ?? '', codeOf(secret, { now: NOW })]) {
    const who = await atSecondStep(server)
    await who.submit({ code })
    assert.deepEqual(await methods(who), ['pwd', 'otp'])
    const listed = JSON.parse((await who.visit('/v1/sessions?owner=me')).html) as { items: { methods: string[] }[] }
    for (const item of listed.items) assert.deepEqual(item.methods, ['pwd', 'otp'])
  }
  const { items } = await server.world.journal.list({ userId: user.id }, { limit: 50 })
  const used = items.filter(({ detail }) => detail?.['what'] === 'recovery code used')
  assert.deepEqual(
    used.map(({ detail }) => detail?.['left']),
    [9],
  )
})

test('new codes end those before; removing the second factor ends all, and another device does not bring them back', async () => {
  const { server, user, codes } = await setUp()
  await using _ = server
  const { world } = server
  const fresh = await makeRecoveryCodes(world, asUser(user))
  assert.equal(await opens(server, codes[0] ?? ''), false)
  assert.equal(await opens(server, fresh[0] ?? ''), true)
  await removeSecondFactor(world, OPERATOR, { userId: user.id })
  const rows = server.installation.engine.db
    .selectFrom('authenticators')
    .select('method')
    .where('user_id', '=', user.id)
  const kept = (await rows.execute()).map(({ method }) => method)
  assert.deepEqual(kept, ['password'], 'nothing of them stays stored')
  await assert.rejects(makeRecoveryCodes(world, asUser(user)), { code: 'second-factor-not-set-up' })
  world.now = () => NOW + 60_000
  const { secret } = await beginSecondFactor(world, asUser(user), { issuer: 'x', label: 'carol' })
  await confirmSecondFactor(world, asUser(user), { code: codeOf(secret, { now: NOW + 60_000 }) })
  assert.equal(await opens(server, fresh[1] ?? ''), false)
})

test('codes are guessed at as seldom as one-time codes, and no database shows them', async () => {
  const { server, user, codes } = await setUp({ CLAVIGER_LIMITS: 'on' })
  await using _ = server
  stopClockOfLimits(server)
  const stored = JSON.stringify(await server.world.authenticators.ofUser(user.id))
  for (const code of codes) assert.equal(stored.includes(code.replace('-', '')), false)
  const who = await atSecondStep(server)
  let statuses = ''
  for (let i = 0; i < 15; i++) statuses += `${(await who.submit({ code: `zzzzz-zzzz${i % 10}` })).status} `
  assert.match(statuses, /^(401 ){1,12}(429 )+$/)
})
