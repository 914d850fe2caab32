import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { OUT_OF_BAND } from '../../src/model/clients/client.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { arrive, closeBrowser, complaintsOf, openPage, signInAt } from '../kit/browser.ts'
import { addClient, addUser, authorizeUrl, PASSWORD, pkce } from '../kit/cast.ts'
import { openConsole } from '../kit/console.ts'
import { testServer } from '../kit/server.ts'

/* Every secret that a page shows has a Copy button, which works under the policy of the page. */

after(closeBrowser)

/** Presses Copy, and returns what a person can paste afterwards. */
async function copied(page: Page, name = 'Copy'): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('button', { name: 'Copied', exact: true }).waitFor()
  return page.evaluate(() => navigator.clipboard.readText())
}
const mayPaste = (page: Page) => page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
/** As on plain http. */
const WITHOUT_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
async function pasted(page: Page): Promise<string> {
  await page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'paste' }))")
  await page.locator('#paste').focus()
  await page.keyboard.press('Control+V')
  return page.locator('#paste').inputValue()
}
const KEY = /^clv_[a-z]+_[0-9A-Za-z]{38}$/

test('secrets on the pages of the account, the portal and the authorization have a Copy button', async () => {
  await using server = await testServer()
  const alice = await addUser(server.world, 'alice')
  await addClient(server.world, { name: 'Reports', ownerId: alice.id })
  const byHand = await addClient(server.world, { redirectUris: [OUT_OF_BAND], policy: { outOfBand: 'allowed' } })
  const page = await openPage({ baseURL: server.url })
  await mayPaste(page)
  const complaints = complaintsOf(page)
  const press = (name: string | RegExp) => arrive(page, () => page.getByRole('button', { name }).first().click())
  await signInAt(page, '/account/tokens', 'alice', PASSWORD)

  await page.getByRole('textbox', { name: 'Name' }).fill('Script')
  await press('Create token')
  const token = await copied(page)
  assert.match(token, KEY)
  assert.equal((await page.locator('pre').textContent())?.includes(token), false, 'no secret in a command')

  await page.goto('/account/second-factor')
  await press('Set up one-time codes')
  assert.match(await copied(page), /^[A-Z2-7]{32}$/)

  await page.goto('/developers/apps')
  await page.getByRole('link', { name: 'Details' }).click()
  await press(/^Rotate \(/)
  assert.match(await copied(page), /^\S{32,}$/)
  await page.getByRole('link', { name: 'Details' }).click()
  await press('Get a token for me')
  assert.match(await copied(page), KEY)

  await page.goto(authorizeUrl(byHand.client.id, pkce().challenge, { redirect_uri: OUT_OF_BAND }))
  await press('Allow')
  assert.match(await copied(page), /^clv_code_/)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('the clipboard of an address without https gets the secret, too', async () => {
  await using server = await testServer()
  await addUser(server.world, 'alice')
  const page = await openPage({ baseURL: server.url })
  await mayPaste(page)
  await page.addInitScript(WITHOUT_CLIPBOARD)
  await signInAt(page, '/account/tokens', 'alice', PASSWORD)
  await page.getByRole('textbox', { name: 'Name' }).fill('Script')
  await arrive(page, () => page.getByRole('button', { name: 'Create token' }).click())
  const secret = await page.locator('#secret').inputValue()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByRole('button', { name: 'Copied', exact: true }).waitFor()
  assert.equal(await pasted(page), secret)
  await page.context().close()
})

test('and so does a command in a menu of the console, and the secret of a dialog', async () => {
  await using server = await testServer()
  await addUser(server.world, 'boss', { role: 'owner' })
  const { client } = await addClient(server.world)
  const { page, complaints } = await openConsole(server)
  await mayPaste(page)
  await page.addInitScript(WITHOUT_CLIPBOARD)
  await page.goto('/console/users')
  await page.getByRole('button', { name: 'Copy as' }).click()
  await page.getByRole('menuitem', { name: 'curl' }).click()
  await page.getByText('Copied as curl').waitFor()
  assert.match(await pasted(page), /^curl http.*\/v1\/users/)

  await page.goto(`/console/applications/${client.id}?tab=secrets`)
  await page.getByRole('button', { name: 'Rotate the secret' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate it' }).click()
  const button = page.getByRole('button', { name: 'Copy secret' })
  await button.press('Enter')
  const done = page.getByRole('button', { name: 'Copied', exact: true })
  await done.waitFor()
  assert.ok(await done.evaluate(element => element === document.activeElement), 'the focus stays at the button')
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('secrets in the console have a Copy button', async () => {
  await using server = await testServer()
  const boss = await addUser(server.world, 'boss', { role: 'owner' })
  const { credential } = await issueKey(server.world, OPERATOR, { kind: 'api-key', userId: boss.id, name: 'Old key' })
  const { client } = await addClient(server.world)
  const { page, complaints } = await openConsole(server)
  await mayPaste(page)
  const dialog = page.getByRole('dialog')
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click()
  const confirm = (name: string) => dialog.getByRole('button', { name, exact: true }).click()

  await page.waitForLoadState('networkidle')
  await page.goto('/console/credentials/new?name=Script')
  await press('Create application token')
  assert.match(await copied(page), KEY)

  await page.goto(`/console/credentials/${credential.id}`)
  await press('Rotate')
  await confirm('Rotate it')
  assert.match(await copied(page), KEY)

  await page.goto('/console/apis?new=1')
  await dialog.getByLabel('Name').fill('Orders')
  await dialog.getByLabel('Address (audience)').fill('https://orders.example')
  await confirm('Register')
  assert.match(await copied(page, 'Copy secret'), /^\S{32,}$/)

  await page.goto(`/console/applications/${client.id}?tab=secrets`)
  await press('Rotate the secret')
  await confirm('Rotate it')
  assert.match(await copied(page, 'Copy secret'), /^\S{32,}$/)

  await page.goto('/console/registrations')
  await press('New token')
  await confirm('Create')
  assert.match(await copied(page), /^clv_iat_/)
  assert.deepEqual(complaints, [])
  await page.context().close()
})
