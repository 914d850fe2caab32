import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { openConsole } from '../kit/console.ts'
import { HANDS } from '../kit/hand.ts'
import { testServer } from '../kit/server.ts'
import { job } from '../kit/steps.ts'

/* Job 2: rotate a key with overlap while its client keeps calling. */

after(closeBrowser)

for (const [way, handOf] of HANDS)
  test(`${way}, in seven steps: no call of the client fails between the old key and the new one`, async () => {
    await using server = await testServer()
    const { id } = await addUser(server.world, 'boss', { role: 'owner' })
    const ask = { kind: 'api-key' as const, userId: id, name: 'Nightly report', scopes: ['read'] }
    const { secret: old } = await issueKey(server.world, OPERATOR, ask)
    const call = async (key: string) =>
      (await fetch(`${server.url}/v1/whoami`, { headers: { 'x-api-key': key } })).status
    let key = old
    const seen: number[] = []
    let calling = true
    const client = (async () => {
      while (calling) {
        seen.push(await call(key))
        await new Promise(resolve => setTimeout(resolve, 20))
      }
    })()
    try {
      const { page, complaints } = await openConsole(server)
      const hand = handOf(page)
      const { step, taken } = job()
      await step('Credentials', () => hand.press('link', 'Credentials'))
      await step('the key', () => hand.press('link', 'Nightly report'))
      await page.getByRole('heading', { name: 'Nightly report', level: 1 }).waitFor()
      await step('Rotate', () => hand.press('button', 'Rotate'))
      await step('how long both work is proposed', () => hand.press('button', 'Rotate it'))
      await hand.press('button', 'Show')
      const fresh = (await page.getByLabel('The secret').textContent()) ?? ''
      await step('the new one is stored', async () => {
        await hand.tick('I stored it')
        await hand.press('button', 'Done')
      })
      await page.getByText('Both secrets work until the overlap ends.').waitFor()
      assert.deepEqual([await call(old), await call(fresh)], [200, 200])
      key = fresh
      await step('Finish now', () => hand.press('button', 'Finish now'))
      await step('sure', () => hand.press('button', 'Revoke it'))
      await page.getByText('The old secret does not work any more.').waitFor()
      assert.deepEqual([await call(old), await call(fresh)], [401, 200])
      assert.equal(taken(), 7)
      assert.deepEqual(complaints, [])
      await page.context().close()
    } finally {
      calling = false
      await client
    }
    assert.ok(seen.length > 10)
    assert.deepEqual(new Set(seen), new Set([200]))
  })
