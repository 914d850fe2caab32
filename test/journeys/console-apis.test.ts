import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { registerClient } from '../../src/core/clients/register-client.ts'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { describeScope } from '../../src/core/resources/describe-scope.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { findBarriers, openConsole } from '../kit/console.ts'
import { eventually } from '../kit/eventually.ts'
import { testServer } from '../kit/server.ts'

after(closeBrowser)

test('staff change the scopes of an API and of one key, see who has access and what was refused, and nothing is typed twice', async () => {
  await using server = await testServer()
  const { world } = server
  const boss = await addUser(world, 'boss', { role: 'owner' })
  const api = await createResource(world, OPERATOR, {
    audience: 'https://tickets.example',
    name: 'Tickets',
    scopes: ['tickets:read', 'tickets:write'],
  })
  await describeScope(world, OPERATOR, { scope: 'tickets:read', sentence: 'see your tickets', risk: 'low' })
  const ask = {
    kind: 'api-key' as const,
    userId: boss.id,
    name: 'Nightly report',
    scopes: ['tickets:read', 'tickets:write'],
  }
  const { credential, secret } = await issueKey(world, OPERATOR, ask)
  const app = { name: 'Support desk', redirectUris: [], type: 'confidential', source: 'operator' } as const
  await registerClient(world, OPERATOR, { ...app, redirectUris: [], scopes: ['tickets:read'] })
  const check = async (scope: string) => {
    const answer = await fetch(`${server.url}/v1/verify`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${api.clientId}:${api.secret}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ credential: secret, scopes: [scope] }),
    })
    return ((await answer.json()) as { active: boolean }).active
  }
  assert.equal(await check('tickets:write'), true)

  const { page, complaints } = await openConsole(server)
  await page.getByRole('link', { name: 'APIs and scopes' }).click()
  await page.getByRole('link', { name: 'Tickets', exact: true }).click()
  await page.getByRole('heading', { name: 'Tickets', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Add a scope' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Scope' }).fill('tickets:delete')
  await dialog.getByRole('textbox', { name: 'Description' }).fill('delete tickets for good')
  await dialog.getByText('High risk').click()
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('row', { name: /tickets:delete.*delete tickets for good.*high/ }).waitFor()
  assert.deepEqual((await world.resources.byAudience('https://tickets.example'))?.scopes, [
    'tickets:read',
    'tickets:write',
    'tickets:delete',
  ])
  await page
    .getByRole('row', { name: /tickets:write/ })
    .getByRole('button', { name: 'Remove' })
    .click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('row', { name: /tickets:write/ }).waitFor({ state: 'detached' })

  await page.getByRole('tab', { name: 'Who has access' }).click()
  await page.getByRole('link', { name: 'Support desk' }).waitFor()
  await page.getByRole('link', { name: 'Nightly report' }).click()
  await page.getByRole('button', { name: 'Edit' }).click()
  assert.match((await dialog.textContent()) ?? '', /see your tickets/)
  const scopes = dialog.getByRole('combobox', { name: 'Scopes' })
  await scopes.press('Backspace')
  await dialog.getByText('Requests that need tickets:write are refused').waitFor()
  await scopes.fill('delete')
  await page.getByRole('option', { name: /delete tickets for good/ }).waitFor()
  await scopes.press('Enter')
  await dialog.getByText('high risk').waitFor()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual((await world.credentials.byId(credential.id))?.scopes, ['tickets:read', 'tickets:delete'])
  assert.deepEqual([await check('tickets:write'), await check('tickets:delete')], [false, true])

  await page.getByRole('button', { name: 'Disable' }).click()
  await dialog.getByRole('button', { name: 'Disable it' }).click()
  await page.getByText('Disabled by: boss.').waitFor()
  assert.equal(await check('tickets:read'), false)
  await page.getByRole('button', { name: 'Enable', exact: true }).click()
  await page.getByText('Enabled. It works again.').waitFor()
  await page.getByText('Disabled by: boss.').waitFor({ state: 'detached' })
  assert.equal(await check('tickets:read'), true)

  await world.recorder.flush()
  await page.goto(`${server.url}/console/apis/${encodeURIComponent(api.clientId)}?tab=refused`)
  await page
    .getByText(/tickets:write/)
    .first()
    .waitFor()
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Tickets of customers')
  await page.getByRole('checkbox', { name: /Accept only credentials issued for/ }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Tickets of customers', level: 1 }).waitFor()
  await eventually(async () => !(await check('tickets:read')))
  assert.deepEqual(await findBarriers(page), [])
  assert.deepEqual(complaints, [])
  await page.context().close()
})
