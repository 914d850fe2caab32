import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { openSetUp } from '../../src/core/sign-in/open-set-up.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { arrive, closeBrowser, openPage } from '../kit/browser.ts'
import { addClient, addUser, PASSWORD } from '../kit/cast.ts'
import { openConsole, requireBuilt, tabTo } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* What staff come to the console for, each from the door to the effect on the API. */

after(closeBrowser)

async function installation() {
  const server = await testServer()
  const boss = await addUser(server.world, 'boss', { role: 'owner' })
  return { server, boss, [Symbol.asyncDispose]: server.stop }
}

const status = async (server: TestServer, secret: string): Promise<number> =>
  (await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${secret}` } })).status

const addKey = (server: TestServer, userId: string, name: string) =>
  issueKey(server.world, OPERATOR, { kind: 'application-token', userId, name, scopes: ['read'] })

test('the first person follows the set-up link, chooses a password and stands in the console as owner', async () => {
  requireBuilt()
  await using server = await testServer()
  const { secret } = await openSetUp(server.world, OPERATOR, { opensFor: 'first' })
  const page = await openPage({ baseURL: server.url, reducedMotion: 'reduce' })
  await page.goto(`/setup/${secret}`)
  await page.locator('[name=username]').fill('root')
  await page.locator('[name=password]').fill(PASSWORD)
  await arrive(page, () => page.locator('button[type=submit]').click())
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByText('Owner', { exact: true }).waitFor()
  assert.equal(page.url().includes(secret), false)

  await arrive(page, () => page.getByRole('button', { name: 'Sign out' }).click())
  await page.goto('/console')
  await page.waitForURL('**/login**')
  await page.context().close()
})

test('staff make a user, give them a role, and disabling them stops their tokens until they are enabled again', async () => {
  await using place = await installation()
  const { server } = place
  const { page, complaints } = await openConsole(server)
  await page.getByRole('link', { name: 'Users' }).click()
  await page.getByRole('button', { name: 'Create user' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Handle' }).fill('grace')
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('heading', { name: 'grace', level: 1 }).waitFor()
  const grace = await server.world.users.byName('grace')
  assert.ok(grace)
  const { secret } = await addKey(server, grace.id, 'Of Grace')
  assert.equal(await status(server, secret), 200)

  await page
    .getByRole('combobox', { name: 'Role' })
    .or(page.getByRole('textbox', { name: 'Role' }))
    .click()
  await page.getByRole('option', { name: 'Auditor' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Reads everything, changes nothing.').first().waitFor()
  await page.getByText('Saved').waitFor()
  assert.equal((await server.world.users.byId(grace.id))?.role, 'auditor')

  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await dialog.getByRole('button', { name: 'Disable', exact: true }).click()
  await page.getByRole('button', { name: 'Enable', exact: true }).waitFor()
  assert.equal(await status(server, secret), 403)
  await page.getByRole('button', { name: 'Enable', exact: true }).click()
  await page.getByRole('button', { name: 'Disable', exact: true }).waitFor()
  assert.equal(await status(server, secret), 200)

  // What can be undone offers it at once.
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await dialog.getByText(/^\d+ credentials? of 1 person, (not )?used/).waitFor()
  await dialog.getByRole('button', { name: 'Disable', exact: true }).click()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.getByText('Undone').waitFor()
  assert.equal(await status(server, secret), 200)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('the role operator deletes users and applications where it may change them, and reads signing keys nowhere', async () => {
  await using place = await installation()
  const { server } = place
  await addUser(server.world, 'olga', { role: 'operator' })
  const user = await addUser(server.world, 'leaving')
  const { client } = await addClient(server.world)
  const { page, complaints } = await openConsole(server, 'olga')
  assert.equal(await page.getByRole('link', { name: 'Signing keys' }).count(), 0)
  for (const address of [`/console/users/${user.id}`, `/console/applications/${client.id}`]) {
    await page.goto(address)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  assert.equal(await server.world.users.byId(user.id), undefined)
  assert.equal(await server.world.clients.byId(client.id), undefined)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('by keyboard alone: a token is replaced with an overlap, both work, and finishing ends the old one', async () => {
  await using place = await installation()
  const { server, boss } = place
  const { secret: old, credential } = await addKey(server, boss.id, 'Nightly report')
  const { page, complaints } = await openConsole(server)
  await tabTo(page, 'link', 'Credentials')
  await page.keyboard.press('Enter')
  await tabTo(page, 'link', 'Nightly report')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Nightly report', level: 1 }).waitFor()
  await tabTo(page, 'button', 'Rotate')
  await page.keyboard.press('Enter')
  await tabTo(page, 'button', 'Rotate it')
  await page.keyboard.press('Enter')
  await tabTo(page, 'button', 'Show')
  await page.keyboard.press('Enter')
  const fresh = (await page.getByLabel('The secret').textContent()) ?? ''
  await tabTo(page, 'checkbox', 'I stored it')
  await page.keyboard.press('Space')
  await tabTo(page, 'button', 'Done')
  await page.keyboard.press('Enter')
  await page.getByText('Both secrets work until the overlap ends.').waitFor()
  assert.deepEqual([await status(server, old), await status(server, fresh)], [200, 200])
  await tabTo(page, 'button', 'Finish now')
  await page.keyboard.press('Enter')
  const question = page.getByRole('dialog', { name: 'Revoke the old credential?' })
  await question.getByText('It ends for good: requests with it are refused within a second.').waitFor()
  await tabTo(page, 'button', 'Revoke it')
  await page.keyboard.press('Enter')
  await page.getByText('The old secret does not work any more.').waitFor()
  assert.deepEqual([await status(server, old), await status(server, fresh)], [401, 200])
  assert.ok((await server.world.credentials.byId(credential.id))?.revokedAt)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('several tokens are ticked and revoked together; the one that was not ticked goes on', async () => {
  await using place = await installation()
  const { server, boss } = place
  const [one, two, three] = [
    await addKey(server, boss.id, 'Old script'),
    await addKey(server, boss.id, 'Older script'),
    await addKey(server, boss.id, 'Still needed'),
  ]
  const { page } = await openConsole(server)
  await page.goto('/console/credentials')
  await page.getByRole('checkbox', { name: 'Old script' }).check()
  await page.getByRole('checkbox', { name: 'Older script' }).check()
  await page.getByRole('button', { name: 'Revoke 2 chosen' }).click()
  await page.getByText('in the last 24 hours. Last used').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke 2' }).click()
  await page.getByText('Revoked: 2 credentials').waitFor()
  assert.deepEqual(
    [await status(server, one.secret), await status(server, two.secret), await status(server, three.secret)],
    [401, 401, 200],
  )
  await page.context().close()
})

test('by keyboard alone: a refused credential is pasted and the page says which rule refused it', async () => {
  await using place = await installation()
  const { server, boss } = place
  const { secret, credential } = await addKey(server, boss.id, 'Lost laptop')
  await server.world.credentials.revoke(credential.id, {
    at: server.world.now(),
    event: 'revoked',
    about: 'credential',
    aboutId: credential.id,
    actor: boss.id,
    credentialId: credential.id,
  })
  const { page } = await openConsole(server)
  await tabTo(page, 'link', 'Explain')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Explain', level: 1 }).waitFor()
  const box = page.getByLabel('Request id or credential')
  for (let presses = 0; presses < 40; presses++) {
    if (await box.evaluate(element => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.insertText(secret)
  await page.keyboard.press('Enter')
  await page.getByText('Refused: it had been revoked', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Lost laptop' }).first().waitFor()
  await page.context().close()
})
