import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { findHindrances, openConsole } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Every page of the console, in both themes and two widths, with names that mean harm. */

const HOSTILE = ['<img src=x onerror=alert(1)>', '=HYPERLINK("http://evil.example")', 'N'.repeat(100)]

let server: TestServer
let pages: string[]
before(async () => {
  server = await testServer()
  const { world } = server
  const boss = await addUser(world, 'boss', { role: 'owner' })
  const eve = await addUser(world, 'eve', { firstName: HOSTILE[0] as string })
  const key = { kind: 'api-key' as const, userId: eve.id, scopes: ['read', 'users:read'] }
  const [made] = await Promise.all(HOSTILE.map(name => issueKey(world, OPERATOR, { ...key, name })))
  const { client } = await addClient(world, { name: HOSTILE[0] as string, ownerId: boss.id })
  const api = { audience: 'https://api.example', name: HOSTILE[0] as string, scopes: ['read'] }
  const { clientId } = await createResource(world, OPERATOR, api)
  await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${made?.secret}` } })
  await world.recorder.flush()
  pages = [
    '',
    '/start',
    '/activity',
    '/explain',
    '/credentials',
    '/credentials/new',
    `/credentials/${made?.credential.id}`,
    '/users',
    `/users/${eve.id}`,
    '/applications',
    '/registrations',
    `/applications/${client.id}`,
    '/apis',
    ...['', '?tab=access', '?tab=refused', '?tab=settings'].map(tab => `/apis/${clientId}${tab}`),
    '/sessions',
    '/signing-keys',
    '/settings',
    '/nowhere',
  ]
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

const settled = async (page: Page, path: string) => {
  await page.goto(`/console${path}`)
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
  await page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root'))
}

test('every page, in both themes and two widths: axe-core finds nothing, nothing scrolls sideways, no policy is broken, no name becomes markup', async () => {
  const { page, complaints } = await openConsole(server)
  const found: string[] = []
  for (const path of pages) {
    await settled(page, path)
    assert.equal(await page.locator('img[src=x]').count(), 0, path)
    found.push(...(await findHindrances(page, path)))
  }
  assert.deepEqual(found, [])
  assert.deepEqual(complaints, [])
  await page.context().close()
})
