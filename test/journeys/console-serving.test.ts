import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addUser, signIn } from '../kit/cast.ts'
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
after(() => server.stop())

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

/** Everything the page and this chunk need before they can be read, and what it weighs on the wire. */
async function weigh(paths: string[]): Promise<number> {
  const seen = new Set<string>()
  let bytes = 0
  const wanted = [...paths]
  for (let path = wanted.shift(); path !== undefined; path = wanted.shift()) {
    if (seen.has(path)) continue
    seen.add(path)
    const answer = await fetch(server.url + path, { headers: { 'accept-encoding': 'gzip' } })
    assert.equal(answer.headers.get('content-encoding'), 'gzip', path)
    bytes += Number(answer.headers.get('content-length'))
    for (const [, file] of (await answer.text()).matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g))
      wanted.push(`/console/assets/${file}`)
  }
  return bytes
}

test('the first load of the console weighs at most 240 kB', async () => {
  const boss = await signedIn('boss')
  const { html } = await boss.visit('/console')
  const files = [...html.matchAll(/(?:src|href)="(\/console\/assets\/[^"]+)"/g)].map(([, file = '']) => file)
  const [entry = ''] = files.filter(file => /\/index-.*\.js$/.test(file))
  const code = await (await fetch(server.url + entry)).text()
  const [, overview] = /import\("?`?\.\/(overview-page-[\w-]+\.js)/.exec(code) ?? []
  assert.ok(overview, 'the overview is a chunk of its own')
  const css = [...code.matchAll(/assets\/((?:overview-page|card|checklist)-[\w-]+\.css)/g)].map(([, file]) => file)
  const sheet = await (await fetch(server.url + (files.find(file => /\/index-.*\.css$/.test(file)) ?? ''))).text()
  const typeface = /inter-latin-[^e][\w-]*\.woff2/.exec(sheet)?.[0]
  assert.ok(typeface, 'the typeface is ours')
  const more = [overview, ...css, typeface].map(file => `/console/assets/${file}`)
  const bytes = await weigh([...files, ...more])
  assert.ok(bytes > 50_000, 'something was weighed')
  assert.ok(bytes <= 240_000, `${bytes} bytes`)
  console.error(`first load of the console: ${Math.round(bytes / 1000)} kB`)
})
