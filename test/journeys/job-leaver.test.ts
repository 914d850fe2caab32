import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { openConsole } from '../kit/console.ts'
import { HANDS } from '../kit/hand.ts'
import { testServer } from '../kit/server.ts'
import { job } from '../kit/steps.ts'

/* Job 6: disable a person who leaves, knowing beforehand what stops. */

after(closeBrowser)

for (const [way, handOf] of HANDS)
  test(`${way}, in four steps: what stops is said before, and stops`, async () => {
    await using server = await testServer()
    const { world } = server
    await addUser(world, 'boss', { role: 'owner' })
    const { id } = await addUser(world, 'grace')
    const { secret } = await issueKey(world, OPERATOR, {
      kind: 'api-key',
      userId: id,
      name: 'Her script',
      scopes: ['read'],
    })
    await addClient(world, { name: 'Her app', ownerId: id })
    const call = async () => (await fetch(`${server.url}/v1/whoami`, { headers: { 'x-api-key': secret } })).status
    assert.equal(await call(), 200)
    await world.recorder.flush()
    const { page, complaints } = await openConsole(server)
    const hand = handOf(page)
    const { step, taken } = job()
    await step('Users', () => hand.press('link', 'Users'))
    await step('the person', () => hand.press('link', 'grace'))
    await page.getByRole('heading', { name: 'grace', level: 1 }).waitFor()
    await step('Disable', () => hand.press('button', 'Disable'))
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/1 credential.*used 1 time in the last 24 hours/).waitFor()
    assert.equal(await call(), 200, 'a question ends nothing')
    await step('sure', async () => {
      await dialog.getByRole('button', { name: 'Disable', exact: true }).focus()
      await page.keyboard.press('Enter')
    })
    await page
      .getByText(/Disabled\./)
      .first()
      .waitFor()
    assert.equal(await call(), 403)
    assert.equal(taken(), 4)
    assert.deepEqual(complaints, [])
    await page.context().close()
  })
