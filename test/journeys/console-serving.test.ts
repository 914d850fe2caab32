import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeBrowser, openPage, signInAt } from '../kit/browser.ts'
import { addUser, PASSWORD, signIn } from '../kit/cast.ts'
import { requireBuilt } from '../kit/console.ts'
import { type Person, person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

let server: TestServer
before(async () => {
  requireBuilt()
  server = await testServer()
  await addUser(server.world, 'boss', { role: 'auditor' })
  await addUser(server.world, 'alice')
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

async function signedIn(handle: string): Promise<Person> {
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who, handle)
  return who
}

test('whoever is not signed in is sent to sign in, with no address of their choosing; whoever is no staff is turned away', async () => {
  for (const path of ['/console', '/console/', '/console/users?next=https://evil.example', '/console/a/b/c']) {
    const answer = await fetch(server.url + path, { redirect: 'manual' })
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/login'], path)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
  }
  const alice = await signedIn('alice')
  const { status, html } = await alice.visit('/console')
  assert.equal(status, 403)
  assert.match(html, /no role that sees the console/)
})

test('the page allows scripts and styles from files of ours alone, and has none of its own', async () => {
  const boss = await signedIn('boss')
  const { headers, html, status } = await boss.visit('/console/credentials')
  assert.equal(status, 200)
  const policy = headers.get('content-security-policy') ?? ''
  assert.doesNotMatch(policy, /unsafe|\*|https?:/)
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ])
    assert.ok(policy.split('; ').includes(part), part)
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.equal(headers.get('referrer-policy'), 'no-referrer')
  assert.doesNotMatch(html, /<script>|<style|\son\w+=|\sstyle=|javascript:/)
})

test('files of the console may be kept for ever, and nothing but them is found among them', async () => {
  const boss = await signedIn('boss')
  const { html } = await boss.visit('/console')
  const [, script = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(html) ?? []
  const answer = await fetch(server.url + script)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'text/javascript; charset=utf-8')
  assert.match(answer.headers.get('cache-control') ?? '', /immutable/)
  for (const path of ['nothing.js', '..%2findex.html', '..%2f..%2fpackage.json', '%2e%2e/index.html'])
    assert.notEqual((await fetch(`${server.url}/console/assets/${path}`, { redirect: 'manual' })).status, 200, path)
  assert.equal((await fetch(server.url + script, { method: 'DELETE' })).status, 405)
})

/** What a browser has loaded of our files when the page is drawn and the network is idle, as bytes on the wire. */
async function firstLoad(path: string, handle: string, locale: string): Promise<number> {
  const page = await openPage({ baseURL: server.url, locale })
  if (path !== '/login') await signInAt(page, '/console', handle, PASSWORD)
  // A page of another context has none of the files in its cache.
  const fresh = await openPage({ baseURL: server.url, locale, storageState: await page.context().storageState() })
  await fresh.goto(path)
  await fresh.getByRole('heading', { level: 1 }).waitFor()
  await fresh.waitForLoadState('networkidle')
  const files = await fresh.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.includes('/assets/'))
      .map(({ encodedBodySize }) => encodedBodySize),
  )
  assert.ok(files.length > 1, 'files were loaded')
  return files.reduce((sum, size) => sum + size, 0)
}

test('the first load weighs at most 240 kB in the console and 30 kB where people sign in, in English', async () => {
  for (const [path, most] of [
    ['/console', 240_000],
    ['/login', 30_000],
  ] as const) {
    const bytes = await firstLoad(path, 'boss', 'en-US')
    assert.ok(bytes > most / 4 && bytes <= most, `${path}: ${bytes} bytes`)
    console.error(`first load of ${path}: ${Math.round(bytes / 1000)} kB`)
  }
})
