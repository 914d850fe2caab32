import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { serverBelow } from '../kit/below.ts'
import { arrive, closeBrowser, complaintsOf, openPage, signInAt } from '../kit/browser.ts'
import { addClient, addUser, authorizeUrl, PASSWORD, pkce, redeem } from '../kit/cast.ts'
import { emptyFolder, startCommand } from '../kit/command.ts'
import { requireBuilt } from '../kit/console.ts'
import { freePort } from '../kit/free-port.ts'
import { command } from '../kit/warm-command.ts'

/* A server that has a path of its host, seen with a real browser and the real command line. */

after(closeBrowser)

const PATH = '/team/auth'

test('below a path a person signs in in a browser, allows, and arrives; all cookies are for the path', async () => {
  await using server = await serverBelow(PATH)
  await addUser(server.world)
  const callback = `${new URL(server.url).origin}/shop/callback`
  const app = await addClient(server.world, { redirectUris: [callback] })
  const page = await openPage()
  const complaints = complaintsOf(page)
  const { verifier, challenge } = pkce()
  const asked = authorizeUrl(app.client.id, challenge, { redirect_uri: callback })
  await signInAt(page, server.url + asked, 'alice', PASSWORD)
  assert.match(page.url(), new RegExp(`^${server.url}/consent`))
  // The style sheet arrived: the page says so by its colours.
  assert.notEqual(await page.evaluate('getComputedStyle(document.querySelector("button.primary")).backgroundColor'), '')
  await arrive(page, () => page.click('button[value=allow]'))
  const arrived = new URL(page.url())
  assert.equal(arrived.origin + arrived.pathname, callback)
  const got = await redeem(server.url, app, arrived.searchParams.get('code') ?? '', verifier, {
    redirect_uri: callback,
  })
  assert.equal(got.status, 200, JSON.stringify(got))
  const cookies = await page.context().cookies(`${server.url}/login`)
  assert.ok(cookies.length >= 2)
  for (const { name, path } of cookies) assert.equal(path, PATH, name)
  assert.deepEqual(await page.context().cookies(callback), [])
  // The callback is nobody's here.
  assert.deepEqual(
    complaints.filter(one => !one.includes('404')),
    [],
  )
})

test('below a path the console loads, walks its pages, survives a reload at a deep link and signs out', async () => {
  requireBuilt()
  await using server = await serverBelow(PATH)
  await addUser(server.world, 'boss', { role: 'admin' })
  const page = await openPage({ viewport: { width: 1440, height: 900 } })
  const complaints = complaintsOf(page)
  const strays: string[] = []
  page.on('request', request => {
    if (!request.url().startsWith(`${server.url}/`)) strays.push(request.url())
  })
  await signInAt(page, `${server.url}/console`, 'boss', PASSWORD)
  await page.waitForURL(`${server.url}/console`)
  for (const name of ['Credentials', 'Applications', 'APIs and scopes', 'Users', 'Activity', 'Signing keys']) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    assert.ok(page.url().startsWith(`${server.url}/console/`), page.url())
  }
  await page.goto(`${server.url}/console/users`)
  await page.reload()
  await page.getByRole('link', { name: 'boss' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'boss' }).waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(`${server.url}/login?signed-out=yes`)
  assert.deepEqual([strays, complaints], [[], []])
})

test('below a path the start, the command line and doctor name addresses with the path', async () => {
  await using folder = await emptyFolder()
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}${PATH}`
  const env = { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_URL: url, CLAVIGER_PORT: port }
  await using server = await startCommand(['--port', port], { env })
  assert.equal(server.url, url)
  const [link = ''] = /http\S+\/setup\/\S+/.exec(server.stdout()) ?? []
  assert.ok(link.startsWith(`${url}/setup/`), server.stdout())
  assert.equal((await fetch(link)).status, 200)
  const run = (...words: string[]) => command(words, { env })
  assert.match((await run('open', '--no-browser')).stdout, new RegExp(`^${url}/console`))
  assert.match((await run('setup-link', '--yes')).stdout, new RegExp(`${url}/setup/`))
  const doctor = (await run('doctor')).stdout
  assert.match(doctor, new RegExp(`${url} leads to a server`))
  assert.match(
    doctor,
    new RegExp(`http://127.0.0.1:${port}/.well-known/oauth-authorization-server${PATH} leads to the server`),
  )
  assert.match(doctor, /uses this one/)
  await run('user', 'create', '--handle', 'ada', '--role', 'admin')
  const token = (
    await run('token', 'create', '--user', 'ada', '--name', 'remote', '--scope', 'users:read')
  ).stdout.trim()
  const remote = { env: { CLAVIGER_TOKEN: token } }
  const listed = await command(['user', 'list', '--url', `${url}/`, '--json'], remote)
  assert.equal(listed.code, 0, listed.stderr)
  const elsewhere = await command(['user', 'list', '--url', new URL(url).origin, '--json'], remote)
  assert.notEqual(elsewhere.code, 0)
  assert.match(elsewhere.stderr, new RegExp(`begin with ${PATH}/|is not the address of a Claviger`))
})
