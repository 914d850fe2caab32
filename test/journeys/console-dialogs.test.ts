import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { findHindrances, openConsole } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* What opens over a page is held to the same rules as the page. */

after(closeBrowser)

const HOSTILE = '<img src=x onerror=alert(1)>'

type Overlay = { name: string; at: string; open(page: Page): Promise<unknown>; seen: 'dialog' | 'menu' | 'listbox' }

async function overlaysOf({ world }: TestServer): Promise<Overlay[]> {
  const boss = await addUser(world, 'boss', { role: 'owner' })
  const eve = await addUser(world, 'eve')
  const key = { kind: 'api-key' as const, userId: boss.id, name: HOSTILE, scopes: ['read'] }
  const { credential } = await issueKey(world, OPERATOR, key)
  const { client } = await addClient(world, { name: HOSTILE, ownerId: boss.id })
  const press = (name: string | RegExp) => (page: Page) => page.getByRole('main').getByRole('button', { name }).click()
  const one = `/credentials/${credential.id}`
  return [
    { name: 'create a user', at: '/users', open: press('Create user'), seen: 'dialog' },
    { name: 'disable', at: `/users/${eve.id}`, open: press('Disable'), seen: 'dialog' },
    { name: 'set a password', at: `/users/${eve.id}`, open: press('Set password'), seen: 'dialog' },
    { name: 'rotate', at: one, open: press('Rotate'), seen: 'dialog' },
    { name: 'revoke', at: one, open: press('Revoke'), seen: 'dialog' },
    { name: 'delete an application', at: `/applications/${client.id}`, open: press('Delete'), seen: 'dialog' },
    {
      name: 'bulk revoke',
      at: '/credentials',
      open: async page => {
        await page.getByRole('checkbox', { name: HOSTILE.slice(0, 10) }).check()
        await press(/^Revoke 1/)(page)
      },
      seen: 'dialog',
    },
    {
      name: 'a filter',
      at: '/credentials',
      open: page => page.getByRole('combobox', { name: 'Status' }).or(page.getByLabel('Status')).first().click(),
      seen: 'listbox',
    },
    { name: 'copy as', at: '/credentials', open: press(/Copy as/), seen: 'menu' },
    {
      name: 'the secret',
      at: '/credentials/new?kind=application_token&name=Report&scopes=read',
      open: press('Create application token'),
      seen: 'dialog',
    },
  ]
}

test('dialogs, menus and filters, in both themes and two widths: axe-core finds nothing, no name becomes markup, nothing scrolls sideways', async () => {
  await using server = await testServer()
  const overlays = await overlaysOf(server)
  const { page, complaints } = await openConsole(server)
  const found: string[] = []
  for (const { name, at, open, seen } of overlays) {
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(`/console${at}`)
    await open(page)
    await page.getByRole(seen).filter({ visible: true }).first().waitFor()
    assert.equal(await page.locator('img[src=x]').count(), 0, name)
    found.push(...(await findHindrances(page, name)))
  }
  assert.deepEqual(found, [])
  assert.deepEqual(complaints, [])
  await page.context().close()
})
