import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { accessibilityFaults, arrive, closeBrowser, openPage, signInAt } from '../kit/browser.ts'
import { addUser, PASSWORD } from '../kit/cast.ts'
import { openConsole } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Where the system dictates the colours (a contrast theme), backgrounds and shadows say nothing any more. */

let server: TestServer
before(async () => {
  server = await testServer()
  await addUser(server.world, 'boss', { role: 'owner' })
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

const outlineOf = (one: Locator): Promise<string> =>
  one.evaluate(element => {
    const { outlineStyle, borderTopStyle, borderTopWidth } = getComputedStyle(element)
    return outlineStyle !== 'none' || (borderTopStyle !== 'none' && borderTopWidth !== '0px') ? 'lined' : 'bare'
  })
/** The picture of one thing; two states that look the same have the same. */
const looksOf = async (one: Locator): Promise<string> => (await one.screenshot({ timeout: 5000 })).toString('base64')

for (const colorScheme of ['light', 'dark'] as const) {
  test(`forced colours, ${colorScheme}: what is chosen, switched or current in the console is seen without its background`, async () => {
    const { page } = await openConsole(server, 'boss', { forcedColors: 'active', colorScheme })
    const nav = page.getByRole('navigation').getByRole('link')
    assert.equal(await outlineOf(nav.filter({ hasText: 'Overview' })), 'lined')
    assert.equal(await outlineOf(nav.filter({ hasText: 'Activity' })), 'bare')
    const label = (text: string) =>
      page.getByRole('radiogroup', { name: 'Time shown' }).locator('label', { hasText: text })
    assert.deepEqual([await outlineOf(label('24 hours')), await outlineOf(label('7 days'))], ['lined', 'bare'])
    await page.goto('/console/activity')
    const track = page.locator('.mantine-Switch-track')
    const on = await looksOf(track)
    await page.getByRole('switch', { name: 'Follow live' }).press('Space', { timeout: 5000 })
    assert.notEqual(await looksOf(track), on, 'on and off look different')
    assert.equal(await outlineOf(track), 'lined')
    await page.goto('/console/credentials/new')
    await paperAndInk(page)
    await page.context().close()
  })

  test(`forced colours, ${colorScheme}: the pages of the server keep their fields, buttons and problems apart`, async () => {
    const page = await openPage({ baseURL: server.url, forcedColors: 'active', colorScheme })
    await page.goto('/login')
    for (const one of [page.locator('[name=username]'), page.getByRole('button', { name: 'Sign in' })])
      assert.equal(await outlineOf(one), 'lined')
    await page.fill('[name=username]', 'boss')
    await page.fill('[name=password]', 'wrong')
    await arrive(page, () => page.getByRole('button', { name: 'Sign in' }).click())
    assert.equal(await outlineOf(page.getByRole('alert')), 'lined')
    await signInAt(page, '/account', 'boss', PASSWORD)
    const tabs = page.locator('.tabs a')
    assert.equal(await outlineOf(page.locator('.tabs [aria-current]')), 'lined')
    assert.equal(await outlineOf(tabs.nth(1)), 'bare')
    assert.deepEqual(await accessibilityFaults(page), [])
    await page.context().close()
  })
}

/** Nothing keeps a colour of its own that the paper of the system may swallow. */
async function paperAndInk(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Create application token' }).waitFor()
  const wrong = await page.evaluate(() => {
    const probe = document.createElement('p')
    probe.style.color = 'CanvasText'
    document.body.append(probe)
    const ink = getComputedStyle(probe).color
    probe.remove()
    return [...document.querySelectorAll('main h1, main label')]
      .filter(one => getComputedStyle(one).color !== ink)
      .map(one => one.textContent)
  })
  assert.deepEqual(wrong, [])
}
