import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { openConsole, tabTo } from '../kit/console.ts'
import { testServer } from '../kit/server.ts'

after(closeBrowser)

test('somebody new makes a token, calls an API, finds the request, revokes the token and sees the refusal with its reason', async () => {
  await using server = await testServer()
  await addUser(server.world, 'boss', { role: 'owner' })
  const { page, complaints } = await openConsole(server)
  const call = (token: string) => fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })

  // The overview of an empty house says what comes first.
  await page.getByRole('link', { name: 'Create a read-only token' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Nightly report')
  await page.getByRole('button', { name: 'Create application token' }).click()

  // Shown once, masked until asked for.
  const dialog = page.getByRole('dialog')
  const shown = dialog.getByLabel('The secret')
  assert.match((await shown.textContent()) ?? '', /•{10}/)
  await dialog.getByRole('button', { name: 'Show' }).click()
  const token = (await shown.textContent()) ?? ''
  assert.match(token, /^clv_app_/)
  await dialog.getByRole('button', { name: 'Test now', exact: true }).click()
  await dialog.getByText(/^Works: read/).waitFor()
  await dialog.getByText('Waiting for the first request').waitFor()

  assert.equal((await call(token)).status, 200)
  await dialog.getByText('First request received').waitFor()

  // It does not close by accident; stored, it does.
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.getByText('It cannot be shown again').waitFor()
  await dialog.getByRole('checkbox', { name: 'I stored it' }).check()
  await dialog.getByRole('button', { name: 'Done' }).click()

  // The request is there, by its sentence and as a count.
  await page.getByRole('heading', { name: 'Nightly report' }).waitFor()
  await page.getByRole('button', { name: /^Details: .*Nightly report.* was accepted for the first time/ }).click()
  await page.getByRole('link', { name: 'Same request' }).waitFor()
  await page.getByText(/^1 request in the last 24 hours, 100 % accepted/).waitFor()

  await page.getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('1 credential of 1 person, used 1 time in the last 24 hours').waitFor()
  await page.getByRole('button', { name: 'Revoke it' }).click()
  await page.getByText('Revoked. It is refused from now on.').waitFor()

  assert.equal((await call(token)).status, 401)
  await page.getByRole('cell', { name: /Nightly report.* was refused: it had been revoked$/ }).waitFor()

  assert.equal((await page.content()).includes(token), false, 'the secret is gone from the page')

  // And the same by pasting what was presented.
  await page.goto('/console/explain')
  await page.getByLabel('Request id or credential').fill(token)
  await page.getByRole('button', { name: 'Explain', exact: true }).click()
  await page.getByText('Refused: it had been revoked', { exact: true }).waitFor()

  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, history.state, location.href]))
  assert.equal(kept.includes(token), false, 'the secret is kept nowhere')
  assert.deepEqual(complaints, [])
})

test('the same by keyboard alone: a token is made, stored and revoked', async () => {
  await using server = await testServer()
  await addUser(server.world, 'boss', { role: 'owner' })
  const { page, complaints } = await openConsole(server)
  await tabTo(page, 'link', 'Credentials')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Credentials', level: 1 }).waitFor()
  await tabTo(page, 'link', 'Create credential')
  await page.keyboard.press('Enter')
  await tabTo(page, 'button', /CI deploy/)
  await page.keyboard.press('Enter')
  await tabTo(page, 'button', 'Create application token')
  await page.keyboard.press('Enter')
  await tabTo(page, 'checkbox', 'I stored it')
  await page.keyboard.press('Space')
  await tabTo(page, 'button', 'Done')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'CI deploy' }).waitFor()
  await tabTo(page, 'button', 'Revoke')
  await page.keyboard.press('Enter')
  await tabTo(page, 'button', 'Revoke it')
  await page.keyboard.press('Enter')
  await page.getByText('Revoked. It is refused from now on.').waitFor()
  const [made] = (await server.world.credentials.list({ kinds: ['application-token'] }, { limit: 1 })).items
  assert.ok(made?.revokedAt)
  assert.deepEqual(complaints, [])
})
