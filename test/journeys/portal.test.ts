import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { after, test } from 'node:test'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { describeScope } from '../../src/core/resources/describe-scope.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { arrive, closeBrowser, openPage, signInAt } from '../kit/browser.ts'
import { addUser, PASSWORD } from '../kit/cast.ts'
import { eventually } from '../kit/eventually.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

after(closeBrowser)

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const PAGES = ['', '?kind=authorization-code', '?kind=api-key', '/apps', '/keys', '/scopes', '/log', '/migration']

async function signedIn(server: TestServer) {
  await addUser(server.world)
  const page = await openPage({ baseURL: server.url })
  await signInAt(page, '/developers/apps', 'alice', PASSWORD)
  assert.equal(new URL(page.url()).pathname, '/developers/apps')
  return page
}

test('a developer registers an application, sees its secret once, gets a token, rotates the secret and deletes it', async () => {
  await using server = await testServer()
  const page = await signedIn(server)
  await page.fill('[name=name]', 'Weather <b>Widget</b>')
  await page.fill('[name=redirect_uris]', 'https://widget.example/back\nhttp://127.0.0.1/back')
  await page.fill('[name=scopes]', 'read')
  await arrive(page, () => page.click('button:has-text("Register")'))
  const first = await page.inputValue('#secret')
  const id = (await page.textContent('dd code')) as string
  assert.match(first, /^clv_cs_/)

  const token = async (secret: string) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
    return (await fetch(`${server.url}/oauth2/token`, { method: 'POST', body })).status
  }
  assert.equal(await token(first), 200)
  await page.goto(`/developers/apps/${id}`)
  assert.equal((await page.content()).includes(first), false)

  await arrive(page, () => page.click('button:has-text("Get a token for me")'))
  const mine = await page.inputValue('#token')
  const whoami = () => fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${mine}` } })
  assert.equal(((await (await whoami()).json()) as { subject: { handle: string } }).subject.handle, 'alice')

  await arrive(page, () => page.click('button:has-text("end the old secret now")'))
  assert.match((await page.textContent('main')) ?? '', /The present secrets stop at once/)
  assert.equal(await token(first), 200, 'a question ends nothing')
  await arrive(page, () => page.click('button:text-is("Rotate")'))
  const second = await page.inputValue('#secret')
  assert.equal(await token(first), 401)
  assert.equal(await token(second), 200)

  // Refusals are written together, a moment later.
  await eventually(async () => {
    await page.goto(`/developers/log?app=${id}`)
    return /refused/.test((await page.textContent('.log')) ?? '')
  })
  await page.goto(`/developers/apps/${id}`)
  await arrive(page, () => page.click('button:text-is("Delete")'))
  // Two client-credentials tokens without a person, and the one that was got for me.
  assert.match(
    (await page.textContent('main')) ?? '',
    /\d credentials?( of 1 person)?, used \d times? in the last 24 hours/,
  )
  assert.equal((await whoami()).status, 200, 'a question ends nothing')
  await arrive(page, () => page.click('button:text-is("Delete")'))
  assert.match((await page.textContent('.flash')) ?? '', /Deleted/)
  assert.equal((await whoami()).status, 401)
})

test('the steps of the flow tester work as printed: the link leads to a code, the second line exchanges it', async () => {
  await using server = await testServer()
  const page = await signedIn(server)
  // The application lives at an address where somebody answers, so that the browser arrives.
  await page.fill('[name=name]', 'Weather')
  await page.fill('[name=redirect_uris]', `${server.url}/callback`)
  await page.fill('[name=scopes]', 'read')
  await page.selectOption('[name=type]', 'public')
  await arrive(page, () => page.click('button:has-text("Register")'))
  await arrive(page, () => page.click('text=Details'))
  const printed = (await page.locator('li pre').last().textContent()) ?? ''
  await arrive(page, () => page.click('text=Send the person to'))
  await arrive(page, () => page.click('button[value=allow]'))
  const code = new URL(page.url()).searchParams.get('code') ?? ''
  const words = printed.replace('$CODE', code).split(' ')
  const form = new URLSearchParams(words.filter(word => /^\w+=/.test(word)).join('&'))
  const answer = await fetch(words[1] ?? '', { method: 'POST', body: form })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  const whoami = await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(((await whoami.json()) as { subject: { handle: string } }).subject.handle, 'alice')
  await page.context().close()
})

test('a developer cannot see, change or take a token of an application of somebody else, nor ask for scopes that manage', async () => {
  await using server = await testServer()
  const bob = await addUser(server.world, 'bob')
  const { registerClient } = await import('../../src/core/clients/register-client.ts')
  const { client } = await registerClient(server.world, OPERATOR, {
    name: 'Of Bob',
    redirectUris: [],
    scopes: ['read'],
    type: 'confidential',
    source: 'portal',
    ownerId: bob.id,
  })
  const page = await signedIn(server)
  const csrf = (await page.getAttribute('input[name=csrf]', 'value')) as string
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const post = (path: string, fields: Record<string, string>) =>
    fetch(server.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, accept: 'text/html' },
      body: new URLSearchParams({ csrf, ...fields }),
    })
  for (const what of ['change', 'rotate', 'rotate-now', 'token', 'delete'])
    assert.equal((await post(`/developers/apps/${client.id}`, { what, name: 'Mine now' })).status, 404, what)
  assert.equal((await fetch(`${server.url}/developers/apps/${client.id}`, { headers: { cookie } })).status, 404)
  assert.equal((await post('/developers/apps', { name: 'Climber', scopes: 'users:write' })).status, 400)
  assert.equal((await server.world.clients.byId(client.id))?.name, 'Of Bob')
})

test('every page of the portal speaks German completely', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const who = person(server.url)
  await who.visit('/developers')
  await who.submit({ username: 'alice', password: PASSWORD })
  for (const path of PAGES) {
    const { html } = await who.visit(`/developers${path}${path.includes('?') ? '&' : '?'}lang=de`)
    assert.match(html, /<html lang="de">/)
    assert.doesNotMatch(html, /\b(undefined|Your|Sign out)\b/)
  }
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe-core finds nothing on the portal, wide and narrow (${colorScheme})`, async () => {
    await using server = await testServer()
    const { describeScope } = await import('../../src/core/resources/describe-scope.ts')
    await describeScope(server.world, OPERATOR, { scope: 'read', sentence: 'read what is yours', risk: 'low' })
    await addUser(server.world)
    const page = await openPage({ baseURL: server.url, colorScheme, bypassCSP: true })
    await signInAt(page, '/developers', 'alice', PASSWORD)
    for (const path of PAGES) {
      await page.goto(`/developers${path}`)
      await page.addScriptTag({ path: axeSource })
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 })
        const { violations } = (await page.evaluate('axe.run()')) as {
          violations: { id: string; nodes: { html: string }[] }[]
        }
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html}`),
          [],
        )
        assert.equal(
          await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
          true,
          `${path} scrolls sideways at ${width}`,
        )
        if (process.env['SHOTS'])
          await page.screenshot({
            path: `${process.env['SHOTS']}/portal${path.replace(/\W/g, '-')}-${colorScheme}-${width}.png`,
            fullPage: true,
          })
      }
    }
  })

test('scopes of an application and of a token are ticked in words, by API and with their risk; nothing is typed once APIs declare them', async () => {
  await using server = await testServer({ CLAVIGER_DIALECTS: 'none' })
  const { world } = server
  const page = await signedIn(server)
  assert.equal(await page.locator('[name=scopes]').count(), 1, 'no API has declared any: they are typed')
  const api = { audience: 'https://tickets.example', name: 'Tickets', scopes: ['tickets:read', 'tickets:delete'] }
  await createResource(world, OPERATOR, api)
  await describeScope(world, OPERATOR, { scope: 'tickets:delete', sentence: 'delete tickets for good', risk: 'high' })
  await page.reload()
  assert.equal(await page.locator('[name=scopes]').count(), 0)
  await page.fill('[name=name]', 'Desk')
  await page.fill('[name=redirect_uris]', 'https://desk.example/back')
  await page.getByLabel(/tickets:delete delete tickets for good/).check()
  assert.match((await page.textContent('fieldset')) ?? '', /Tickets/)
  await arrive(page, () => page.click('button:has-text("Register")'))
  const id = (await page.textContent('dd code')) as string
  assert.deepEqual((await world.clients.byId(id))?.scopes, ['tickets:delete'])
  await page.goto(`/developers/apps/${id}`)
  assert.equal(await page.getByLabel(/tickets:delete/).isChecked(), true)
  await page.getByLabel(/tickets:read/).check()
  await arrive(page, () => page.click('button:has-text("Save")'))
  assert.deepEqual((await world.clients.byId(id))?.scopes, ['tickets:read', 'tickets:delete'])

  await page.goto('/account/tokens')
  await page.fill('[name=name]', 'Script')
  await page.getByLabel(/tickets:read/).check()
  await arrive(page, () => page.click('text=Create token'))
  const { items } = await world.credentials.list({ search: 'script' }, { limit: 2 })
  assert.deepEqual(items[0]?.scopes, ['tickets:read'])
})
