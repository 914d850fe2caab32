import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { accessibilityFaults, closeBrowser, complaintsOf, openPage, signInAt } from '../kit/browser.ts'
import { addClient, addUser, isActive, PASSWORD, refresh, signIn } from '../kit/cast.ts'
import { type KeyHouse, keyHouse, keyOf, tokensByKey } from '../kit/key-consent.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The page of the portal about programs that act with a key (docs/adr/0018). */

after(closeBrowser)

const PAGE = '/developers/keys'

async function signedIn(server: TestServer, handle: string) {
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who, handle)
  return who
}

/** Two programs with one key, and one of them with another key, too. */
async function threeGrants(server: TestServer) {
  const house = await keyHouse(server, { scopes: ['tickets:read', 'tickets:write'], name: 'laptop' })
  const app = await addClient(server.world, {
    name: 'Second <i>Helper</i>',
    scopes: ['tickets:read'],
    metadata: { tokenEndpointAuthMethod: 'client_secret_basic', names: { de: 'Zweite Hilfe' } },
  })
  const other = { ...house, app } as KeyHouse
  const { secret, credential } = await keyOf(server, house.owner, { name: 'server' })
  const first = await tokensByKey(server, house)
  const second = await tokensByKey(server, other)
  const third = await tokensByKey(server, { ...house, key: { secret, credential } } as KeyHouse)
  return { house, other, first, second, third }
}

/** The hidden field that names the grant on the card of a program and a key. */
const grantOn = (html: string, ...shown: string[]): string => {
  const card = html.split('<li class="card">').find(one => shown.every(text => one.includes(text)))
  return /name="grant" value="([^"]+)"/.exec(card ?? '')?.[1] ?? ''
}
const csrfIn = (html: string): string => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''

test('a person sees which programs act with which key, and ends one of them after a page that says what stops', async () => {
  await using server = await testServer()
  const { house, other, first, second, third } = await threeGrants(server)
  const who = await signedIn(server, 'ada')
  const { html } = await who.visit(PAGE)
  assert.equal(html.match(/<li class="card">/g)?.length, 3)
  assert.match(html, /Second &#60;i&#62;Helper|Second &lt;i&gt;Helper/)
  assert.match(
    html,
    /<strong>laptop<\/strong>[\s\S]*<strong>server<\/strong>|<strong>server<\/strong>[\s\S]*<strong>laptop<\/strong>/,
  )
  const grant = grantOn(html, 'Helper</h2>', '<strong>laptop</strong>', '>H<')
  assert.ok(grant)

  const post = (fields: Record<string, string>) =>
    who.visit(PAGE, { method: 'POST', body: new URLSearchParams({ csrf: csrfIn(html), ...fields }) })
  const question = await post({ grant })
  assert.match(question.html, /<h1>Revoke access: Helper\?<\/h1>/)
  assert.match(question.html, /Every token from this consent is refused/)
  assert.match(question.html, /The key “laptop” is not ended/)
  const active = (token = '') => isActive(server.url, house.app, token)
  assert.equal(await active(first.access_token), true, 'a question ends nothing')

  const ended = await who.submit({})
  assert.match(ended.html, /can no longer use the key/)
  assert.equal(ended.html.match(/<li class="card">/g)?.length, 2)
  assert.equal(await active(first.access_token), false)
  assert.equal((await refresh(server.url, house.app, first.refresh_token)).status, 400)
  assert.equal(await active(third.access_token), true, 'the same program with another key')
  assert.equal(await isActive(server.url, other.app, second.access_token ?? ''), true, 'another program with the key')
  const key = await fetch(`${server.url}/v1/whoami`, { headers: { 'x-api-key': house.key.secret } })
  assert.equal(key.status, 200, 'the key itself')
  assert.match((await post({ grant, sure: 'yes' })).html, /can no longer use the key/, 'a form that is sent twice')
})

test('nobody sees or ends what acts with a key of somebody else, and a form of another site ends nothing', async () => {
  await using server = await testServer()
  const { house, first } = await threeGrants(server)
  await addUser(server.world, 'bob')
  const ada = await signedIn(server, 'ada')
  const grant = grantOn((await ada.visit(PAGE)).html, '>H<', '<strong>laptop</strong>')
  assert.ok(grant)
  const bob = await signedIn(server, 'bob')
  const { html } = await bob.visit(PAGE)
  assert.match(html, /No program acts with a key of yours/)
  await bob.visit(PAGE, { method: 'POST', body: new URLSearchParams({ csrf: csrfIn(html), grant, sure: 'yes' }) })
  const foreign = await ada.visit(PAGE, { method: 'POST', body: new URLSearchParams({ grant, sure: 'yes' }) })
  assert.equal(foreign.status, 403)
  assert.equal(await isActive(server.url, house.app, first.access_token ?? ''), true)
})

test('a key that does not work at present is marked as such, and so are names in the language of the page', async () => {
  await using server = await testServer()
  const { house } = await threeGrants(server)
  await server.world.credentials.change(
    house.key.credential,
    { disabled: { at: Date.now(), by: 'operator' } },
    { at: Date.now(), event: 'changed', about: 'credential', actor: 'operator' },
  )
  const who = await signedIn(server, 'ada')
  const { html } = await who.visit(`${PAGE}?lang=de`)
  assert.equal(html.match(/der Schlüssel gilt zurzeit nicht/g)?.length, 2)
  assert.match(html, /Zweite Hilfe/)
  const grant = grantOn(html, '<strong>server</strong>')
  const body = new URLSearchParams({ csrf: csrfIn(html), grant })
  assert.match((await who.visit(PAGE, { method: 'POST', body })).html, /Der Schlüssel „server“ endet nicht/)
})

for (const [width, colorScheme] of [
  [390, 'light'],
  [390, 'dark'],
  [1440, 'light'],
  [1440, 'dark'],
] as const)
  test(`the page and its question can be read at ${width} px (${colorScheme})`, async () => {
    await using server = await testServer()
    await threeGrants(server)
    const page = await openPage({ baseURL: server.url, viewport: { width, height: 900 }, colorScheme })
    const complaints = complaintsOf(page)
    await signInAt(page, PAGE, 'ada', PASSWORD)
    for (const what of ['list', 'question']) {
      if (what === 'question') await page.click('.card button')
      assert.deepEqual(await accessibilityFaults(page), [], what)
      const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
      assert.equal(wide, false, `${what} scrolls sideways`)
      const shots = process.env['SHOTS']
      if (shots) await page.screenshot({ path: `${shots}/${what}-${width}-${colorScheme}.png`, fullPage: true })
    }
    assert.deepEqual(complaints, [])
    await page.context().close()
  })
