import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { openConsole, requireBuilt } from '../kit/console.ts'
import { issue } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'

after(closeBrowser)

test('staff add a gate, change what it asks for and delete it, and a proxy gets the answers that follow', async () => {
  requireBuilt()
  await using server = await testServer()
  const boss = await addUser(server.world, 'boss', { role: 'owner' })
  const { presented } = await issue(server.world, 'api-key', boss, ['read'])
  const ask = async () =>
    (await fetch(`${server.url}/forward-auth/gates/orders/1`, { headers: { 'x-api-key': presented } })).status
  const { page, complaints } = await openConsole(server)
  await page.getByRole('link', { name: 'APIs and scopes' }).click()
  await page.getByRole('button', { name: 'Add a gate' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('orders')
  const scopes = dialog.getByLabel('Required scopes')
  await scopes.fill('write')
  await scopes.press('Enter')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText(`${server.url}/forward-auth/gates/orders`).waitFor()
  assert.deepEqual((await server.world.gates.byName('orders'))?.scopes, ['write'])
  assert.equal(await ask(), 403)

  await page.getByRole('button', { name: 'Add a gate' }).click()
  assert.equal(await dialog.getByRole('textbox', { name: 'Name' }).inputValue(), '', 'nothing is left of the last one')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Edit' }).click()
  await scopes.press('Backspace')
  await scopes.fill('read')
  await scopes.press('Enter')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual((await server.world.gates.byName('orders'))?.scopes, ['read'])
  assert.equal(await ask(), 200)

  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('No gates yet').waitFor()
  assert.equal(await ask(), 403)
  assert.deepEqual(complaints, [])
  await page.context().close()
})
