import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { OUT_OF_BAND } from '../../src/model/clients/client.ts'
import { arrive, closeBrowser, complaintsOf, openPage } from '../kit/browser.ts'
import { addClient, addUser, askTokens, authorizeUrl, CODE_DATA, PASSWORD, pkce } from '../kit/cast.ts'
import { eventually } from '../kit/eventually.ts'
import { type TestServer, testServer } from '../kit/server.ts'

let server: TestServer
const { verifier, challenge } = pkce()

/** A real application on this machine that waits for its code; on an IPv6 address where there is one. */
async function application(host: string) {
  const seen: URL[] = []
  const http = createServer((request, response) => {
    seen.push(new URL(request.url ?? '', 'http://application'))
    response.setHeader('content-type', 'text/html').end('<title>Back home</title>')
  })
  await new Promise<void>((resolve, reject) => http.once('error', reject).listen(0, host, resolve))
  const { port } = http.address() as AddressInfo
  const redirectUri = `http://${host.includes(':') ? `[${host}]` : host}:${port}/callback`
  return { redirectUri, seen, [Symbol.asyncDispose]: async () => void http.close() }
}

before(async () => {
  server = await testServer()
  await addUser(server.world)
  await addUser(server.world, 'bob')
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

const at = (id: string, redirect_uri: string, more: Record<string, string> = {}) =>
  server.url + authorizeUrl(id, challenge, { redirect_uri, ...more })

test('in a real browser a person signs in, allows, and arrives at the application; next time without a page', async () => {
  await using app = await application('127.0.0.1')
  const by = await addClient(server.world, { redirectUris: ['http://127.0.0.1/callback'] })
  const page = await openPage()
  const complaints = complaintsOf(page)
  await page.goto(at(by.client.id, app.redirectUri))
  await page.getByLabel('User name').fill('alice')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.waitForURL(`${app.redirectUri}*`)
  const [answer] = app.seen
  assert.equal(answer?.searchParams.get('state'), 'xyz')
  assert.equal(answer?.searchParams.get('iss'), server.url)
  const tokens = await askTokens(server.url, by, {
    grant_type: 'authorization_code',
    code: answer?.searchParams.get('code') ?? '',
    code_verifier: verifier,
    redirect_uri: app.redirectUri,
  })
  assert.equal(tokens.status, 200)
  await page.goto(at(by.client.id, app.redirectUri))
  await page.waitForURL(`${app.redirectUri}*`)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('a sign-in that needs no consent leads through to the application in one go', async () => {
  await using app = await application('127.0.0.1')
  const by = await addClient(server.world, { redirectUris: ['http://127.0.0.1/callback'] })
  const page = await openPage()
  const complaints = complaintsOf(page)
  const alice = await server.world.users.byName('alice')
  const grant = {
    clientId: by.client.id,
    userId: alice?.id as string,
    scopes: ['read'],
    audience: [],
    generation: 0,
    tokensIssued: 0,
    createdAt: 1,
  }
  await server.world.grants.open(
    { id: 'remembered', ...grant, activatedAt: 1 },
    {
      id: 'x',
      fingerprint: 'x',
      kind: 'authorization-code',
      hint: '',
      audience: [],
      createdAt: 1,
      expiresAt: 1,
      data: CODE_DATA,
    },
    { at: 1, event: 'granted', about: 'grant', actor: 'x' },
  )
  await page.goto(at(by.client.id, app.redirectUri))
  await page.getByLabel('User name').fill('alice')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${app.redirectUri}*`)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('deny is reached by keyboard before allow, nothing has the focus at first, and the application is told', async () => {
  await using app = await application('127.0.0.1')
  const { client } = await addClient(server.world, { redirectUris: ['http://127.0.0.1/callback'] })
  const page = await openPage()
  await signInTo(page, at(client.id, app.redirectUri), 'bob')
  assert.equal(await page.evaluate('document.activeElement.tagName'), 'BODY')
  const [deny, allow] = await Promise.all(
    ['Deny', 'Allow'].map(name => page.getByRole('button', { name }).boundingBox()),
  )
  assert.deepEqual([deny?.width, deny?.height], [allow?.width, allow?.height])
  for (let i = 0; i < 10; i++) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate('document.activeElement.value')) === 'deny') break
  }
  await page.keyboard.press('Enter')
  await page.waitForURL(`${app.redirectUri}*`)
  assert.equal(app.seen[0]?.searchParams.get('error'), 'access_denied')
  await page.context().close()
})

test('"Not you?" changes the account and keeps the request', async () => {
  await using app = await application('127.0.0.1')
  const { client } = await addClient(server.world, { redirectUris: ['http://127.0.0.1/callback'] })
  const page = await openPage()
  await signInTo(page, at(client.id, app.redirectUri), 'alice')
  await page.getByRole('link', { name: /Not you/ }).click()
  await page.getByLabel('User name').fill('bob')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByText('Signed in as bob').waitFor()
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.waitForURL(`${app.redirectUri}*`)
  const code = await server.world.credentials.findAny(
    server.world.vault.fingerprint(app.seen[0]?.searchParams.get('code') ?? ''),
  )
  assert.equal(code?.userId, (await server.world.users.byName('bob'))?.id)
  await page.context().close()
})

test('an out-of-band code is shown, selected by one click, and works', async () => {
  const by = await addClient(server.world, {
    redirectUris: [OUT_OF_BAND],
    policy: { outOfBand: 'allowed', codeSeconds: 600 },
  })
  const page = await openPage()
  await signInTo(page, at(by.client.id, OUT_OF_BAND), 'alice')
  await page.getByRole('button', { name: 'Allow' }).click()
  const code = await page.getByLabel('Authorization code').inputValue()
  assert.equal(
    (
      await askTokens(server.url, by, {
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: OUT_OF_BAND,
      })
    ).status,
    200,
  )
  await page.context().close()
})

test('the policy of the page lets the answer through to IPv6 addresses and schemes of applications', async t => {
  const v6 = await application('::1').catch(() => undefined)
  if (!v6) t.diagnostic('this machine has no IPv6 loopback address')
  else {
    await using app = v6
    const { client } = await addClient(server.world, { redirectUris: ['http://[::1]/callback'] })
    const page = await openPage()
    await signInTo(page, at(client.id, app.redirectUri), 'alice')
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.waitForURL(`${app.redirectUri}*`)
    await page.context().close()
  }
  const { client } = await addClient(server.world, { redirectUris: ['com.example.diary:/callback'], type: 'public' })
  const page = await openPage()
  const complaints = complaintsOf(page)
  await signInTo(page, at(client.id, 'com.example.diary:/callback'), 'alice')
  const sent = page.waitForResponse(answer => answer.url().endsWith('/consent') && answer.status() === 303)
  await page.getByRole('button', { name: 'Allow' }).click()
  assert.match((await sent).headers()['location'] ?? '', /^com\.example\.diary:\/callback\?code=/)
  assert.deepEqual(
    complaints.filter(text => /polic/i.test(text)),
    [],
  )
  await page.context().close()
})

test("a form on somebody else's page cannot sign in, consent or sign out, even with the right browser", async () => {
  const page = await openPage()
  await signInTo(page, `${server.url}/login`, 'alice')
  await using evil = await application('127.0.0.1')
  for (const path of ['/logout', '/consent', '/login']) {
    await page.goto(evil.redirectUri)
    await page.setContent(
      `<form method="post" action="${server.url}${path}"><input name="decision" value="allow"><button>Go</button></form>`,
    )
    const answered = page.waitForResponse(one => one.url().endsWith(path))
    await arrive(page, () => page.click('button'))
    const answer = await answered
    assert.ok(answer.status() === 403 || answer.status() === 400, `${path} ${answer.status()}`)
  }
  await page.goto(`${server.url}/logout`)
  await page.getByText('signed in as alice').waitFor()
  await page.context().close()
})

test('no page of ours appears in a frame', async () => {
  const page = await openPage()
  await using evil = await application('127.0.0.1')
  await page.goto(evil.redirectUri)
  await page.setContent(`<iframe src="${server.url}/login"></iframe>`)
  const frame = page.frames()[1]
  assert.ok(frame)
  // The browser puts a page of its own into the frame, and that is how it says so.
  await eventually(async () => frame.url().startsWith('chrome-error:'))
  assert.equal((await frame.content()).includes('Password'), false)
  await page.context().close()
})

async function signInTo(page: Awaited<ReturnType<typeof openPage>>, url: string, handle: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('User name').fill(handle)
  await page.getByLabel('Password').fill(PASSWORD)
  await Promise.all([page.waitForURL(to => to.pathname !== '/login'), page.keyboard.press('Enter')])
}
