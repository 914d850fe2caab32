import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { User } from '../../src/model/users/user.ts'
import { addUser, PASSWORD } from '../kit/cast.ts'
import { type Person, person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The form that makes a token, sent again: after a reload, two clicks, going back, or an outage in the middle. */

let server: TestServer
let alice: User
let who: Person
let count = 0
before(async () => {
  server = await testServer()
})
after(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  alice = await addUser(server.world, `alice${count++}`)
  who = person(server.url)
  await who.visit('/login')
  await who.submit({ username: alice.handle, password: PASSWORD })
})

/** The form to make a token, on the page as it stands. */
async function tokenForm(html?: string): Promise<URLSearchParams> {
  const page = html ?? (await who.visit('/account/tokens')).html
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
  return new URLSearchParams({
    csrf: hidden('csrf'),
    form: hidden('form'),
    name: 'Script',
    kind: 'api-key',
    days: '30',
  })
}
const send = (body: URLSearchParams) => who.visit('/account/tokens', { method: 'POST', body })
const secretIn = (html: string) => /clv_key_[0-9A-Za-z]+/.exec(html)?.[0]
const keys = async () =>
  (await server.world.credentials.list({ userId: alice.id, kinds: ['api-key'] }, { limit: 10 })).items.length

test('a form that is sent again makes one token and shows its secret once, also at the same moment', async () => {
  const form = await tokenForm()
  const sights = await Promise.all([send(form), send(form), send(form)])
  assert.equal(sights.filter(({ html }) => secretIn(html)).length, 1)
  assert.equal(secretIn((await send(form)).html), undefined)
  assert.equal(await keys(), 1)
})

test('a form with a fault in it did nothing, and may be sent again once it is mended', async () => {
  const form = await tokenForm()
  form.set('name', ' ')
  assert.equal((await send(form)).status, 400)
  form.set('name', 'Script')
  assert.ok(secretIn((await send(form)).html))
  assert.equal(await keys(), 1)
})

test('going back and sending other entries says that the form was used, and the form of that page makes the token', async () => {
  const form = await tokenForm()
  await send(form)
  form.set('name', 'Another')
  const sight = await send(form)
  assert.equal(sight.status, 400)
  assert.match(sight.html, /This form was sent before with other entries/)
  assert.equal(await keys(), 1)
  assert.ok(secretIn((await send(await tokenForm(sight.html))).html))
  assert.equal(await keys(), 2)
})

test('a form whose first sending ended in an outage is not done again unasked: nobody knows whether it was done', async () => {
  const form = await tokenForm()
  const { credentials } = server.world
  const real = credentials.issueTo
  credentials.issueTo = async (...all) => {
    await real(...all)
    throw new Error('the answer of the database was lost')
  }
  const first = await send(form)
  credentials.issueTo = real
  assert.equal(first.status, 500)
  assert.equal(await keys(), 1, 'it was done after all')

  const again = await send(form)
  assert.equal(again.status, 400)
  assert.match(again.html, /it is not known what came of it/)
  assert.equal(await keys(), 1)
  assert.ok(secretIn((await send(await tokenForm(again.html))).html))
})
