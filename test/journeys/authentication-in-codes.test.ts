import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { beginSecondFactor } from '../../src/core/sign-in/methods/begin-second-factor.ts'
import { confirmSecondFactor } from '../../src/core/sign-in/methods/confirm-second-factor.ts'
import { findSession } from '../../src/core/sign-in/sessions/find-session.ts'
import { MINUTE } from '../../src/model/span.ts'
import { asUser } from '../kit/acts.ts'
import { addClient, addUser, authorizeUrl, pkce, signIn } from '../kit/cast.ts'
import { type Person, person, type Sight } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* A code says when and how the person who allowed it had signed in (OpenID Connect Core section 2: auth_time, amr). */

let server: TestServer
let app: string
const { challenge } = pkce()
before(async () => {
  server = await testServer()
  app = (await addClient(server.world)).client.id
  await addUser(server.world)
})
after(() => server.stop())

const later = async <T>(milliseconds: number, work: () => Promise<T>): Promise<T> => {
  const { now } = server.world
  server.world.now = () => now() + milliseconds
  try {
    return await work()
  } finally {
    server.world.now = now
  }
}
const authenticationOf = async ({ sentTo }: Sight) => {
  const code = sentTo?.searchParams.get('code') ?? ''
  const stored = await server.world.credentials.find('authorization-code', server.world.vault.fingerprint(code))
  return stored?.data.authentication
}
const sessionOf = async (who: Person) =>
  (await findSession(server.world, who.cookies.get('claviger-session') ?? ''))?.authentication

test('the time is that of the sign-in, not of the consent, and stays so where consent is remembered', async () => {
  const alice = person(server.url)
  await alice.visit(authorizeUrl(app, challenge))
  await signIn(alice)
  const session = await sessionOf(alice)
  assert.deepEqual(session?.methods, ['pwd'])
  const allowed = await later(5 * MINUTE, () => alice.submit({ decision: 'allow' }))
  assert.deepEqual(await authenticationOf(allowed), session)

  const { id } = (await server.world.credentials.list({ kinds: ['authorization-code'] }, { limit: 1 })).items[0] ?? {}
  const grant = (await server.world.credentials.byId(id ?? ''))?.grantId ?? ''
  await server.installation.engine.write(async tx => {
    await tx.updateTable('grants').set({ activated_at: 1 }).where('id', '=', grant).execute()
  })
  const remembered = await later(6 * MINUTE, () => alice.visit(authorizeUrl(app, challenge)))
  assert.deepEqual(await authenticationOf(remembered), session)
})

test('a one-time code is named beside the password, and a new sign-in has its own time', async () => {
  const carol = await addUser(server.world, 'carol')
  const { secret } = await beginSecondFactor(server.world, asUser(carol), { issuer: 'x', label: 'carol' })
  const codeAt = (step: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: moment + step * 30_000 })
  const moment = Date.now()
  const { now } = server.world
  server.world.now = () => moment
  try {
    await confirmSecondFactor(server.world, asUser(carol), { code: codeAt(-1) })
    const who = person(server.url)
    await who.visit(authorizeUrl(app, challenge))
    await signIn(who, 'carol')
    await who.submit({ code: codeAt(0) })
    const allowed = await who.submit({ decision: 'allow' })
    assert.deepEqual(await authenticationOf(allowed), { at: moment, methods: ['pwd', 'otp'] })

    server.world.now = () => moment + MINUTE
    await who.visit(authorizeUrl(app, challenge, { prompt: 'login', scope: 'write' }))
    await signIn(who, 'carol')
    await who.submit({ code: codeAt(1) })
    const anew = await authenticationOf(await who.submit({ decision: 'allow' }))
    assert.deepEqual(anew, { at: moment + MINUTE, methods: ['pwd', 'otp'] })
  } finally {
    server.world.now = now
  }
})

test('max_age counts to the moment of the request: reading the page for longer asks for no second sign-in', async () => {
  const alice = person(server.url)
  await alice.visit(authorizeUrl(app, challenge, { max_age: '30', prompt: 'consent' }))
  await signIn(alice)
  const allowed = await later(MINUTE, () => alice.submit({ decision: 'allow' }))
  assert.equal(allowed.sentTo?.searchParams.has('code'), true, allowed.html)
  const again = await later(MINUTE, () => alice.visit(authorizeUrl(app, challenge, { max_age: '30' })))
  assert.equal(new URL(again.url).pathname, '/login')
})
