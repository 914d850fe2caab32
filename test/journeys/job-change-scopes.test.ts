import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { openConsole } from '../kit/console.ts'
import { testServer } from '../kit/server.ts'
import { job } from '../kit/steps.ts'

/* Job 10: change the scopes of an API and of one key. */

after(closeBrowser)

test('in eight steps: the API learns a scope, the key gets it, and may do from then on what it could not before', async () => {
  await using server = await testServer()
  const { world } = server
  await addUser(world, 'boss', { role: 'owner' })
  const { id } = await addUser(world, 'grace')
  const audience = 'https://tickets.example'
  const api = await createResource(world, OPERATOR, { audience, name: 'Tickets', scopes: ['tickets:read'] })
  const ask = { kind: 'api-key' as const, userId: id, name: 'Ticket export', scopes: ['tickets:read'] }
  const { secret } = await issueKey(world, OPERATOR, ask)
  const may = async (scope: string) => {
    const basic = Buffer.from(`${api.resource.clientId}:${api.secret}`).toString('base64')
    const answer = await fetch(`${server.url}/v1/verify`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
      body: JSON.stringify({ credential: secret, audience, scopes: [scope] }),
    })
    return ((await answer.json()) as { active: boolean }).active
  }
  assert.deepEqual([await may('tickets:read'), await may('tickets:write')], [true, false])

  const { page, complaints } = await openConsole(server)
  const { step, taken } = job()
  const dialog = page.getByRole('dialog')
  await step('APIs and scopes', () => page.getByRole('link', { name: 'APIs and scopes' }).click())
  await step('the API', () => page.getByRole('main').getByRole('link', { name: 'Tickets' }).first().click())
  await page.getByRole('heading', { name: 'Tickets', level: 1 }).waitFor()
  await step('Add a scope', async () => {
    await page.getByRole('button', { name: 'Add a scope' }).click()
    await dialog.getByRole('textbox', { name: /^Scope/ }).fill('tickets:write')
    await dialog.getByLabel('Description').fill('change tickets')
  })
  await step('Add', () => dialog.getByRole('button', { name: 'Add', exact: true }).click())
  await page.getByText('Added').first().waitFor()
  await dialog.waitFor({ state: 'detached' })

  await step('Credentials', () => page.getByRole('link', { name: 'Credentials', exact: true }).click())
  await step('the key', () => page.getByRole('link', { name: 'Ticket export' }).first().click())
  await page.getByRole('heading', { name: 'Ticket export', level: 1 }).waitFor()
  await step('Edit', async () => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await dialog.getByLabel('Scopes').first().fill('tickets:write')
    await page.keyboard.press('Enter')
  })
  await step('Save', () => dialog.getByRole('button', { name: 'Save', exact: true }).click())
  await page.getByText('Saved. The secret stays the same.').first().waitFor()
  assert.deepEqual([await may('tickets:read'), await may('tickets:write')], [true, true])
  assert.equal(taken(), 8)
  assert.deepEqual(complaints, [])
  await page.context().close()
})
