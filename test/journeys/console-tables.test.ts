import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { registerClient } from '../../src/core/clients/register-client.ts'
import { SELF_REGISTRATION } from '../kit/acts.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { openConsole } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The lists of the console: kept views, chosen columns, an end on any day, and registrations that wait. */

let server: TestServer
before(async () => {
  server = await testServer()
  await addUser(server.world, 'boss', { role: 'owner' })
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

test('filters kept under a name are there in the next browser, as a link, and can be deleted', async () => {
  const { page } = await openConsole(server)
  await page.goto('/console/credentials?status=unused&kind=api_key')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save these filters' }).click()
  await page.getByLabel('Name').fill('Unused keys')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Unused keys' }).waitFor()
  await page.context().close()

  const { page: other } = await openConsole(server)
  await other.goto('/console/credentials')
  await other.getByRole('button', { name: 'Views' }).click()
  await other.getByRole('menuitem', { name: 'Unused keys' }).click()
  await other.waitForURL(/credentials\?(?=.*status=unused)(?=.*kind=api_key)/)
  await other.getByRole('button', { name: 'Unused keys' }).click()
  await other.getByRole('menuitem', { name: 'Delete' }).click()
  await other.getByRole('button', { name: 'Views' }).waitFor()
  await other.context().close()
})

test('a key ends at the end of the day that was picked, and columns that were left out stay out', async () => {
  const { page } = await openConsole(server)
  await page.goto('/console/credentials/new?kind=api_key&name=Yearly')
  await page.getByRole('combobox', { name: 'Expires' }).click()
  await page.getByRole('option', { name: 'On a day' }).click()
  const year = new Date().getFullYear() + 3
  await page.getByLabel('Last day').fill(`${year}-02-28`)
  await page.getByRole('button', { name: 'Create API key' }).click()
  await page.getByLabel('I stored it').check()
  await page.getByRole('button', { name: 'Done' }).click()
  const [made] = (await server.world.credentials.list({ search: 'Yearly' }, { limit: 2 })).items
  assert.equal(made?.expiresAt, Date.parse(`${year}-02-28T23:59:59Z`))

  await page.goto('/console/credentials')
  await page.getByRole('columnheader', { name: 'Scopes' }).waitFor()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Scopes' }).uncheck()
  await page.reload()
  await page.getByRole('columnheader', { name: 'Expires' }).waitFor()
  assert.equal(await page.getByRole('columnheader', { name: 'Scopes' }).count(), 0)
  await page.context().close()
})

test('an application that registered itself is approved where it is listed, or disabled', async () => {
  const register = (name: string, scopes = ['read']) =>
    registerClient(server.world, SELF_REGISTRATION, {
      name,
      redirectUris: ['https://app.example/cb'],
      scopes,
      type: 'confidential',
      source: 'portal',
    })
  const [good, bad] = [await register('Photo wall'), await register('Phishing', [...'abcdefg', 'admin'])]
  const { page } = await openConsole(server)
  await page.goto('/console/registrations')
  await page.getByText('Registered and not reviewed: 2 applications').waitFor()
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  await row('Phishing').getByText('high risk: admin').waitFor()
  assert.equal(await row('Photo wall').getByText('high risk').count(), 0)
  await row('Photo wall').getByRole('button', { name: 'Approve', exact: true }).click()
  await page.getByText('Registered and not reviewed: 1 application.').waitFor()
  await row('Phishing').getByRole('button', { name: 'Disable' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await page.getByText('Nothing to review').waitFor()
  const [first, second] = await Promise.all([good, bad].map(({ client }) => server.world.clients.byId(client.id)))
  assert.deepEqual([first?.active, first?.reviewedAt !== undefined], [true, true])
  assert.deepEqual([second?.active, second?.reviewedAt], [false, undefined])
  await page.context().close()
})
