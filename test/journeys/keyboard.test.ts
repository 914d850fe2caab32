import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { arrive, closeBrowser, openPage } from '../kit/browser.ts'
import { addClient, addUser, authorizeUrl, PASSWORD, pkce, redeem } from '../kit/cast.ts'
import { tabTo } from '../kit/console.ts'
import { testServer } from '../kit/server.ts'

/* The pages for everybody, by somebody without a mouse: Tab, Enter, Space and typing, nothing else. */

after(closeBrowser)

/** Tab until the field has the focus, then its old content gives way to what is typed. */
async function type(page: Page, role: 'textbox' | 'password', name: string, text: string): Promise<void> {
  if (role === 'textbox') await tabTo(page, 'textbox', name)
  else await tabToField(page, name)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}

/** A password field has no role of its own. */
async function tabToField(page: Page, label: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  for (let presses = 0; presses < 80; presses++) {
    if (await field.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${label} is not reached by Tab`)
}

const press = async (page: Page, role: string, name: string | RegExp) => {
  await tabTo(page, role, name)
  await arrive(page, () => page.keyboard.press('Enter'))
}

async function signIn(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await type(page, 'textbox', 'User name or e-mail', 'alice')
  await type(page, 'password', 'Password', PASSWORD)
}

const whoami = async (url: string, token: string): Promise<number> =>
  (await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })).status

test('by keyboard alone: a person makes a token of their own and revokes it', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const page = await openPage({ baseURL: server.url })
  await signIn(page, '/account/tokens')
  await arrive(page, () => page.keyboard.press('Enter'))
  await type(page, 'textbox', 'Name', 'Backup script')
  await press(page, 'button', 'Create token')
  const secret = await page.getByLabel('Token', { exact: true }).inputValue()
  assert.equal(await whoami(server.url, secret), 200)
  await press(page, 'link', 'I have stored it')
  await press(page, 'button', 'Revoke')
  await page.getByText('1 credential of 1 person').waitFor()
  await press(page, 'button', 'Revoke')
  await page.getByText('It stopped working everywhere.').waitFor()
  assert.equal(await whoami(server.url, secret), 401)
  await page.context().close()
})

test('by keyboard alone: a person allows an application and takes the access away again', async () => {
  await using server = await testServer()
  await addUser(server.world)
  // The application lives at an address where somebody answers, so that the browser arrives.
  const callback = `${server.url}/callback`
  const app = await addClient(server.world, { redirectUris: [callback] })
  const { challenge, verifier } = pkce()
  const page = await openPage({ baseURL: server.url })
  await signIn(page, authorizeUrl(app.client.id, challenge, { redirect_uri: callback }))
  await arrive(page, () => page.keyboard.press('Enter'))
  await press(page, 'button', 'Allow')
  const code = new URL(page.url()).searchParams.get('code') ?? ''
  const { access_token: token = '' } = await redeem(server.url, app, code, verifier, { redirect_uri: callback })
  assert.equal(await whoami(server.url, token), 200)

  await page.goto('/account/applications')
  await press(page, 'button', 'Revoke access')
  await page.getByText('The application can ask again.').waitFor()
  await press(page, 'button', 'Revoke access')
  await page.getByText('No application has access to your account').waitFor()
  assert.equal(await whoami(server.url, token), 401)
  await page.context().close()
})

test('by keyboard alone: a developer registers an application and gets a token for themselves', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const page = await openPage({ baseURL: server.url })
  await signIn(page, '/developers/apps')
  await arrive(page, () => page.keyboard.press('Enter'))
  await type(page, 'textbox', 'Name', 'Weather')
  await type(page, 'textbox', 'Scopes, separated by spaces', 'read')
  await press(page, 'button', 'Register')
  await press(page, 'link', 'Details')
  await press(page, 'button', 'Get a token for me')
  const token = await page.inputValue('#token')
  assert.equal(await whoami(server.url, token), 200)
  await page.context().close()
})

test('by keyboard alone: a person changes their password; the old one opens nothing any more', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const page = await openPage({ baseURL: server.url })
  await signIn(page, '/account/password')
  await arrive(page, () => page.keyboard.press('Enter'))
  await type(page, 'password', 'Present password', PASSWORD)
  await type(page, 'password', 'New password', 'another long phrase')
  await arrive(page, () => page.keyboard.press('Enter'))
  await page.getByText('Your password has been changed.').waitFor()

  const elsewhere = await openPage({ baseURL: server.url })
  await signIn(elsewhere, '/account')
  await arrive(elsewhere, () => elsewhere.keyboard.press('Enter'))
  await elsewhere.getByRole('alert').waitFor()
  assert.equal(new URL(elsewhere.url()).pathname, '/login')
  await Promise.all([page.context().close(), elsewhere.context().close()])
})
