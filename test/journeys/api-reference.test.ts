import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser, openPage, signInAt } from '../kit/browser.ts'
import { addUser, PASSWORD } from '../kit/cast.ts'
import { findHindrances, requireBuilt } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'

let server: TestServer
let secret: string
before(async () => {
  requireBuilt('reference')
  server = await testServer()
  const boss = await addUser(server.world, 'boss', { role: 'owner' })
  const kind = 'application-token' as const
  const key = { kind, userId: boss.id, name: 'reference', scopes: ['users:read'] }
  secret = (await issueKey(server.world, OPERATOR, key)).secret
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

const WIDE = { viewport: { width: 1440, height: 900 } }

async function openReference(path = '/docs', options = WIDE): Promise<{ page: Page; asked: string[] }> {
  const page = await openPage(options)
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.goto(server.url + path)
  await page.getByRole('heading', { name: 'Claviger', exact: true }).waitFor()
  return { page, asked }
}

test('the reference allows scripts, styles and requests of this server alone', async () => {
  const { headers } = await fetch(`${server.url}/docs`)
  const policy = (headers.get('content-security-policy') ?? '').replace(/'nonce-\w{24}'/, "'nonce'")
  assert.deepEqual(policy.split('; '), [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ])
  assert.equal(headers.get('cache-control'), 'no-store')
})

test('reading, searching and sending with a token asks nothing of another server, and the token is not stored', async () => {
  const { page, asked } = await openReference()
  const refused: string[] = []
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text()) && !/inline style/.test(message.text()))
      refused.push(message.text())
  })
  await page.getByPlaceholder('Token').first().fill(secret)
  await page.goto(`${server.url}/docs#tag/users/GET/v1/users`)
  await page
    .getByRole('button', { name: /Test Request.*\/v1\/users\)?$/ })
    .first()
    .click()
  const answered = page.waitForResponse(answer => answer.url().startsWith(`${server.url}/v1/users`))
  await page.getByRole('button', { name: /^Send/ }).first().click()
  const answer = await answered
  assert.equal(answer.status(), 200)
  assert.equal(await answer.request().headerValue('authorization'), `Bearer ${secret}`)

  const outside = asked.filter(url => !url.startsWith(server.url) && !/^(data|blob):/.test(url))
  assert.deepEqual(outside, [])
  assert.deepEqual(refused, [])
  await page.waitForTimeout(500)
  const kept = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name)
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, names])
  })
  assert.equal(kept.includes(secret), false, kept)
})

test('samples come in curl, JavaScript, Python, Go and PHP', async () => {
  const { page } = await openReference('/docs#tag/users/GET/v1/users')
  await page.getByRole('button', { name: /Curl/ }).first().click()
  const choices = (await page.getByRole('option').allInnerTexts()).join(' ')
  for (const language of ['Curl', 'Fetch', 'http.client', 'NewRequest', 'cURL'])
    assert.ok(choices.includes(language), `${language} in ${choices}`)
})

test('the header names the reader and leads to the areas that the reader may open', async () => {
  const { page } = await openReference()
  const areas = page.getByRole('navigation', { name: 'Parts of this server' })
  assert.deepEqual(await areas.getByRole('link').allInnerTexts(), ['Developers', 'API reference', 'Account'])
  await signInAt(page, `${server.url}/login?next=/docs`, 'boss', PASSWORD)
  await page.goto(`${server.url}/docs`)
  assert.deepEqual(await areas.getByRole('link').allInnerTexts(), ['Console', 'Developers', 'API reference', 'Account'])
  assert.equal(await page.locator('.reader bdi').textContent(), 'boss')
  await areas.getByRole('link', { name: 'Console' }).click()
  await page.waitForURL('**/console')
  await areas.getByRole('link', { name: 'Account' }).waitFor()
  assert.deepEqual(await areas.getByRole('link').allInnerTexts(), ['Developers', 'API reference', 'Account'])
})

test('axe-core finds nothing on the reference, in both themes and two widths, and nothing scrolls sideways', async () => {
  const { page } = await openReference()
  await page.getByRole('button', { name: 'Copy' }).first().waitFor()
  assert.deepEqual(await findHindrances(page, '/docs'), [])
})
