import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openSetUp } from '../../src/core/sign-in/open-set-up.ts'
import { OUT_OF_BAND } from '../../src/model/clients/client.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { accessibilityFaults, arrive, closeBrowser, openPage } from '../kit/browser.ts'
import { addClient, addUser, authorizeUrl, PASSWORD, pkce } from '../kit/cast.ts'
import { type TestServer, testServer } from '../kit/server.ts'

let server: TestServer
let plain: string
let oob: string
const { challenge } = pkce()

before(async () => {
  server = await testServer()
  await addUser(server.world)
  const entry = { at: 1, event: 'created', about: 'scope', actor: 'x' } as const
  await server.world.scopes.put({ scope: 'zoo', sentence: 'open every cage of the zoo', risk: 'high' }, entry)
  const scopes = ['read', 'write:statuses', 'zoo', 'unheard-of']
  plain = (await addClient(server.world, { source: 'portal', website: 'https://diary.example', scopes })).client.id
  oob = (await addClient(server.world, { redirectUris: [OUT_OF_BAND], policy: { outOfBand: 'allowed' } })).client.id
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

/** Every page, in the order in which one browser meets them. */
const PAGES: readonly { name: string; open: (page: Page) => Promise<unknown> }[] = [
  {
    name: 'sign-in',
    open: page =>
      page.goto(server.url + authorizeUrl(plain, challenge, { scope: 'read write:statuses zoo unheard-of' })),
  },
  { name: 'sign-in with a problem', open: page => enter(page, 'wrong') },
  { name: 'consent', open: page => enter(page, PASSWORD) },
  {
    name: 'error',
    open: page => page.goto(`${server.url}/oauth2/authorize?client_id=x`).then(() => page.click('summary')),
  },
  { name: 'nothing here', open: page => page.goto(`${server.url}/nothing`) },
  {
    name: 'out-of-band code',
    open: page =>
      page
        .goto(server.url + authorizeUrl(oob, challenge, { redirect_uri: OUT_OF_BAND }))
        .then(() => arrive(page, () => page.getByRole('button', { name: 'Allow' }).click())),
  },
  { name: 'sign-out', open: page => page.goto(`${server.url}/logout`) },
  { name: 'switch', open: page => page.goto(`${server.url}/login?switch=yes`) },
  { name: 'register', open: page => page.goto(`${server.url}/register`) },
  { name: 'register with a problem', open: page => enter(page, 'x') },
  {
    name: 'set-up',
    open: async page =>
      page.goto(`${server.url}/setup/${(await openSetUp(server.world, OPERATOR, { opensFor: 'another' })).secret}`),
  },
]

async function enter(page: Page, password: string): Promise<void> {
  await page.locator('#username').fill('alice')
  await page.locator('#password').fill(password)
  await arrive(page, () => page.locator('button[type=submit]').click())
}

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe-core finds nothing on any page, narrow or wide, and none scrolls sideways: ${colorScheme}`, async () => {
    const page = await openPage({ colorScheme })
    for (const { name, open } of PAGES) {
      await open(page)
      for (const width of [360, 390, 1440]) {
        await page.setViewportSize({ width, height: 740 })
        assert.deepEqual(await accessibilityFaults(page), [], `${name}, ${width} px`)
        const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        assert.ok(Number(beyond) <= 0, `${name} is wider than ${width} px`)
      }
    }
    await page.context().close()
  })
