import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { person as admin } from '../kit/admin.ts'
import { caller } from '../kit/call.ts'
import { addClient, addUser, authorizeUrl, pkce, signIn } from '../kit/cast.ts'
import { installationFolder } from '../kit/command.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* Addresses are compared as text, so a host in other letters has to be written as browsers send it (RFC 5890 section 2.3.2.1). */

const TYPED = 'https://bücher.example/cb'
const ASCII = 'https://xn--bcher-kva.example/cb'
const SAYS = /xn--bcher-kva\.example/

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.stop())

test('a callback on an international host is told its ASCII form, wherever an application is registered', async () => {
  const boss = await admin(server, 'boss', 'owner')
  for (const uri of [
    TYPED,
    'https://BÜCHER.example:8443/cb?a=b',
    'https://b%C3%BCcher.example/cb',
    'HTTPS://bu\u0308cher.example/cb',
  ]) {
    const made = await boss.ask('POST', '/v1/clients', {
      name: 'App',
      type: 'confidential',
      redirect_uris: [uri],
      grant_types: ['authorization_code'],
    })
    assert.equal(made.status, 400, uri)
    assert.match(String((made.body as { detail: string }).detail), SAYS, uri)
    const form = { client_name: 'App', redirect_uris: uri }
    const family = await caller(server)('POST', '/api/v1/apps', { form })
    assert.equal(family.status, 422)
    assert.match(family.text, SAYS)
  }
  await using folder = await installationFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path }
  const create = (uri: string) => command(['app', 'create', '--name', 'App', '--redirect-uri', uri], { env })
  const refused = await create(TYPED)
  assert.equal(refused.code, 2)
  assert.match(refused.stderr, SAYS)
  assert.equal((await create(ASCII)).code, 0)
})

test('an authorization request with the other form is told so, without a word of what it sent', async () => {
  const { client } = await addClient(server.world, { redirectUris: [ASCII] })
  await addUser(server.world)
  const { challenge } = pkce()
  const who = person(server.url)
  const { status, html } = await who.visit(authorizeUrl(client.id, challenge, { redirect_uri: TYPED }))
  assert.equal(status, 400)
  assert.match(html, /international host.*ASCII form \(xn--\.\.\.\)/)
  assert.ok(!html.includes('bücher') && !html.includes('bcher-kva'))
  await who.visit(authorizeUrl(client.id, challenge, { redirect_uri: ASCII }))
  await signIn(who)
  const { sentTo } = await who.submit({ decision: 'allow' })
  assert.equal(sentTo?.host, 'xn--bcher-kva.example')
})

test('an audience on an international host is told its ASCII form', async () => {
  await using folder = await installationFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path }
  const create = (uri: string) => command(['api', 'create', '--audience', uri, '--name', 'API'], { env })
  assert.match((await create('https://bücher.example')).stderr, SAYS)
  assert.equal((await create('https://xn--bcher-kva.example')).code, 0)
})
