import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { closeBrowser, complaintsOf, openBrowser, openPage } from '../kit/browser.ts'
import { addClient, addUser, authorizeUrl, PASSWORD, pkce } from '../kit/cast.ts'
import { eventually } from '../kit/eventually.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Chromium judges every redirect that follows a form: the application's callback may go on to where it likes. */

let server: TestServer
const { challenge } = pkce()

before(async () => {
  server = await testServer()
  for (const handle of ['alice', 'bob', 'carol']) await addUser(server.world, handle)
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

/** A site of its own origin, which remembers the addresses it was asked for. */
async function site(answer: RequestListener) {
  const seen: string[] = []
  const http = createServer((request, response) => {
    seen.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, seen, [Symbol.asyncDispose]: async () => void http.close() }
}
const onTo =
  (address: () => string): RequestListener =>
  (_request, response) =>
    void response.writeHead(302, { location: address() }).end()

async function enter(page: Page, handle: string): Promise<void> {
  await page.getByLabel('User name').fill(handle)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
}

test('a callback that goes on over two more origins is followed to its end, after consent and after a sign-in alone', async () => {
  await using end = await site((_request, response) => void response.end('<title>Home</title>'))
  await using middle = await site(onTo(() => `${end.origin}/home`))
  await using callback = await site(onTo(() => `${middle.origin}/session`))
  const redirect_uri = `${callback.origin}/callback`
  const { client } = await addClient(server.world, { redirectUris: [redirect_uri] })
  const address = server.url + authorizeUrl(client.id, challenge, { redirect_uri })

  const page = await openPage()
  const complaints = complaintsOf(page)
  await page.goto(address)
  await enter(page, 'alice')
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.waitForURL(`${end.origin}/home`)
  assert.match(callback.seen[0] ?? '', /^\/callback\?code=clv_code_/)

  // The consent is remembered: the redirect follows the form of the sign-in itself.
  const { code } = Object.fromEntries(new URL(callback.seen[0] ?? '', callback.origin).searchParams)
  const stored = await server.world.credentials.findAny(server.world.vault.fingerprint(code ?? ''))
  await server.installation.engine.write(tx =>
    tx
      .updateTable('grants')
      .set({ activated_at: 1 })
      .where('id', '=', stored?.grantId ?? '')
      .execute(),
  )
  const fresh = await openPage()
  const more = complaintsOf(fresh)
  await fresh.goto(address)
  await enter(fresh, 'alice')
  await fresh.waitForURL(`${end.origin}/home`)

  // No is an answer, too, and goes the same way.
  const third = await openPage()
  await third.goto(`${address}&prompt=consent`)
  await enter(third, 'bob')
  await third.getByRole('button', { name: 'Deny' }).click()
  await third.waitForURL(`${end.origin}/home`)
  assert.match(callback.seen.at(-1) ?? '', /error=access_denied/)
  assert.deepEqual(
    [...complaints, ...more].filter(text => /polic/i.test(text)),
    [],
  )
  for (const one of [page, fresh, third]) await one.context().close()
})

test('a callback that goes on to the scheme of a program is followed there', async () => {
  await using callback = await site(onTo(() => 'cursor://anysphere.cursor/callback?done=yes'))
  const redirect_uri = `${callback.origin}/callback`
  const { client } = await addClient(server.world, { redirectUris: [redirect_uri] })
  const page = await openPage()
  const complaints = complaintsOf(page)
  const failed: string[] = []
  page.on('requestfailed', request => failed.push(`${request.url()} ${request.failure()?.errorText}`))
  await page.goto(server.url + authorizeUrl(client.id, challenge, { redirect_uri }))
  await enter(page, 'bob')
  await page.getByRole('button', { name: 'Allow' }).click()
  // No program of this machine takes the scheme; that the browser asked for one is all that can be seen.
  await eventually(async () => failed.some(text => text.includes('cursor://') || text.includes('/callback')))
  assert.match(callback.seen[0] ?? '', /^\/callback\?code=clv_code_/)
  assert.ok(
    failed.every(text => !text.includes('BLOCKED')),
    failed.join(),
  )
  assert.deepEqual(
    complaints.filter(text => /polic|refused to/i.test(text)),
    [],
  )
  await page.context().close()
})

/** Tabs of one fresh profile, whose first requests all leave the browser before any is answered. */
async function tabsAtOnce(context: BrowserContext, count: number, address: (tab: number) => string): Promise<Page[]> {
  const pages = await Promise.all(Array.from({ length: count }, () => context.newPage()))
  let waiting = 0
  let open = () => {}
  const all = new Promise<void>(resolve => {
    open = resolve
  })
  await context.route('**/oauth2/authorize?*', async route => {
    if (++waiting === count) open()
    await all
    await route.continue()
  })
  await Promise.all(pages.map((page, i) => page.goto(address(i))))
  await context.unroute('**/oauth2/authorize?*')
  return pages
}

test('tabs that open at the same moment in a fresh profile each sign in and arrive, in whatever order', async () => {
  await using callback = await site((_request, response) => void response.end('<title>Home</title>'))
  const redirect_uri = `${callback.origin}/callback`
  const { client } = await addClient(server.world, { redirectUris: [redirect_uri] })
  const context = await (await openBrowser()).newContext({ locale: 'en-GB' })
  const address = (i: number) =>
    server.url + authorizeUrl(client.id, challenge, { redirect_uri, state: `tab${i}`, prompt: 'consent' })
  const [first, second, third] = (await tabsAtOnce(context, 3, address)) as [Page, Page, Page]
  await enter(second, 'carol')
  await second.getByRole('button', { name: 'Allow' }).waitFor()
  await enter(first, 'carol')
  await first.getByRole('button', { name: 'Allow' }).waitFor()
  await second.getByRole('button', { name: 'Allow' }).click()
  await second.waitForURL(`${redirect_uri}*`)
  await first.getByRole('button', { name: 'Allow' }).click()
  await first.waitForURL(`${redirect_uri}*`)
  // A tab that was reloaded meanwhile has nothing left to ask but the consent.
  await third.reload()
  await third.getByRole('button', { name: 'Allow' }).click()
  await third.waitForURL(`${redirect_uri}*`)
  const states = callback.seen.filter(url => url.startsWith('/callback')).map(url => new URL(url, callback.origin))
  assert.deepEqual(
    states.map(url => url.searchParams.get('state')),
    ['tab1', 'tab0', 'tab2'],
  )
  assert.ok(states.every(url => url.searchParams.get('code')))
  await context.close()
})

test('a browser that keeps no cookies is told to allow them, and nothing is said of forgery', async () => {
  const { client } = await addClient(server.world)
  const page = await openPage()
  await page.goto(server.url + authorizeUrl(client.id, challenge))
  await page.context().clearCookies()
  await enter(page, 'alice')
  await page.getByText('Allow cookies for this site').waitFor()
  assert.doesNotMatch(await page.content(), /forgery/i)
  await page.getByRole('link', { name: 'Go on here' }).click()
  await enter(page, 'alice')
  await page.getByRole('button', { name: 'Allow' }).waitFor()
  await page.context().close()
})
