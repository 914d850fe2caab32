import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { arrive, closeBrowser, openPage, signInAt } from '../kit/browser.ts'
import { addClient, addUser, authorizeUrl, PASSWORD, pkce } from '../kit/cast.ts'
import { openConsole } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/*
 * What a person sees of a name that means to look like another. Registration refuses what turns the direction of text;
 * rows of older systems may have it, and names in Hebrew or Arabic are names like any other.
 */

const CALLBACK = 'http://127.0.0.1:9/callback'
const TURNED = 'Bank\u202Eknab\u2066 Ltd\u200B'
const SPELLED = 'Bank[U+202E]knab[U+2066] Ltd[U+200B]'
const HEBREW = 'בנק 7'

let server: TestServer
let turned: string
let hebrew: string
const { challenge } = pkce()
const authorize = (client: string) => server.url + authorizeUrl(client, challenge, { redirect_uri: CALLBACK })

before(async () => {
  server = await testServer()
  const { world } = server
  const boss = await addUser(world, 'boss', { role: 'owner' })
  const mine = { redirectUris: [CALLBACK], ownerId: boss.id, source: 'portal' as const }
  turned = (await addClient(world, mine)).client.id
  hebrew = (await addClient(world, { ...mine, name: HEBREW })).client.id
  const entry = { at: 1, event: 'changed', about: 'client', aboutId: turned, actor: 'x' } as const
  await world.clients.change(turned, { name: TURNED }, entry)
  const key = { kind: 'api-key' as const, userId: boss.id, scopes: ['read'] }
  await issueKey(world, OPERATOR, { ...key, name: HEBREW })
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

/** Everything a page says: its text, its title, and what it says to those who listen. */
const saidBy = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const spoken = [...document.querySelectorAll('[aria-label], [title]')].flatMap(one =>
      ['aria-label', 'title'].map(name => one.getAttribute(name) ?? ''),
    )
    return [document.title, document.body.textContent, ...spoken].join('\n')
  })

async function spellsOut(page: Page, where: string): Promise<void> {
  await page.getByText(SPELLED).first().waitFor()
  const said = await saidBy(page)
  assert.doesNotMatch(said, /[\u202a-\u202e\u2066\u200b]/, where)
}

/** Where on the line some text stands, from its left edge to its right. */
const placeOf = (page: Page, text: string) =>
  page.evaluate(wanted => {
    const walker = document.createTreeWalker(document.querySelector('main') as Node, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const at = walker.currentNode.textContent?.indexOf(wanted) ?? -1
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(walker.currentNode, at)
      range.setEnd(walker.currentNode, at + wanted.length)
      const { left, right, top } = range.getBoundingClientRect()
      return { left, right, top: Math.round(top) }
    }
    throw new Error(`${wanted} is not on the page`)
  }, text)

test('on the way in, a name that turns direction is spelled out, and one in Hebrew turns nothing behind it', async () => {
  const page = await openPage({ viewport: { width: 1200, height: 900 } })
  await page.goto(authorize(turned))
  await spellsOut(page, 'sign-in')
  await page.goto(authorize(hebrew))
  const [name, host] = [await placeOf(page, 'בנק'), await placeOf(page, '(127.0.0.1')]
  assert.equal(name.top, host.top, 'on one line')
  assert.ok(name.right <= host.left + 1, 'where it leads stands after the name, as it reads')
  await page.goto(authorize(turned))
  await page.fill('[name=username]', 'boss')
  await page.fill('[name=password]', PASSWORD)
  await arrive(page, () => page.click('button[type=submit]'))
  await spellsOut(page, 'consent')
  await page.context().close()
})

test('the portal spells it out wherever it names it, and account and portal keep a name in Hebrew to itself', async () => {
  const page = await openPage({ baseURL: server.url })
  await signInAt(page, '/account', 'boss', PASSWORD)
  for (const path of ['/developers/apps', `/developers/apps/${turned}`]) {
    await page.goto(path)
    await spellsOut(page, path)
  }
  for (const path of ['/account/tokens', `/developers/apps/${hebrew}`]) {
    await page.goto(path)
    const heading = await page.getByRole('heading', { name: HEBREW }).textContent()
    assert.ok(heading?.startsWith(`\u2068${HEBREW}\u2069`), path)
  }
  await page.context().close()
})

test('the console spells it out, and a name in Hebrew leaves the line around it as it reads', async () => {
  const { page } = await openConsole(server)
  for (const path of ['/applications', '/registrations', `/applications/${turned}`]) {
    await page.goto(`/console${path}`)
    await spellsOut(page, path)
  }
  await page.goto('/console/credentials')
  const name = page.getByRole('link', { name: HEBREW })
  await name.waitFor()
  assert.equal(await name.locator('bdi').count(), 1)
  await page.context().close()
})
