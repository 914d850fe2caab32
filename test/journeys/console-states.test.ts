import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openSession } from '../../src/core/sign-in/sessions/open-session.ts'
import { HOUR } from '../../src/model/span.ts'
import { asUser } from '../kit/acts.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addUser, PASSWORD } from '../kit/cast.ts'
import { findBarriers, openConsole } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* What the console says when something is in the way, and that nothing typed is lost. */

after(closeBrowser)

async function installation(): Promise<TestServer> {
  const server = await testServer()
  await addUser(server.world, 'boss', { role: 'owner' })
  return server
}

/** A dialog half filled in. */
async function typeUser(page: Page) {
  await page.goto('/console/users?new')
  const dialog = page.getByRole('dialog')
  const handle = dialog.getByRole('textbox', { name: 'Handle' })
  await handle.fill('grace')
  const create = () => dialog.getByRole('button', { name: /^(Create|Try again)$/ }).click()
  return { dialog, handle, create }
}

test('a server that cannot be reached is named, what was typed stays, and the next try works', async () => {
  await using server = await installation()
  const { page } = await openConsole(server)
  const { dialog, handle, create } = await typeUser(page)
  await page.route('**/v1/**', route => route.abort('connectionrefused'))
  await create()
  await dialog.getByText('The server cannot be reached').waitFor()
  assert.equal(await handle.inputValue(), 'grace')
  await page.unroute('**/v1/**')
  await create()
  await page.getByRole('heading', { name: 'grace', level: 1 }).waitFor()
  await page.context().close()
})

test('a browser without network says so, fails at once instead of waiting, and goes on when it is back', async () => {
  await using server = await installation()
  const { page } = await openConsole(server)
  const { dialog, handle, create } = await typeUser(page)
  await page.context().setOffline(true)
  await page.getByText('You are offline').waitFor({ state: 'attached' })
  await create()
  await dialog.getByText('The server cannot be reached').waitFor()
  assert.equal(await handle.inputValue(), 'grace')
  await page.context().setOffline(false)
  await page.getByText('You are offline').waitFor({ state: 'detached' })
  await create()
  await page.getByRole('heading', { name: 'grace', level: 1 }).waitFor()
  await page.context().close()
})

const REFUSED = [
  { status: 403, code: 'not-allowed', says: 'Not allowed for your role' },
  { status: 429, code: 'rate-limited', says: 'Wait a minute' },
  { status: 500, code: 'internal', says: 'The server failed' },
] as const

test('a page that is refused or broken says what to do and under which id it is remembered', async () => {
  await using server = await installation()
  const { page } = await openConsole(server)
  for (const { status, code, says } of REFUSED) {
    await page.route('**/v1/users?**', route =>
      route.fulfill({ status, json: { title: 'Refused', status, code, request_id: `request-${status}` } }),
    )
    await page.route('**/v1/users', route =>
      route.fulfill({ status, json: { title: 'Refused', status, code, request_id: `request-${status}` } }),
    )
    await page.goto('/console/users')
    await page.getByRole('alert').getByText(says).waitFor()
    await page.getByText(`request-${status}`).waitFor()
    assert.deepEqual(await findBarriers(page), [], says)
    await page.unrouteAll({ behavior: 'wait' })
    if (status === 403) continue
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('link', { name: 'boss' }).waitFor()
  }
  await page.context().close()
})

test('a session that ends under a half-filled dialog loses nothing: one signs in beside it and goes on', async () => {
  await using server = await installation()
  const { page } = await openConsole(server)
  const { dialog, handle, create } = await typeUser(page)
  await page.context().clearCookies()
  await create()
  await dialog.getByText('You are signed out').waitFor()
  assert.equal(await handle.inputValue(), 'grace')

  const [beside] = await Promise.all([
    page.context().waitForEvent('page'),
    dialog.getByRole('link', { name: 'Sign in again' }).click(),
  ])
  await signInBeside(beside)
  await comeBack(page)
  await create()
  await page.getByRole('heading', { name: 'grace', level: 1 }).waitFor()
  await page.context().close()
})

test('a dangerous deed asks for the password once the sign-in is old, and goes on after it', async () => {
  await using server = await installation()
  const eve = await addUser(server.world, 'eve')
  const { page } = await openConsole(server)
  await beOld(server, page)
  await page.goto(`/console/users/${eve.id}`)
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  const proof = page.getByRole('dialog', { name: 'Is it you?' })
  await proof.waitFor()
  assert.ok(await server.world.users.byId(eve.id))
  assert.deepEqual(await findBarriers(page), [])
  await proof.getByRole('button', { name: 'Cancel' }).click()
  await dialog.getByText('Confirm that it is you').waitFor()
  assert.ok(await server.world.users.byId(eve.id))

  await dialog.getByRole('button', { name: 'Try again' }).click()
  await proof.getByLabel('Your password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor()
  assert.equal(await server.world.users.byId(eve.id), undefined)
  await page.context().close()
})

/** The session of the browser becomes one that proved itself two hours ago. */
async function beOld(server: TestServer, page: Page): Promise<void> {
  const { world } = server
  const boss = await world.users.byName('boss')
  assert.ok(boss)
  const now = world.now()
  const { secret } = await openSession({ ...world, now: () => now - 2 * HOUR }, asUser(boss), { methods: ['pwd'] })
  const cookies = await page.context().cookies()
  const session = cookies.find(({ value }) => value.startsWith('clv_ses_'))
  assert.ok(session)
  await page.context().addCookies([{ ...session, value: secret }])
}

async function signInBeside(beside: Page): Promise<void> {
  await beside.getByLabel('Password', { exact: true }).fill(PASSWORD)
  const name = beside.locator('[name=username]')
  if ((await name.inputValue()) === '') await name.fill('boss')
  await Promise.all([beside.waitForURL(url => url.pathname !== '/login'), beside.keyboard.press('Enter')])
  await beside.close()
}

/** Coming back to the tab reads the session anew; only then are its requests believed. */
async function comeBack(page: Page): Promise<void> {
  const read = page.waitForResponse(answer => answer.url().endsWith('/v1/session') && answer.ok())
  await page.bringToFront()
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await read
}

test('a page that was never opened before comes as soon as the connection is back', async () => {
  await using server = await testServer()
  await addUser(server.world, 'boss', { role: 'owner' })
  const { page } = await openConsole(server)
  await page.context().setOffline(true)
  await page.getByRole('navigation').getByRole('link', { name: 'Applications', exact: true }).click()
  await page.getByRole('main').getByText('This page could not be loaded').waitFor()
  await page.context().setOffline(false)
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('heading', { name: 'Applications', level: 1 }).waitFor()
})
