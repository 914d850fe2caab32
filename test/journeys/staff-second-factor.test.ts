import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSession } from '../../src/core/sign-in/sessions/open-session.ts'
import { asUser } from '../kit/acts.ts'
import { addUser, PASSWORD, signIn } from '../kit/cast.ts'
import { person, readForm } from '../kit/person.ts'
import { testServer } from '../kit/server.ts'
import { codeOf } from '../kit/zebbra.ts'

test('where staff must have a second factor the sign-in leads through setting it up, and no door opens without it', async () => {
  await using server = await testServer({ CLAVIGER_STAFF_SECOND_FACTOR: 'required' })
  const { world, url } = server
  const boss = await addUser(world, 'boss', { role: 'owner' })
  await addUser(world, 'alice')
  const alice = person(url)
  await alice.visit('/login')
  await signIn(alice, 'alice')
  assert.match(alice.cookies.get('claviger-session') ?? '', /^clv_ses_/, 'others go on')
  const byPassword = (otp = '') =>
    fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams({ username: 'boss', password: PASSWORD, otp }) })
  assert.equal((await byPassword()).status, 400)

  // A session from before the setting.
  const { secret: old } = await openSession(world, asUser(boss), { methods: ['pwd'] })
  for (const path of ['/v1/session', '/console', '/account']) {
    const { status } = await fetch(url + path, { headers: { cookie: `claviger-session=${old}` }, redirect: 'manual' })
    assert.ok(status === 401 || status === 303 || status === 302, `${path}: ${status}`)
  }

  const who = person(url)
  await who.visit('/login?next=/console')
  const { html } = await signIn(who, 'boss')
  assert.match(html, /Staff of this server sign in with a second factor/)
  assert.equal(who.cookies.get('claviger-session'), undefined)
  const secret = (/<code class="secret">([A-Z2-7 ]+)</.exec(html)?.[1] ?? '').replaceAll(' ', '')
  assert.equal((await who.submit({ code: '000000' })).status, 401)
  assert.equal((await world.users.byId(boss.id))?.secondFactor, false)
  const done = await who.submit({ code: codeOf(secret) })
  const codes = /<textarea[^>]*id="codes"[^>]*>([^<]*)</.exec(done.html)?.[1]?.split('\n') ?? []
  assert.equal(codes.length, 10)
  assert.match(done.html, /href="\/console"/)
  assert.deepEqual(JSON.parse((await who.visit('/v1/session')).html).methods, ['pwd', 'otp'])
  assert.equal((await byPassword(codes[0])).status, 200)

  // A right password and a factor that is there: the way for those without one is closed.
  const thief = person(url)
  await thief.visit('/login')
  const { fields } = readForm((await signIn(thief, 'boss')).html)
  const body = new URLSearchParams({ ...fields, code: '123456' })
  await thief.visit('/login/second-factor', { method: 'POST', body })
  assert.equal(thief.cookies.get('claviger-session'), undefined)
  const own = await world.authenticators.ofUser(boss.id)
  assert.equal(
    own.some(({ state }) => state === 'pending'),
    false,
    'no other secret was begun',
  )
})
