import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { closeBrowser } from '../kit/browser.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { openConsole } from '../kit/console.ts'
import { testServer } from '../kit/server.ts'

after(closeBrowser)

test('in the console staff settle the policy of one application, and read what it means before and after', async () => {
  await using server = await testServer()
  await addUser(server.world, 'boss', { role: 'owner' })
  const [site, phone] = [await addClient(server.world), await addClient(server.world, { type: 'public' })]
  const { page, complaints } = await openConsole(server)
  await page.goto(`/console/applications/${site.client.id}`)
  const pick = async (label: string, option: string) => {
    await page.getByRole('combobox', { name: label }).click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }
  await pick('PKCE', 'Checked only if sent')
  await page.getByText('Someone who steals a code can use it').waitFor()
  await pick('Redirects over plain http', 'Also to private networks')
  await page.getByText('Other machines in that network can read the codes').waitFor()
  await page.getByLabel('Code lifetime in seconds').fill('90')
  await page.getByRole('button', { name: 'Save policy' }).click()
  await page.getByText('Weaker than the standard').waitFor()
  await page.getByText('PKCE is checked only when it is sent').waitFor()
  const { policy } = (await server.world.clients.byId(site.client.id)) ?? {}
  assert.deepEqual([policy?.pkce, policy?.httpRedirects, policy?.codeSeconds], ['when-sent', 'private', 90])

  await page.goto(`/console/applications/${phone.client.id}`)
  await page.getByRole('combobox', { name: 'Consent' }).waitFor()
  assert.equal(await page.getByRole('combobox', { name: 'PKCE' }).count(), 0)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('what users see of an application in other languages is read and changed where the rest is', async () => {
  await using server = await testServer()
  await addUser(server.world, 'boss', { role: 'owner' })
  const { client } = await addClient(server.world)
  const { page, complaints } = await openConsole(server)
  await page.goto(`/console/applications/${client.id}`)
  const card = page.getByRole('region', { name: 'What users see' })
  const lines = card.getByLabel('In other languages')
  const save = async (text: string) => {
    await lines.fill(text)
    await card.getByRole('button', { name: 'Save' }).click()
    await card.getByRole('button', { name: 'Save', disabled: true }).waitFor()
    return (await server.world.clients.byId(client.id))?.metadata
  }
  const both = 'client_name#de=Berichte\npolicy_uri#fr=https://app.example/vie-privee'
  assert.partialDeepStrictEqual(await save(both), {
    names: { de: 'Berichte' },
    policyUris: { fr: 'https://app.example/vie-privee' },
  })
  await page.reload()
  assert.equal(await lines.inputValue(), both)
  assert.equal(Object.hasOwn((await save('client_name#de=Zahlen')) ?? {}, 'policyUris'), false)
  await lines.fill('client_nam#de=Falsch')
  await card.getByRole('button', { name: 'Save' }).click()
  await card.getByRole('alert').waitFor()
  assert.equal(await lines.inputValue(), 'client_nam#de=Falsch')
  assert.deepEqual(complaints, [])
  await page.context().close()
})
