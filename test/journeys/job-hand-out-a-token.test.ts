import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { openConsole } from '../kit/console.ts'
import { HANDS } from '../kit/hand.ts'
import { testServer } from '../kit/server.ts'
import { job } from '../kit/steps.ts'

/* Job 1: make an application token for a user, see its first use, then a refusal and why. */

after(closeBrowser)

for (const [way, handOf] of HANDS)
  test(`${way}, from the start page in eight steps: a token for grace, its first use, a refusal and the reason`, async () => {
    await using server = await testServer()
    const { world } = server
    await addUser(world, 'boss', { role: 'owner' })
    await addUser(world, 'grace')
    const audience = 'https://tickets.example'
    const api = await createResource(world, OPERATOR, {
      audience,
      name: 'Tickets',
      scopes: ['tickets:read', 'tickets:write'],
    })
    const call = async (credential: string, scope: string) => {
      const basic = Buffer.from(`${api.resource.clientId}:${api.secret}`).toString('base64')
      const answer = await fetch(`${server.url}/v1/verify`, {
        method: 'POST',
        headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
        body: JSON.stringify({ credential, audience, scopes: [scope] }),
      })
      return ((await answer.json()) as { active: boolean }).active
    }
    const { page, complaints } = await openConsole(server)
    const hand = handOf(page)
    const { step, taken } = job()
    await step('Credentials', () => hand.press('link', 'Credentials'))
    await step('Create credential', () => hand.press('link', 'Create credential'))
    await step('its name', () => hand.type('Name', 'Ticket export'))
    await step('for whom', async () => {
      await hand.type('Owner', 'grace')
      await page.getByRole('option', { name: /boss/ }).waitFor({ state: 'detached' })
      await page.getByRole('option', { name: /grace/ }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
    })
    await step('what it may do', async () => {
      await hand.type('Scopes', 'tickets:read')
      await page.keyboard.press('Enter')
    })
    await step('make it', () => hand.press('button', 'Create application token'))
    const dialog = page.getByRole('dialog')
    await hand.press('button', 'Show')
    const token = (await dialog.getByLabel('The secret').textContent()) ?? ''
    assert.equal(await call(token, 'tickets:read'), true)
    await dialog.getByText('First request received').waitFor()
    await step('it is stored', async () => {
      await hand.tick('I stored it')
      await hand.press('button', 'Done')
    })
    await page.getByRole('heading', { name: 'Ticket export' }).waitFor()
    assert.equal(await call(token, 'tickets:write'), false)
    await world.recorder.flush()
    const refusal = /Ticket export.* of grace was refused at Tickets: needs tickets:write, has tickets:read/
    await page.getByRole('cell').filter({ hasText: refusal }).first().waitFor()
    await step('why', () => page.getByRole('main').getByRole('link', { name: 'Explain' }).first().press('Enter'))
    await page.getByText('Refused: a needed scope is missing', { exact: true }).waitFor()
    assert.equal(taken(), 8)
    assert.deepEqual(complaints, [])
    await page.context().close()
  })
