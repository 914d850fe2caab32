import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { german } from '../../web/german/german.ts'
import { arrive, closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { findBarriers, openConsole } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'

const sections = readFileSync(join(import.meta.dirname, '../../web/src/sections.ts'), 'utf8')
/** The pages that need no id of a thing. */
const PAGES = [...new Set([...sections.matchAll(/path: '(\/[^':]*)'/g)].map(([, path = '']) => path))]
/** Texts of two words and more that German says otherwise. */
const english = Object.keys(german).filter(text => / /.test(text) && german[text] !== text && !text.includes('{'))

let server: TestServer
let boss: Awaited<ReturnType<typeof addUser>>
before(async () => {
  server = await testServer()
  boss = await addUser(server.world, 'boss', { role: 'auditor' })
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

/** What can be read or heard on the page, line by line. */
const linesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [
      // biome-ignore lint/performance/useDomNodeTextContent: only what is visible counts.
      ...document.body.innerText.split('\n'),
      ...[...document.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap(element =>
        ['aria-label', 'placeholder', 'title'].map(name => element.getAttribute(name) ?? ''),
      ),
      document.title,
    ].map(line => line.trim()),
  )

/** Follows an address inside the console, and waits until nothing is loading any more. */
async function turnTo(page: Page, path: string): Promise<void> {
  await page.evaluate(to => history.pushState(null, '', to), `/console${path}`)
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.mantine-Skeleton-root'))
}

test('every page of the console is read in German where the browser prefers it, on a phone, too', async () => {
  assert.ok(PAGES.length > 10 && english.length > 50, 'pages and texts were read')
  const { page, complaints } = await openConsole(server, 'boss', {
    locale: 'de-DE',
    viewport: { width: 390, height: 844 },
  })
  assert.equal(await page.evaluate('document.documentElement.lang'), 'de')
  for (const path of PAGES) {
    await turnTo(page, path)
    const lines = await linesOf(page)
    const left = english.filter(text => lines.includes(text))
    assert.deepEqual(left, [], path)
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, `${path} scrolls`)
  }
  assert.deepEqual(await findBarriers(page), [])
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('the choice of a language keeps the page, and holds for the other pages of the server', async () => {
  const { page } = await openConsole(server, 'boss', { locale: 'en-GB' })
  await page.goto('/console/sessions?owner=x')
  const choose = (name: string) => arrive(page, () => page.getByRole('button', { name, exact: true }).click())
  await choose('Deutsch')
  await page.getByRole('heading', { level: 1, name: 'Sitzungen' }).waitFor()
  assert.equal(new URL(page.url()).search, '?owner=x')
  assert.equal(await page.getByRole('button', { name: 'Deutsch' }).getAttribute('aria-current'), 'true')
  await page.goto('/account')
  assert.equal(await page.evaluate('document.documentElement.lang'), 'de')
  await arrive(page, () => page.goto('/account?lang=en'))
  await page.goto('/console/sessions')
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor()
  await page.context().close()
})

test('a refusal is said in German by its code', async () => {
  const { page } = await openConsole(server, 'boss', { locale: 'de-DE' })
  await page.goto('/console/users/none')
  await page.getByText('Diesen Benutzer gibt es nicht.').waitFor()
  await page.context().close()
})

test('what the rules of a check found and needed is said in German, and its times by the local clock', async () => {
  const { world } = server
  const expiresAt = world.now() + 86_400_000
  const key = { kind: 'api-key' as const, userId: boss.id, name: 'Bericht', scopes: ['read'], expiresAt }
  const { secret } = await issueKey(world, OPERATOR, key)
  const { page } = await openConsole(server, 'boss', { locale: 'de-DE' })
  await page.goto('/console/explain')
  await page.getByLabel('Anfragenummer oder Zugangsdaten').fill(secret)
  const scopes = page.getByRole('combobox', { name: 'Nötige Rechte' })
  await scopes.fill('write')
  await scopes.press('Enter')
  await page.getByRole('button', { name: 'Erklären', exact: true }).click()
  const rules = page.getByRole('table', { name: 'Regeln' })
  for (const said of [/läuft ab am \d\d?\.\d\d?\.\d{4}, \d\d:\d\d:\d\d/, /boss ist aktiv/, /außerdem write/])
    await rules.getByRole('cell', { name: said }).waitFor()
  const text = (await rules.textContent()) ?? ''
  assert.doesNotMatch(text, /expires|is active|also |client|owner/)
  await page.context().close()
})
