import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addClient, addUser, askTokens } from '../kit/cast.ts'
import { findBarriers, openConsole } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { job } from '../kit/steps.ts'
import { command } from '../kit/warm-command.ts'

/* Find why a partner's request failed this morning, knowing only the partner's name. */

let server: TestServer
before(async () => {
  server = await testServer()
  const { world } = server
  await addUser(world, 'boss', { role: 'owner' })
  const audience = 'https://tickets.example'
  const made = await createResource(world, OPERATOR, { audience, name: 'Tickets', scopes: [] })
  const verify = async (credential: string, scope: string) => {
    const basic = Buffer.from(`${made.resource.clientId}:${made.secret}`).toString('base64')
    const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ credential, audience, scopes: [scope] })
    const answer = await fetch(`${server.url}/v1/verify`, { method: 'POST', headers, body })
    assert.equal(answer.status, 200)
  }
  for (const handle of ['acme', 'globex']) {
    const { id } = await addUser(world, handle)
    const ask = { kind: 'api-key' as const, userId: id, name: `${handle} nightly`, scopes: ['tickets:read'] }
    const { secret } = await issueKey(world, OPERATOR, ask)
    await verify(secret, 'tickets:read')
    await verify(secret, 'tickets:write')
    const app = await addClient(world, { name: `Sync ${handle}`, ownerId: id, grantTypes: ['client_credentials'] })
    const { access_token = '' } = await askTokens(server.url, app, { grant_type: 'client_credentials', scope: 'read' })
    await verify(access_token, 'tickets:write')
  }
  await world.recorder.flush()
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

const REFUSED = 'API key “acme nightly” of acme was refused at Tickets: needs tickets:write, has tickets:read'

test('from the start page with the name alone: five steps to the sentence and its explanation', async () => {
  const { page, complaints } = await openConsole(server)
  const { step, taken } = job(5)
  await step('Activity', () => page.getByRole('link', { name: 'Activity', exact: true }).click())
  await step('the name', () => page.getByLabel('Search').fill('acme'))
  await step('what happened', () => page.getByRole('combobox', { name: 'What happened' }).click())
  await step('refused', () => page.getByRole('option', { name: 'Refused' }).first().click())
  const lines = page.getByRole('main').locator('ol > li')
  await page.waitForFunction(() => document.querySelectorAll('main ol > li').length === 2)
  // The key of that partner, and the token of an application that they registered; nothing of the other.
  assert.match((await lines.allTextContents()).join('\n'), /token of Sync acme was refused at Tickets/)
  assert.equal(await lines.getByText('globex').count(), 0)
  const line = lines.filter({ hasText: REFUSED })
  assert.deepEqual(await findBarriers(page), [])
  await step('explain', () => line.getByRole('link', { name: 'Explain' }).click())
  await page.getByText('Refused: a needed scope is missing', { exact: true }).waitFor()
  assert.equal(taken(), 5)
  assert.equal(page.url().includes('acme'), false)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('the same by choosing among suggestions: people, applications and credentials by name, never by an id', async () => {
  const { page } = await openConsole(server)
  await page.goto('/console/activity')
  const about = page.getByRole('combobox', { name: 'About' })
  for (const [typed, option, expected] of [
    ['acme', /^acme user$/, REFUSED],
    ['sync ac', /^Sync acme application$/, 'token of Sync acme was refused at Tickets'],
    ['nightly', /^acme nightly API key · acme/, REFUSED],
  ] as const) {
    await about.fill(typed)
    await page.getByRole('option', { name: option }).click()
    await page.getByRole('main').locator('ol > li').filter({ hasText: expected }).waitFor()
    assert.match(new URL(page.url()).search, /^\?(user|client|credential)=[^&]+$/)
    await page.reload()
    // The name stands there again, not the id that came with the address.
    await page.waitForFunction(
      name => document.querySelector<HTMLInputElement>('search input[readonly]')?.value.includes(name),
      'acme',
    )
    await page.getByRole('button', { name: 'Remove the filter “About”' }).click()
  }
  await page.context().close()
})

test('at the command line in one command: the sentence, local times and no id to be typed', async () => {
  const run = (words: string[]) =>
    command(['journal', 'list', ...words], { env: { CLAVIGER_DATA_DIR: server.dataDir, TZ: 'Asia/Kolkata' } })
  const sentence = REFUSED.replace(/tickets:\w+/g, scope => `\`${scope}\``)
  const { stdout, code } = await run(['--text', 'acme', '--outcome', 'refused', '--since', 'today'])
  assert.equal(code, 0)
  const [heads, ...lines] = stdout.trimEnd().split('\n')
  assert.equal(heads, ['time', 'what happened', 'request'].join('\t'))
  assert.equal(lines.length, 2, stdout)
  assert.ok(stdout.includes(sentence), stdout)
  const [time = ''] = lines[0]?.split('\t') ?? []
  const there = Date.parse(`${time.replace(' ', 'T')}+05:30`)
  assert.ok(Math.abs(Date.now() - there) < 3_600_000, time)
  for (const words of [
    ['--user', 'acme', '--reason', 'insufficient_scope'],
    ['--user', 'acme', '--reason', 'scope-insufficient'],
    ['--credential', 'Acme nightly', '--outcome', 'refused'],
    ['--api', 'tickets', '--user', 'acme', '--outcome', 'refused'],
    ['--api', 'https://tickets.example', '--credential', 'acme nightly', '--event', 'refused'],
    ['--user', 'acme', '--since', '00:00', '--until', '1s', '--event', 'refused'],
  ]) {
    const { stdout, stderr } = await run(words)
    assert.ok(stdout.includes(sentence), `${words.join(' ')}\n${stdout}${stderr}`)
    assert.equal(stdout.trimEnd().split('\n').length, 2, stdout)
  }
  assert.match((await run(['--app', 'sync acme', '--outcome', 'refused'])).stdout, /token of Sync acme was refused/)
  const unclear = await run(['--app', 'sync'])
  assert.equal(unclear.code, 2)
  assert.match(unclear.stderr, /Several applications fit "sync".*\(Sync acme\)/)
  assert.match((await run(['--api', 'nothing'])).stderr, /There is no such API: nothing\. Allowed: Tickets/)
})
