import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { findBarriers, openConsole } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* One box that finds everything, and keys for what is done often. */

let server: TestServer
let key: { id: string; secret: string; hint: string }
let requestId: string
before(async () => {
  server = await testServer()
  const { world } = server
  await addUser(world, 'boss', { role: 'owner' })
  await addUser(world, 'watcher', { role: 'auditor' })
  const { id: userId } = await addUser(world, 'partner')
  await addClient(world, { name: 'Partner portal' })
  const ask = { kind: 'api-key' as const, userId, name: 'Partner feed', scopes: ['read'] }
  const { credential, secret } = await issueKey(world, OPERATOR, ask)
  key = { id: credential.id, secret, hint: credential.hint }
  const refused = await fetch(`${server.url}/v1/users`, { headers: { authorization: `Bearer ${secret}` } })
  requestId = refused.headers.get('x-request-id') ?? ''
  await world.recorder.flush()
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

const box = (page: Page) => page.getByRole('combobox', { name: 'Find anything' })
async function look(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await box(page).fill(text)
}

test('Ctrl K finds pages, users, applications, credentials by name and by hint, requests, and goes there by Enter', async () => {
  const { page, complaints } = await openConsole(server)
  for (const [typed, option, place] of [
    ['sign', /^Signing keys/, '/signing-keys'],
    ['partn', /^partner user$/, '/users/'],
    ['partner por', /^Partner portal application$/, '/applications/'],
    ['partner fe', /^Partner feed API key · partner · clv_key_/, `/credentials/${key.id}`],
    [key.hint, /^Partner feed/, `/credentials/${key.id}`],
    [key.hint.slice(-4), /^Partner feed/, `/credentials/${key.id}`],
    [requestId, /was refused at Claviger/, `/explain?request=${requestId}`],
  ] as const) {
    await look(page, typed)
    await page.getByRole('option', { name: option }).first().waitFor()
    if (typed === 'partn') assert.deepEqual(await findBarriers(page), [])
    // The first of what fits is chosen already.
    const first = page.getByRole('option').first()
    if (await first.filter({ hasText: option }).count()) await page.keyboard.press('Enter')
    else await page.getByRole('option', { name: option }).first().click()
    await page.waitForURL(url => url.href.includes(place))
    await box(page).waitFor({ state: 'detached' })
  }
  await look(page, 'create a us')
  await page.keyboard.press('Enter')
  const form = page.getByRole('dialog', { name: 'Create a user' })
  await form.waitFor()
  await page.keyboard.press('Control+k')
  assert.equal(await box(page).count(), 0, 'a form that is open is not covered')
  await page.keyboard.press('Escape')
  await form.waitFor({ state: 'detached' })
  await look(page, 'nothing-is-called-so')
  await page.getByText('Nothing found.').waitFor()
  await page.keyboard.press('Escape')
  await box(page).waitFor({ state: 'detached' })
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('a pasted secret leads to its credential, and stands in no address, no storage, no history and no journal', async () => {
  const { page } = await openConsole(server)
  const addresses: string[] = []
  page.on('request', request => addresses.push(request.url()))
  page.on('framenavigated', frame => addresses.push(frame.url()))
  await look(page, key.secret)
  await page.getByRole('option', { name: /^Partner feed/ }).click()
  await page.waitForURL(`**/credentials/${key.id}`)
  await page.getByRole('heading', { name: 'Partner feed' }).waitFor()
  await server.world.recorder.flush()
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, history.state, location.href]))
  const noted = JSON.stringify((await server.world.journal.list({}, { limit: 200 })).items)
  for (const text of [kept, noted, ...addresses]) assert.equal(text.includes(key.secret), false)

  // Where a search stands in the address, a secret is not taken.
  await page.goto('/console/credentials')
  await page.getByRole('searchbox', { name: 'Search' }).fill(key.secret)
  await page.getByText('That is a secret').waitFor()
  await page.waitForTimeout(600)
  assert.equal(page.url().includes('clv_'), false)
  assert.equal(
    addresses.some(address => address.includes(key.secret)),
    false,
  )
  await page.context().close()
})

test('keys lead to pages and searches where a person does not type, stand on a page of their own, and can be switched off', async () => {
  const { page } = await openConsole(server)
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('?gc')
  assert.equal(await page.getByRole('searchbox', { name: 'Search' }).inputValue(), '?gc')
  await page.getByRole('heading', { name: 'Activity', level: 1 }).click()
  await page.keyboard.press('?')
  await page.getByRole('heading', { name: 'Keyboard shortcuts', level: 1 }).waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await page.getByRole('switch', { name: 'Single keys' }).click()
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await page.keyboard.press('Control+k')
  await box(page).waitFor()
  assert.ok(page.url().endsWith('/shortcuts'))
  await page.context().close()
})

test('what a person may not do is offered to them neither there nor by a key, and at the command line the same is found', async () => {
  const { page } = await openConsole(server, 'watcher')
  await look(page, 'create')
  await page.getByText('Nothing found').waitFor()
  await page.context().close()
  const run = (words: string[], input = '') =>
    command([...words, '--json'], { env: { CLAVIGER_DATA_DIR: server.dataDir }, input })
  const found = async (words: string[], input = '') =>
    ((await run(words, input)).json['items'] as { is: string; id: string }[]).map(({ is, id }) => `${is} ${id}`)
  assert.deepEqual(await found(['find'], key.secret), [`credential ${key.id}`])
  assert.equal((await found(['find', 'partner'])).length, 3)
  assert.deepEqual(await found(['find', requestId]), [`request ${requestId}`])
})
