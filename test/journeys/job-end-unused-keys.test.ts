import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { DAY } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { findBarriers, openConsole } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { job } from '../kit/steps.ts'
import { command } from '../kit/warm-command.ts'

/* Find keys unused for 60 days and end them. */

let server: TestServer
const ids = new Map<string, string>()
before(async () => {
  server = await testServer()
  await addUser(server.world, 'boss', { role: 'owner' })
  await fill('')
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

/** Made so many days ago, and used so many days ago. */
const KEYS = { idle: [100, 70], forgotten: [90], lively: [100, 2], 'not so long': [100, 50], fresh: [1] } as const

async function fill(prefix: string): Promise<void> {
  const { world } = server
  const { id: userId } = await addUser(world, `ada${prefix}`)
  const now = world.now()
  const used = new Map<string, number>()
  for (const [name, [made, last]] of Object.entries(KEYS) as [string, readonly number[]][]) {
    const then = { ...world, now: () => now - (made ?? 0) * DAY }
    const ask = { kind: 'api-key' as const, userId, name: `${prefix}${name}`, scopes: ['read'] }
    const { credential } = await issueKey(then, OPERATOR, ask)
    ids.set(`${prefix}${name}`, credential.id)
    if (last !== undefined) used.set(credential.id, now - last * DAY)
  }
  await world.usage.add([], used, [])
}
const living = async (prefix: string) => {
  const states = await Promise.all(
    Object.keys(KEYS).map(async name => {
      const found = await server.world.credentials.byId(ids.get(`${prefix}${name}`) ?? '')
      return found?.revokedAt === undefined ? [name] : []
    }),
  )
  return states.flat()
}

test('from the start page in six steps, with a question that says what breaks', async () => {
  const { page, complaints } = await openConsole(server)
  const { step, taken } = job(6)
  await step('Credentials', () => page.getByRole('link', { name: 'Credentials', exact: true }).click())
  await page.getByText('5 credentials shown').waitFor()
  await step('unused for', () => page.getByRole('combobox', { name: 'Unused for' }).click())
  await step('60 days', () => page.getByRole('option', { name: '60 days' }).click())
  await page.getByText('2 credentials shown').waitFor()
  assert.deepEqual(await findBarriers(page), [])
  assert.equal(await page.getByRole('cell', { name: 'Unused', exact: true }).count(), 2)
  await step('all of them', () => page.getByRole('checkbox', { name: 'Choose all shown' }).check())
  await step('revoke', () => page.getByRole('button', { name: 'Revoke 2 chosen' }).click())
  const dialog = page.getByRole('dialog')
  const says = dialog.getByText(/1 owner\. 0 uses in the last 24 hours\. Last used: 2 months ago/)
  await says.waitFor()
  await dialog.getByRole('listitem').filter({ hasText: 'forgotten' }).waitFor()
  assert.deepEqual(await living(''), Object.keys(KEYS))
  await step('yes', () => dialog.getByRole('button', { name: 'Revoke 2' }).click())
  await page.getByText('Revoked: 2 credentials').waitFor()
  assert.deepEqual(await living(''), ['lively', 'not so long', 'fresh'])
  assert.equal(taken(), 6)

  // What has ended stands behind a tab of its own.
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await page.getByText('3 credentials shown').waitFor()
  await page.getByText('Ended', { exact: true }).click()
  await page.getByRole('cell', { name: /^forgotten/ }).waitFor()
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test("the number of days is the person's: filter, badge and the list of what wants a look follow it", async () => {
  await fill('b-')
  const { page } = await openConsole(server)
  const look = page
    .getByRole('region', { name: 'Needs attention' })
    .or(page.locator('section', { hasText: 'Needs attention' }))
  await page.getByText('"b-idle"').waitFor()
  assert.equal(await page.getByText('"b-not so long"').count(), 0)
  await page.getByRole('combobox', { name: 'Unused for' }).fill('45')
  await page.getByRole('option', { name: '45 days' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await look.getByRole('button', { name: 'Show all' }).first().click()
  await look.getByText('"b-not so long"').first().waitFor()
  await page.goto('/console/credentials')
  const badge = (name: string) => page.getByRole('row').filter({ hasText: name }).getByText('Unused', { exact: true })
  await badge('b-not so long').waitFor()
  assert.equal(await badge('b-lively').count(), 0)
  await page.context().close()
})

test('columns sort where an index serves, and the order stands in the address', async () => {
  const { page } = await openConsole(server)
  await page.goto(`/console/credentials?owner=${(await server.world.users.byName('adab-'))?.id}`)
  const names = () => page.locator('tbody tr td:nth-child(2) a').allTextContents()
  await page.getByText('5 credentials shown').waitFor()
  await page.getByRole('button', { name: 'Last used' }).click()
  await page.waitForURL('**sort=-last_used_at**')
  await page.getByRole('columnheader', { name: 'Last used' }).and(page.locator('[aria-sort=descending]')).waitFor()
  await page.waitForFunction(() => document.querySelector('tbody tr td:nth-child(2) a')?.textContent === 'b-fresh')
  await page.getByRole('button', { name: 'Last used' }).click()
  await page.waitForURL('**sort=last_used_at**')
  await page.waitForFunction(() => document.querySelector('tbody tr td:nth-child(2) a')?.textContent === 'b-forgotten')
  assert.deepEqual(await names(), ['b-forgotten', 'b-idle', 'b-not so long', 'b-lively', 'b-fresh'])
  await page.context().close()
})

test('at the command line: listed, rehearsed, and ended in one go', async () => {
  await fill('c-')
  const run = (words: string[]) => command(words, { env: { CLAVIGER_DATA_DIR: server.dataDir } })
  const { json } = await run(['credential', 'list', '--user', 'adac-', '--unused-for', '60d', '--json'])
  const names = (json['items'] as { name: string }[]).map(({ name }) => name)
  assert.deepEqual(names.sort(), ['c-forgotten', 'c-idle'])
  const words = ['credential', 'revoke-all', '--user', 'adac-', '--unused-for', '60d']
  const rehearsed = await run([...words, '--dry-run'])
  assert.match(rehearsed.stdout, /unused for 60 days: c-(idle|forgotten), c-(idle|forgotten)/)
  const unasked = await run(words)
  assert.equal(unasked.code, 2)
  assert.deepEqual(await living('c-'), Object.keys(KEYS))
  assert.deepEqual((await run([...words, '--yes', '--json'])).json, { revoked: 2 })
  assert.deepEqual(await living('c-'), ['lively', 'not so long', 'fresh'])
  const sorted = await run(['key', 'list', '--user', 'adac-', '--sort', 'last-used', '--oldest-first', '--json'])
  assert.deepEqual(
    (sorted.json['items'] as { name: string }[]).map(({ name }) => name),
    ['c-not so long', 'c-lively', 'c-fresh'],
  )
})
