import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { after, test } from 'node:test'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { asUser } from '../kit/acts.ts'
import { arrive, closeBrowser, openPage, signInAt } from '../kit/browser.ts'
import { addClient, addUser, authorizeUrl, PASSWORD, pkce } from '../kit/cast.ts'
import { type TestServer, testServer } from '../kit/server.ts'

after(closeBrowser)

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const SECTIONS = ['', '/password', '/second-factor', '/applications', '/tokens', '/sessions', '/activity']

async function signedIn(server: TestServer, options: Parameters<typeof openPage>[0] = {}) {
  const page = await openPage({ baseURL: server.url, bypassCSP: false, ...options })
  await signInAt(page, '/account', 'alice', PASSWORD)
  assert.equal(new URL(page.url()).pathname, '/account')
  return page
}

const whoami = async (server: TestServer, token: string) =>
  (await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })).status

test('a person makes a token, uses it, and its revocation ends it; the secret is shown once', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const page = await signedIn(server)
  await page.goto('/account/tokens')
  await page.fill('[name=name]', 'Backup script')
  await arrive(page, () => page.click('text=Create token'))
  const secret = await page.inputValue('#secret')
  assert.match(secret, /^clv_app_/)
  assert.equal(await whoami(server, secret), 200)
  assert.equal(page.url().includes(secret), false)

  await page.reload()
  assert.equal((await page.content()).includes(secret), false)
  await page.goto('/account/tokens')
  assert.equal((await page.content()).includes(secret), false)
  assert.equal(await page.locator('.card').count(), 1, 'sending the form twice made one token')
  await arrive(page, () => page.getByRole('button', { name: 'Disable' }).click())
  assert.match((await page.textContent('.card .badge')) ?? '', /disabled/)
  assert.equal(await whoami(server, secret), 401)
  await arrive(page, () => page.getByRole('button', { name: 'Enable' }).click())
  assert.equal(await whoami(server, secret), 200)
  for (let step = 0; step < 2; step++) await arrive(page, () => page.click('button:text-is("Revoke")'))
  assert.match((await page.textContent('.flash')) ?? '', /stopped working/)
  assert.equal(await whoami(server, secret), 401)
})

test('a person replaces a token: both work for a while, sending it twice makes one, and revoking the old one ends that alone', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const page = await signedIn(server)
  await page.goto('/account/tokens')
  await page.fill('[name=name]', 'Backup script')
  await arrive(page, () => page.click('text=Create token'))
  const old = await page.inputValue('#secret')
  await page.goto('/account/tokens')
  await arrive(page, () => page.getByRole('button', { name: 'Rotate' }).click())
  const next = await page.inputValue('#secret')
  assert.notEqual(next, old)
  assert.match((await page.textContent('main')) ?? '', /works for another 24 hours/)
  assert.deepEqual([await whoami(server, old), await whoami(server, next)], [200, 200])

  await page.reload()
  assert.equal((await page.content()).includes(next), false)
  assert.equal(await page.locator('.card').count(), 2, 'replacing twice made one')
  const replaced = page.locator('.card', { has: page.locator('.badge', { hasText: 'replaced' }) })
  assert.equal(await replaced.getByRole('button', { name: 'Rotate' }).count(), 0)
  await arrive(page, () => replaced.getByRole('button', { name: 'Revoke' }).click())
  await arrive(page, () => page.getByRole('button', { name: 'Revoke' }).click())
  assert.deepEqual([await whoami(server, old), await whoami(server, next)], [401, 200])
})

test('a person sees which application has access, takes it away, and its token stops working', async () => {
  await using server = await testServer()
  await addUser(server.world)
  // The application lives at an address where somebody answers, so that the browser arrives.
  const callback = `${server.url}/callback`
  const { client, secret } = await addClient(server.world, { redirectUris: [callback] })
  const page = await signedIn(server)
  const { challenge, verifier } = pkce()
  await page.goto(authorizeUrl(client.id, challenge, { redirect_uri: callback }))
  await arrive(page, () => page.click('button[value=allow]'))
  const code = new URL(page.url()).searchParams.get('code') as string
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: callback,
    code_verifier: verifier,
    client_id: client.id,
    client_secret: secret as string,
  })
  const tokens = (await (await fetch(`${server.url}/oauth2/token`, { method: 'POST', body })).json()) as {
    access_token: string
  }
  assert.equal(await whoami(server, tokens.access_token), 200)

  await page.goto('/account/applications')
  assert.match((await page.textContent('.card')) ?? '', /Travel Diary/)
  await arrive(page, () => page.click('text=Details'))
  assert.equal(new URL(page.url()).pathname, `/account/applications/${client.id}`)
  for (let step = 0; step < 2; step++) await arrive(page, () => page.click('button:text-is("Revoke access")'))
  assert.match((await page.textContent('.empty')) ?? '', /No application/)
  assert.equal(await whoami(server, tokens.access_token), 401)
})

test('a new password signs out every other browser and keeps this one', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const [page, other] = [await signedIn(server), await signedIn(server)]
  await page.goto('/account/password')
  await page.fill('[name=old_password]', 'not it')
  await page.fill('[name=new_password]', 'a different phrase')
  await arrive(page, () => page.click('text=Change password'))
  assert.match((await page.textContent('main')) ?? '', /present password is wrong/)
  await page.fill('[name=old_password]', PASSWORD)
  await page.fill('[name=new_password]', 'a different phrase')
  await arrive(page, () => page.click('text=Change password'))
  assert.match((await page.textContent('.flash')) ?? '', /has been changed/)
  await other.goto('/account')
  assert.equal(new URL(other.url()).pathname, '/login')
})

test('a person sees which of their browsers was used last, and looking is not counted as a check', async () => {
  await using server = await testServer()
  const alice = await addUser(server.world)
  const { openSession } = await import('../../src/core/sign-in/sessions/open-session.ts')
  await openSession(server.world, asUser(alice), { methods: ['pwd'] })
  const [page, other] = [await signedIn(server), await signedIn(server)]
  await other.goto('/account')
  await server.world.recorder.flush()
  await page.goto('/account/sessions')
  assert.equal(await page.locator('.card').count(), 3)
  const unused = page.locator('.card', { hasText: 'Last used never' })
  assert.equal(await unused.count(), 1, 'only the one that no browser ever came with')
  assert.match((await unused.textContent()) ?? '', /unknown browser/)
  const span = { since: 0, until: server.world.now(), bucketMinutes: 60 }
  assert.deepEqual(await server.world.usage.read({ ...span, userId: alice.id }), [])
  await Promise.all([page.context().close(), other.context().close()])
})

test("another person's application, token and session do not exist for this one, and a form from elsewhere does nothing", async () => {
  await using server = await testServer()
  await addUser(server.world)
  const bob = await addUser(server.world, 'bob')
  const { openSession } = await import('../../src/core/sign-in/sessions/open-session.ts')
  const foreign = await openSession(server.world, asUser(bob), { methods: ['pwd'] })
  const page = await signedIn(server)
  await page.goto('/account/tokens')
  const csrf = (await page.getAttribute('input[name=csrf]', 'value')) as string
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(server.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, ...headers },
      body: new URLSearchParams(fields),
    })

  assert.equal((await post('/account/sessions', { csrf, which: 'one', id: foreign.credential.id })).status, 404)
  assert.equal((await post('/account/sessions', { csrf: 'wrong', which: 'others' })).status, 403)
  assert.equal(
    (await post('/account/sessions', { csrf, which: 'others' }, { origin: 'https://evil.example' })).status,
    403,
  )
  assert.equal((await server.world.credentials.byId(foreign.credential.id))?.revokedAt, undefined)
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    test(`axe-core finds nothing on the account pages (${colorScheme}, ${width} px)`, async () => {
      await using server = await testServer()
      await addUser(server.world, 'alice', { email: 'alice@example.org' })
      const { issueKey } = await import('../../src/core/credentials/issue/issue-key.ts')
      const owner = await server.world.users.byName('alice')
      for (const name of ['Backup script', 'Deploy <b>bold</b>'])
        await issueKey(server.world, OPERATOR, {
          kind: 'api-key',
          userId: owner?.id ?? '',
          name,
          scopes: ['read'],
        })
      const page = await signedIn(server, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true })
      for (const section of SECTIONS) {
        await page.goto(`/account${section}`)
        await page.addScriptTag({ path: axeSource })
        const { violations } = (await page.evaluate('axe.run()')) as {
          violations: { id: string; nodes: { html: string }[] }[]
        }
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${section}: ${id} ${nodes[0]?.html}`),
          [],
        )
        assert.equal(
          await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
          true,
          `${section} scrolls sideways`,
        )
        if (process.env['SHOTS'])
          await page.screenshot({
            path: `${process.env['SHOTS']}/account${section.replace('/', '-')}-${colorScheme}-${width}.png`,
            fullPage: true,
          })
      }
    })
  }
}
