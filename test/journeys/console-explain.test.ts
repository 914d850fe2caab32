import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { entry } from '../../src/model/journal.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { makeDemo } from '../../src/server/demo/make-demo.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { openConsole } from '../kit/console.ts'
import { testServer } from '../kit/server.ts'

/* From a refusal to its reason: the links of the console, and what a person pastes. */

after(closeBrowser)

async function installation() {
  const server = await testServer()
  const boss = await addUser(server.world, 'boss', { role: 'owner' })
  const { secret } = await issueKey(server.world, OPERATOR, {
    kind: 'application-token',
    userId: boss.id,
    name: 'Partner',
    scopes: ['claviger:apps'],
  })
  const answer = await fetch(`${server.url}/v1/users`, { headers: { authorization: `Bearer ${secret}` } })
  assert.equal(answer.status, 403)
  await server.world.recorder.flush()
  const requestId = answer.headers.get('x-request-id') as string
  return { server, requestId, [Symbol.asyncDispose]: server.stop }
}

test('a refusal in the activity leads to its explanation by a link', async () => {
  await using place = await installation()
  const { page, complaints } = await openConsole(place.server)
  await page.goto('/console/activity?event=refused')
  await page.getByRole('main').getByRole('link', { name: 'Explain', exact: true }).first().click()
  await page.waitForURL(`**/explain?request=${place.requestId}`)
  await page.getByText(/^Refused: /).waitFor()
  await page.getByRole('link', { name: 'Partner' }).first().waitFor()
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('an id in a link is asked for as a request, whatever its shape, and so is one that is typed', async () => {
  await using place = await installation()
  const { world } = place.server
  const ids = ['0b6ff6a6-2f3b-4c1e-9d0a-9c2d8f3f4a11', 'r1', 'edge.eu.7:12', place.requestId]
  for (const requestId of ids.slice(0, 3))
    await world.journal.append([
      entry(
        { ...OPERATOR, from: { requestId } },
        'refused',
        { about: 'request' },
        { at: world.now(), reason: 'expired' },
      ),
    ])
  const { page } = await openConsole(place.server)
  for (const id of ids) {
    await page.goto(`/console/explain?request=${encodeURIComponent(id)}`)
    await page.getByText('Activity of this request').waitFor()
  }
  for (const id of [ids[0], ids[1], place.requestId] as string[]) {
    await page.goto('/console/explain')
    await page.getByLabel('Request id or credential').fill(id)
    await page.getByRole('button', { name: 'Explain', exact: true }).click()
    await page.getByText('Activity of this request').waitFor()
  }
  await page.context().close()
})

test('text that is neither is said to be neither, and stands in no address and no journal', async () => {
  await using place = await installation()
  const { server } = place
  const { page } = await openConsole(server)
  const addresses: string[] = []
  const asked: string[] = []
  page.on('request', request => {
    addresses.push(request.url())
    if (request.url().endsWith('/v1/explain')) asked.push(Object.keys(request.postDataJSON())[0] as string)
  })
  const typed = ['5f'.repeat(20), 'clv_pat_nothing', 'ada:secret-of-ada']
  for (const text of typed) {
    await page.goto('/console/explain')
    await page.getByLabel('Request id or credential').fill(text)
    await page.getByRole('button', { name: 'Explain', exact: true }).click()
    await page.getByText(/^Refused: /).waitFor()
    assert.equal(page.url().includes(text), false)
    const neither = page.getByText('neither the id of a request nor a credential')
    assert.equal(await neither.count(), text === typed[0] ? 1 : 0)
  }
  assert.deepEqual(asked, ['request_id', 'credential', 'credential', 'credential'])
  await server.world.recorder.flush()
  const noted = JSON.stringify([addresses, await server.world.journal.list({}, { limit: 100 })])
  for (const text of typed) assert.equal(noted.includes(text), false, text)
  await page.context().close()
})

test('every refusal of the demo has a request id of its own, and its explanation', async () => {
  await using place = await installation()
  const { world } = place.server
  await makeDemo(world, { seed: 7 })
  const { items } = await world.journal.list({ event: 'refused' }, { limit: 500 })
  assert.ok(items.length > 20)
  assert.equal(new Set(items.map(({ requestId }) => requestId ?? '')).size, items.length)
  assert.equal(
    items.some(({ requestId }) => requestId === undefined),
    false,
  )
  const { page } = await openConsole(place.server)
  await page.goto('/console/activity?event=refused')
  await page.getByRole('main').getByRole('link', { name: 'Explain', exact: true }).first().click()
  await page.waitForURL('**/explain?request=*')
  await page.getByText(/^Refused: /).waitFor()
  await page.context().close()
})
