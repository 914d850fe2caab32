import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addClient, addUser, authorizeUrl, pkce, signIn } from '../kit/cast.ts'
import { person, type Sight } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

let server: TestServer
before(async () => {
  server = await testServer({ CLAVIGER_BRAND_NAME: 'Zoo & Co', CLAVIGER_BRAND_COLOR: '#FFCC00' })
  await addUser(server.world)
})
after(() => server.stop())

const HEADERS: Record<string, RegExp> = {
  'content-security-policy':
    /^default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; (?:form-action 'self'; )?frame-ancestors 'none'; base-uri 'none'$/,
  'x-frame-options': /^DENY$/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\)/,
  'cache-control': /^no-store$/,
}

test('every page, errors included, forbids scripts, frames, caches and referrers', async () => {
  const { client } = await addClient(server.world)
  const who = person(server.url)
  const sights = [await who.visit(authorizeUrl(client.id, pkce().challenge)), await signIn(who)]
  for (const path of [
    '/logout',
    '/register',
    '/login?switch=yes',
    '/nothing-here',
    '/setup/x',
    '/consent?interaction=x',
    '/oauth2/authorize',
  ])
    sights.push(await who.visit(path))
  sights.push(await who.visit('/login', { method: 'POST', body: new URLSearchParams({ csrf: 'x' }) }))
  sights.push(await who.visit('/login', { method: 'DELETE' }))
  sights.push(await who.visit('/login?lang=%ff'))
  for (const { url, status, headers, html } of sights) {
    for (const [name, value] of Object.entries(HEADERS))
      assert.match(headers.get(name) ?? '', value, `${name} of ${status} ${url}`)
    assert.equal(/<script|\son[a-z]+=|<[^>]+\sstyle=|javascript:/i.test(html), false, url)
    assert.match(html, /^<!doctype html>\n<html lang="en">/)
  }
})

test('forms lead nowhere but here, except those of a sign-in and consent that end at an application', async () => {
  const { client } = await addClient(server.world)
  const who = person(server.url)
  const leadsOut = ({ headers }: Sight) => !/form-action 'self';/.test(headers.get('content-security-policy') ?? '')
  const login = await who.visit(authorizeUrl(client.id, pkce().challenge))
  assert.ok(leadsOut(login))
  assert.ok(leadsOut(await who.visit(login.url.replace('/login', '/register'))))
  for (const path of ['/login?switch=yes', '/register', '/logout', '/account', '/account/tokens', '/nothing'])
    assert.equal(leadsOut(await who.visit(path)), false, path)
})

test('people at a strange address get a page, programs get data', async () => {
  const page = await fetch(`${server.url}/nothing`, { headers: { accept: 'text/html' } })
  assert.equal(page.status, 404)
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
  const data = await fetch(`${server.url}/nothing`, { headers: { accept: 'application/json' } })
  assert.equal(data.status, 404)
  assert.equal(((await data.json()) as { error: string }).error, 'not_found')
})

test('pages speak German to those who prefer it, and remember a choice', async () => {
  const read = async (path: string, headers: Record<string, string>) => {
    const who = person(server.url)
    return { who, html: (await who.visit(path, { headers })).html }
  }
  assert.match((await read('/login', { 'accept-language': 'de-CH, en;q=0.8' })).html, /<html lang="de">[\s\S]*Anmelden/)
  assert.match((await read('/login', { 'accept-language': 'fr, en;q=0.5, de;q=0.4' })).html, /<html lang="en">/)
  const { who, html } = await read('/login?lang=de', { 'accept-language': 'en' })
  assert.match(html, /<html lang="de">/)
  assert.match((await who.visit('/login')).html, /<html lang="de">/)
  assert.match((await read('/login?lang=../../x', {})).html, /<html lang="en">/)
})

test('name and colour of the operator are on every page, and text stays readable on any colour', async () => {
  const { html } = await person(server.url).visit('/login')
  assert.match(html, /<title>Sign in · Zoo &#38; Co<\/title>/)
  const styles = await (await fetch(`${server.url}/assets/claviger.css`)).text()
  const [, accent = ''] = /--accent:(#[0-9a-f]{6});[^}]*--on-accent:#fff/.exec(styles) ?? []
  assert.notEqual(accent, '#ffcc00', 'white on yellow cannot be read')
})

test('the sign-in page and all it loads are small', async () => {
  let bytes = 0
  for (const path of ['/login', '/assets/claviger.css', '/assets/claviger.svg', '/assets/inter-latin.woff2']) {
    const answer = await fetch(server.url + path, { headers: { 'accept-encoding': 'gzip' } })
    assert.equal(answer.status, 200, path)
    bytes += Number(answer.headers.get('content-length'))
  }
  assert.ok(bytes < 30_000, `${bytes} bytes`)
})

test('browsers find where to change a password', async () => {
  const answer = await fetch(`${server.url}/.well-known/change-password`, { redirect: 'manual' })
  assert.equal(answer.status, 303)
  assert.match(answer.headers.get('location') ?? '', /^\/account\/password$/)
})
