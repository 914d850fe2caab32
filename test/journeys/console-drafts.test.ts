import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { openConsole } from '../kit/console.ts'
import { testServer } from '../kit/server.ts'

/* Forms of the console and what a person has typed into them. */

after(closeBrowser)

async function profile() {
  const server = await testServer()
  await addUser(server.world, 'boss', { role: 'owner' })
  const grace = await addUser(server.world, 'grace')
  const { page, complaints } = await openConsole(server)
  await page.getByRole('link', { name: 'Users' }).click()
  await page.getByRole('link', { name: 'grace' }).click()
  const handle = page.getByRole('textbox', { name: 'Handle' })
  await handle.waitFor()
  return { server, grace, page, complaints, handle, [Symbol.asyncDispose]: server.stop }
}

test('a form can be sent once something in it was changed; a refusal stands at its field and keeps the input', async () => {
  await using place = await profile()
  const { page, handle, grace, server } = place
  const save = page.getByRole('button', { name: 'Save', exact: true })
  assert.equal(await save.isDisabled(), true)

  await handle.fill('boss')
  await save.click()
  await page.getByRole('textbox', { name: 'Handle', description: /in use|taken/ }).waitFor()
  assert.equal(await handle.getAttribute('aria-invalid'), 'true')
  assert.equal(await handle.inputValue(), 'boss')

  await handle.fill('hopper')
  await save.click()
  await page.getByRole('heading', { name: 'hopper', level: 1 }).waitFor()
  assert.equal(await save.isDisabled(), true)
  assert.equal(await handle.getAttribute('aria-invalid'), null)
  assert.equal((await server.world.users.byId(grace.id))?.handle, 'hopper')
  assert.deepEqual(place.complaints, [])
})

test('whoever leaves a page with changes that are not saved is asked first, by a link as by the back button', async () => {
  await using place = await profile()
  const { page, handle } = place
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  await handle.fill('hopper')

  for (const leave of [
    () => page.getByRole('link', { name: 'Sessions' }).click(),
    () => page.evaluate('history.back()'),
  ]) {
    await leave()
    await dialog.getByRole('button', { name: 'Stay on this page' }).click()
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await handle.inputValue(), 'hopper')
    assert.match(page.url(), /\/users\/\w/)
  }

  await page.getByRole('link', { name: 'Sessions' }).click()
  await dialog.getByRole('button', { name: 'Leave without saving' }).click()
  await page.getByRole('heading', { name: 'Sessions', level: 1 }).waitFor()
  await page.goBack()
  await handle.waitFor()
  assert.equal(await handle.inputValue(), 'grace')

  await handle.fill('hopper')
  await handle.fill('grace')
  await page.getByRole('link', { name: 'Sessions' }).click()
  await page.getByRole('heading', { name: 'Sessions', level: 1 }).waitFor()
  assert.deepEqual(place.complaints, [])
})

test('a dialog keeps what was typed when it is closed by Escape, and forgets it by Cancel', async () => {
  await using place = await profile()
  const { page } = place
  await page.getByRole('link', { name: 'Users' }).click()
  const dialog = page.getByRole('dialog')
  const name = dialog.getByRole('textbox', { name: 'Handle' })
  const open = () => page.getByRole('main').getByRole('button', { name: 'Create user' }).click()
  await open()
  await name.fill('ada')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await open()
  assert.equal(await name.inputValue(), 'ada')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
  await open()
  assert.equal(await name.inputValue(), '')
  assert.deepEqual(place.complaints, [])
})
