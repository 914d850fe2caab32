import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { openConsole, requireBuilt } from '../kit/console.ts'
import { register } from '../kit/registration.ts'
import { testServer } from '../kit/server.ts'

after(closeBrowser)

test('staff see what registered itself and from where, make an initial access token, and block a place', async () => {
  requireBuilt()
  await using server = await testServer({ CLAVIGER_TRUST_PROXY: '127.0.0.1/32' })
  await addUser(server.world, 'boss', { role: 'owner' })
  const headers = { 'x-forwarded-for': '203.0.113.9' }
  const asking = { client_name: 'Mail', redirect_uris: ['https://mail.example/callback'] }
  const { body } = await register(server, asking, { headers })
  const { page, complaints } = await openConsole(server)
  await page.getByRole('link', { name: 'Registrations' }).click()
  await page.getByText('from 203.0.113.9').waitFor()
  await page.getByText('any scope that is not for administrators').waitFor()
  await page.getByText('mail.example/callback').waitFor()

  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'New token' }).click()
  await dialog.getByLabel('How many may register with it').fill('3')
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await dialog.getByRole('button', { name: 'Show' }).click()
  const secret = (await dialog.getByTestId('secret').textContent()) ?? ''
  assert.equal((await register(server, asking, { bearer: secret })).status, 201)
  await dialog.getByLabel('I stored it').check()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.getByText('3 more').waitFor()

  await page
    .getByRole('row', { name: /203\.0\.113\.9/ })
    .getByRole('button', { name: 'Block' })
    .click()
  await dialog.getByLabel('Also disable the applications that registered from there').check()
  await dialog.getByRole('button', { name: 'Block and disable' }).click()
  await page.getByRole('table', { name: 'Blocked' }).getByText('203.0.113.9/32').waitFor()
  assert.equal((await server.world.clients.byId(String(body['client_id'])))?.active, false)
  assert.equal((await register(server, asking, { headers })).status, 403)
  await page.getByRole('button', { name: 'Unblock', exact: true }).click()
  await page.getByText('Nothing is blocked.').waitFor()
  assert.equal((await register(server, asking, { headers })).status, 201)
  assert.deepEqual(complaints, [])
  await page.context().close()
})
