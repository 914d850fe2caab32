import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { explain } from '../../src/core/check/explain.ts'
import { DAY } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { makeDemo } from '../../src/server/demo/make-demo.ts'
import type { DemoLogin } from '../../src/server/demo/step.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The demo as its readers go through it: nothing in it contradicts the rest. */

let server: TestServer
let logins: readonly DemoLogin[]
before(async () => {
  server = await testServer()
  logins = (await makeDemo(server.world, { seed: 7 })).logins
})
after(() => server.stop())

test('every refusal is one that the rules of the check give, and explain says the same of it', async () => {
  const { world } = server
  const { items } = await world.journal.list({ event: 'refused' }, { limit: 500 })
  assert.ok(items.length > 20)
  const reasons = new Set(items.map(({ reason }) => reason))
  for (const reason of ['revoked', 'expired', 'insufficient_scope', 'wrong_audience'])
    assert.ok(reasons.has(reason), reason)
  for (const { requestId = '', reason, detail } of items) {
    const { findings, refused } = await explain(world, OPERATOR, { about: 'request', requestId })
    assert.equal(refused?.reason, reason, requestId)
    // A credential may have ended since; the rule that refused it then refuses it now, too.
    assert.equal(findings.find(({ rule }) => rule === detail?.['rule'])?.passed, false, `${requestId}: ${reason}`)
  }
})

test('a disabled owner has no traffic, and neither has anything that this owner registered', async () => {
  const { world } = server
  const { items: users } = await world.users.list({ limit: 500 })
  const disabled = users.filter(({ active }) => !active)
  assert.ok(disabled.length > 0)
  const until = world.now()
  for (const { id, handle } of disabled) {
    const uses = await world.usage.read({ since: until - 30 * DAY, until, bucketMinutes: 1440, userId: id })
    assert.deepEqual(uses, [], handle)
  }
})

test('sessions have devices, people can sign in, and there are gates and applications of every origin', async () => {
  const { world } = server
  const { items } = await world.credentials.list({ kinds: ['session'] }, { limit: 100 })
  assert.ok(items.length > 5)
  for (const { data } of items)
    assert.match(String((data as { device?: { userAgent?: string } }).device?.userAgent), /^Mozilla/)
  assert.deepEqual(new Set(logins.map(({ role }) => role)), new Set(['operator', 'support', 'auditor', 'user']))
  for (const { handle, password } of logins) {
    const who = person(server.url)
    await who.visit('/login')
    await who.submit({ username: handle, password })
    const { html, status } = await who.visit('/account')
    assert.equal(status, 200, handle)
    assert.ok(html.includes(handle))
  }
  assert.ok((await world.gates.list()).length > 0)
  const { items: clients } = await world.clients.list({}, { limit: 100 })
  for (const source of ['portal', 'operator', 'dynamic'])
    assert.ok(
      clients.some(client => client.source === source),
      source,
    )
})

test('a second call makes nothing, and knows no password', async () => {
  const again = await makeDemo(server.world, { seed: 7 })
  assert.deepEqual(again.logins, [])
  assert.equal(again.counts.users, 30)
})
