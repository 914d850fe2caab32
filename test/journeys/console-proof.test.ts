import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { accessibilityFaults, closeBrowser } from '../kit/browser.ts'
import { addUser, PASSWORD } from '../kit/cast.ts'
import { setClock } from '../kit/clock.ts'
import { openConsole } from '../kit/console.ts'
import { withFactor } from '../kit/second-factor.ts'
import { testServer } from '../kit/server.ts'
import { codeOf } from '../kit/zebbra.ts'

/* The console asks again for a proof, in place: what was typed stays, and the deed is done once it was given. */

const ELEVEN_MINUTES = 11 / 60
beforeEach(() => setClock(0))
after(closeBrowser)

test('a token that is made ten minutes after the sign-in asks for the password in place, and nothing typed is lost', async () => {
  await using server = await testServer()
  const boss = await addUser(server.world, 'boss', { role: 'owner' })
  const { page, complaints } = await openConsole(server)
  const made = async () =>
    (await server.world.credentials.list({ userId: boss.id, kinds: ['application-token'] }, { limit: 5 })).items
  await page.goto('/console/credentials/new')
  await page.getByRole('textbox', { name: 'Name' }).fill('Backup script')
  setClock(ELEVEN_MINUTES)
  const submit = page.getByRole('button', { name: /^Create/ }).last()
  await submit.click()
  const dialog = page.getByRole('dialog', { name: 'Is it you?' })
  await dialog.waitFor()
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [390, 1440]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      assert.deepEqual(await accessibilityFaults(page), [], `${colorScheme} ${width}`)
      if (process.env['SCREENSHOTS'])
        await page.screenshot({ path: `${process.env['SCREENSHOTS']}/console-proof-${colorScheme}-${width}.png` })
    }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  assert.deepEqual(await made(), [], 'nothing was done')
  assert.equal(await page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Backup script')
  await submit.click()
  await dialog.getByLabel('Your password').fill('guess')
  await page.keyboard.press('Enter')
  await dialog.getByText('missing or wrong').waitFor()
  await dialog.getByLabel('Your password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByTestId('secret').waitFor()
  assert.deepEqual(
    (await made()).map(({ name }) => name),
    ['Backup script'],
  )
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('who has a second factor is asked for its code, a recovery code is as good, and a staff member takes a lost factor off', async () => {
  await using server = await testServer()
  const { world } = server
  const boss = await addUser(world, 'boss', { role: 'owner' })
  const ann = await addUser(world, 'ann')
  await withFactor(world, ann)
  const { page, complaints } = await openConsole(server)
  const { codes, secret } = await withFactor(world, boss)
  setClock(ELEVEN_MINUTES)
  await page.goto(`/console/users/${ann.id}`)
  await page.getByRole('button', { name: 'Remove second factor' }).click()
  await page.getByRole('button', { name: 'Remove it' }).click()
  const dialog = page.getByRole('dialog', { name: 'Is it you?' })
  await dialog.getByLabel('Code').fill(codeOf(secret, { now: Date.now() }) === '000000' ? '000001' : '000000')
  await page.keyboard.press('Enter')
  await dialog.getByText('missing or wrong').waitFor()
  await dialog.getByLabel('Code').fill(codes[0] ?? '')
  await page.keyboard.press('Enter')
  await page.getByText('The password alone is enough to sign in.').waitFor()
  assert.equal((await world.users.byId(ann.id))?.secondFactor, false)
  const { items } = await world.journal.list({ userId: ann.id, event: 'changed' }, { limit: 5 })
  assert.deepEqual([items[0]?.detail?.['what'], items[0]?.actor], ['second factor removed', boss.id])
  setClock(ELEVEN_MINUTES * 2)
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByRole('textbox', { name: 'New password' }).fill('a quite new password')
  await page.getByRole('button', { name: 'Set it' }).click()
  await dialog.getByLabel('Code').fill(codeOf(secret, { now: Date.now() }))
  await page.keyboard.press('Enter')
  await page.getByText('Password changed').waitFor()
  assert.deepEqual(complaints, [])
  await page.context().close()
})
