import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { DAY, HOUR } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { findBarriers, openConsole } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The overview and the page of a credential: one number for one thing, and the chosen time rules. */

let server: TestServer
let key: { id: string; secret: string }
before(async () => {
  server = await testServer()
  const { world } = server
  const boss = await addUser(world, 'boss', { role: 'owner' })
  const ask = { kind: 'api-key' as const, userId: boss.id, name: 'Shop', scopes: ['read'] }
  const { credential, secret } = await issueKey(world, OPERATOR, ask)
  key = { id: credential.id, secret }
  const count = (at: number, outcome: string, count: number) => ({
    minute: Math.floor(at / 60_000),
    countedBy: credential.id,
    kind: 'api-key',
    outcome,
    count,
  })
  const now = Date.now()
  await world.usage.add(
    [count(now - 1000, 'valid', 30), count(now - 5 * HOUR, 'valid', 60), count(now - 3 * DAY, 'expired', 400)],
    new Map([[credential.id, now]]),
    [],
  )
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

test('tiles and charts count the same, for every time that can be chosen, and what wants a look stands first', async () => {
  const { page, complaints } = await openConsole(server)
  for (const [choice, words, total] of [
    ['24 hours', 'the last 24 hours', 90],
    ['7 days', 'the last 7 days', 490],
    ['30 days', 'the last 30 days', 490],
  ] as const) {
    await page.getByRole('radiogroup', { name: 'Time shown' }).getByText(choice).click()
    await page.getByText(`${total} requests in ${words};`).waitFor()
    await page.getByText(`${total} requests in ${words},`).waitFor()
    const tile = page
      .locator('section, div')
      .filter({ hasText: new RegExp(`^Requests in ${words}${total}`) })
      .last()
    await tile.waitFor()
    await page.getByText(`Accepted in ${words}`).waitFor()
    await page.getByText('99 of 100 checks within').locator('..').getByText(`in ${words}`).waitFor()
  }
  const order = await page.getByRole('heading', { level: 2 }).allTextContents()
  assert.ok(order.indexOf('Needs attention') < order.indexOf('Requests by kind'), order.join())
  assert.deepEqual(await findBarriers(page), [])
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('the bucket under way is drawn and read as running', async () => {
  const { page } = await openConsole(server)
  const slider = page.getByRole('slider', { name: 'Requests by outcome' })
  await slider.waitFor()
  await slider.focus()
  await page.keyboard.press('End')
  assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /\(so far\): 30 Valid$/)
  await page.keyboard.press('ArrowLeft')
  assert.doesNotMatch((await slider.getAttribute('aria-valuetext')) ?? '', /so far/)
  await page.getByRole('main').getByText('so far', { exact: true }).first().waitFor()
  await page.context().close()
})

test('a refusal for want of a scope is a refusal in every count, and a credential begins with what it is', async () => {
  const refused = await fetch(`${server.url}/v1/users`, { headers: { authorization: `Bearer ${key.secret}` } })
  assert.equal(refused.status, 403)
  await server.world.recorder.flush()
  const { page } = await openConsole(server)
  await page.goto(`/console/credentials/${key.id}`)
  await page
    .getByText(/^91 requests in the last 24 hours, 98\.9 % accepted; most refusals: a needed scope is missing/)
    .waitFor()
  await page.getByText('needs users:read, has read').first().waitFor()
  const order = await page.getByRole('heading', { level: 2 }).allTextContents()
  assert.ok(order.indexOf('What it is') < order.indexOf('Requests by outcome'), order.join())
  await page.context().close()
})
