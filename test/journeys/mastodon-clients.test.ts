import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { createOAuthAPIClient, createRestAPIClient } from 'masto'
import generator, { detector } from 'megalodon'
import type { Page } from 'playwright-core'
import { arrive, closeBrowser, openPage } from '../kit/browser.ts'
import { addUser, PASSWORD } from '../kit/cast.ts'
import { testServer } from '../kit/server.ts'

/* The two libraries most applications of the Mastodon family are built on, and a real browser in front of our pages. */

const server = await testServer()
await addUser(server.world, 'alice', { firstName: 'Alice' })
after(async () => {
  await closeBrowser()
  await server[Symbol.asyncDispose]()
})

/** A person signs in and presses Allow. */
async function allow(page: Page, url: string, application: string): Promise<void> {
  await page.goto(url)
  await page
    .getByLabel(/user|name|e-mail/i)
    .first()
    .fill('alice')
  await page.locator('input[type="password"]').fill(PASSWORD)
  await page.locator('button[type="submit"]').first().click()
  await page.getByRole('heading', { name: new RegExp(application) }).waitFor()
  const understood = page.locator('input[type="checkbox"][required]')
  if (await understood.count()) await understood.check()
  await page.getByRole('button', { name: 'Allow' }).click()
}

/** A web application that waits for its user to come back. */
async function callback(): Promise<{ uri: string; code: Promise<string>; close(): void }> {
  const { promise: code, resolve } = Promise.withResolvers<string>()
  const http = createServer((request, response) => {
    const arrived = new URL(request.url ?? '/', 'http://localhost').searchParams.get('code')
    if (arrived) resolve(arrived)
    response.end('Welcome back')
  }).listen(0, '127.0.0.1')
  await new Promise(done => http.once('listening', done))
  const { port } = http.address() as AddressInfo
  return { uri: `http://127.0.0.1:${port}/callback`, code, close: () => http.close() }
}

test('masto.js registers, signs in out-of-band in a real browser, verifies and gives the token back', async () => {
  const anonymous = createRestAPIClient({ url: server.url })
  const app = await anonymous.v1.apps.create({
    clientName: 'Masto journey',
    redirectUris: 'urn:ietf:wg:oauth:2.0:oob',
    scopes: 'read write',
  })
  assert.ok(app.clientId && app.clientSecret)
  const query = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: 'urn:ietf:wg:oauth:2.0:oob',
    response_type: 'code',
    scope: 'read write',
  })
  const page = await openPage()
  await allow(page, `${server.url}/oauth/authorize?${query}`, 'Masto journey')
  const code = await page.locator('#code').inputValue()

  const oauth = createOAuthAPIClient({ url: server.url })
  const token = await oauth.token.create({
    grantType: 'authorization_code',
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    redirectUri: 'urn:ietf:wg:oauth:2.0:oob',
    code,
  })
  assert.equal(token.tokenType, 'Bearer')
  assert.equal(token.scope, 'read write')

  const signedIn = createRestAPIClient({ url: server.url, accessToken: token.accessToken })
  const account = await signedIn.v1.accounts.verifyCredentials()
  assert.equal(account.username, 'alice')
  assert.equal(account.displayName, 'Alice')
  assert.equal((await signedIn.v1.apps.verifyCredentials()).name, 'Masto journey')
  assert.deepEqual(await signedIn.v1.notifications.list(), [])
  assert.equal((await signedIn.v2.instance.fetch()).domain, new URL(server.url).host)

  await oauth.revoke({ clientId: app.clientId, clientSecret: app.clientSecret, token: token.accessToken })
  await assert.rejects(signedIn.v1.accounts.verifyCredentials(), /revoked/)
})

test('megalodon finds out whom it speaks to, registers, is sent back to its own address, verifies and revokes', async () => {
  assert.equal(await detector(server.url), 'mastodon')
  const web = await callback()
  try {
    const client = generator('mastodon', server.url)
    const app = await client.registerApp('Megalodon journey', { redirect_uris: web.uri })
    const page = await openPage()
    await allow(page, app.url ?? '', 'Megalodon journey')
    await page.waitForURL(`${web.uri}?*`)
    assert.match((await page.textContent('body')) ?? '', /Welcome back/)

    const code = await web.code
    const token = await client.fetchAccessToken(app.client_id, app.client_secret, code, web.uri)
    const signedIn = generator('mastodon', server.url, token.access_token)
    const { data } = await signedIn.verifyAccountCredentials()
    assert.equal(data.username, 'alice')
    assert.equal((await signedIn.getInstance()).data.uri, new URL(server.url).host)

    await signedIn.revokeToken(app.client_id, app.client_secret, token.access_token)
    await assert.rejects(signedIn.verifyAccountCredentials(), { message: /401/ })
  } finally {
    web.close()
  }
})

test('megalodon in the words of GoToSocial signs in as well, and a denial ends without a token', async () => {
  const client = generator('gotosocial', server.url)
  const app = await client.registerApp('Gts journey', { scopes: ['read'] })
  const page = await openPage()
  await allow(page, app.url ?? '', 'Gts journey')
  const code = await page.locator('#code').inputValue()
  const token = await client.fetchAccessToken(app.client_id, app.client_secret, code)
  const { data } = await generator('gotosocial', server.url, token.access_token).verifyAccountCredentials()
  assert.equal(data.acct, 'alice')

  await page.goto(`${app.url}&force_login=true`)
  await arrive(page, () => page.getByRole('button', { name: 'Deny' }).click())
  assert.equal(await page.locator('#code').count(), 0)
  assert.match((await page.textContent('body')) ?? '', /access_denied/)
})
