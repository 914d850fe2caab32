import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import * as client from 'openid-client'
import { changeClient } from '../../src/core/clients/change-client.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { accessibilityFaults, closeBrowser, complaintsOf, openPage, signInAt } from '../kit/browser.ts'
import { addClient, addUser, authorizeUrl, CALLBACK, PASSWORD, pkce, signedIn } from '../kit/cast.ts'
import { type DocumentServer, documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* What a person reads about an application before they allow it: who vouches for it, where it leads, its logo and its terms. */

let server: TestServer
let documents: DocumentServer
before(async () => {
  documents = await documentServer()
  server = await testServer(READS_LOOPBACK)
  await addUser(server.world)
})
after(async () => {
  await closeBrowser()
  await server.stop()
  await documents[Symbol.asyncDispose]()
})

const consentOf = async (clientId: string, redirect_uri = CALLBACK, lang = 'en') =>
  (await signedIn(server.url)).visit(authorizeUrl(clientId, pkce().challenge, { redirect_uri }), {
    headers: { 'accept-language': lang },
  })

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
/** A small file whose header says 30,000 x 30,000 pixels. */
function manyPixels(): Buffer {
  const bytes = Buffer.from(PNG)
  bytes.writeUInt32BE(30_000, 16)
  bytes.writeUInt32BE(30_000, 20)
  return bytes
}
const picture = (body: Buffer | string, type: string) => (response: import('node:http').ServerResponse) =>
  void response.writeHead(200, { 'content-type': type }).end(body)
const logoIn = (html: string): string | undefined => /src="(\/assets\/client-logos\/[^"]+)"/.exec(html)?.[1]

test('of a client with a document the publisher is its host, and nobody here is said to know it', async () => {
  const id = documents.publish('/who', { redirect_uris: [CALLBACK], client_uri: 'https://good-bank.example' })
  const { html } = await consentOf(id)
  const { host } = new URL(documents.url)
  assert.match(html, new RegExp(`Published by <span class="host">${host}</span>`))
  assert.match(html, /Nobody here has reviewed/)
  assert.match(html, /<strong class="host">app\.example<\/strong>/)
  assert.doesNotMatch(html, /good-bank/, 'what it says of itself is no proof')
  assert.doesNotMatch(html, /on your own device/)
  assert.match(
    (await consentOf(id, CALLBACK, 'de')).html,
    /Veröffentlicht von[\s\S]*Niemand hat diese Anwendung hier geprüft/,
  )
  await changeClient(server.world, OPERATOR, { clientId: id, reviewed: true })
  const reviewed = (await consentOf(id)).html
  assert.match(reviewed, /Reviewed by the operator/)
  assert.doesNotMatch(reviewed, /Nobody here/)
})

test('a change of a reviewed document is not reviewed', async () => {
  const id = documents.publish('/reviewed', { redirect_uris: [CALLBACK] })
  await consentOf(id)
  await changeClient(server.world, OPERATOR, { clientId: id, reviewed: true })
  documents.publish('/reviewed', { redirect_uris: [CALLBACK], client_name: 'Your Bank' })
  const { now } = server.world
  server.world.now = () => now() + 2 * 3_600_000
  try {
    assert.match((await consentOf(id)).html, /Your Bank[\s\S]*Nobody here/)
  } finally {
    server.world.now = now
  }
})

test('an application that answers on the own device alone comes with a warning, unless staff vouch for it', async () => {
  const back = 'http://127.0.0.1:4000/callback'
  const warned = async (id: string, uri = back) => /on your own device/.test((await consentOf(id, uri)).html)
  assert.ok(
    await warned(
      documents.publish('/loopback', { redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback'] }),
    ),
  )
  assert.ok(!(await warned(documents.publish('/both', { redirect_uris: ['http://127.0.0.1/callback', CALLBACK] }))))
  const uris = { redirectUris: [back] }
  assert.ok(await warned((await addClient(server.world, { ...uris, source: 'portal' })).client.id))
  assert.ok(!(await warned((await addClient(server.world, uris)).client.id)))
})

test('a person may read terms and policy of every application that has them', async () => {
  const id = documents.publish('/terms', {
    redirect_uris: [CALLBACK],
    tos_uri: 'https://app.example/terms',
    policy_uri: 'https://app.example/privacy?a=1&b=2',
  })
  const { html } = await consentOf(id)
  assert.match(html, /<a href="https:\/\/app\.example\/terms" target="_blank" rel="noopener noreferrer">/)
  assert.match(html, /href="https:\/\/app\.example\/privacy\?a&#61;1&#38;b&#61;2"/)
  const { client: known } = await addClient(server.world, { metadata: { tosUri: 'https://staff.example/terms' } })
  assert.match((await consentOf(known.id)).html, /staff\.example\/terms/)
})

test('name, website, logo, terms and policy are shown in the language of the page', async () => {
  const logo_uri = documents.publish('/logos/standard', picture(PNG, 'image/png'))
  const german = documents.publish('/logos/german', picture(PNG, 'image/png'))
  const fields = {
    redirect_uris: [CALLBACK],
    client_name: 'Mail',
    'client_name#de-AT': 'Post',
    logo_uri,
    'logo_uri#de': german,
    tos_uri: 'https://app.example/terms',
    'tos_uri#de': 'https://app.example/agb',
    policy_uri: 'https://app.example/privacy',
    'policy_uri#DE': 'https://app.example/datenschutz',
    'policy_uri#fr': 'https://app.example/vie-privee',
  }
  const id = documents.publish('/languages', fields)
  const shown = async (lang: string) => {
    const { html } = await consentOf(id, CALLBACK, lang)
    const address = logoIn(html) as string
    documents.asked.length = 0
    assert.equal((await fetch(server.url + address)).status, 200)
    return [
      /<h1>[^<]*(Mail|Post)/.exec(html)?.[1],
      ...[...html.matchAll(/href="https:\/\/app\.example\/([^"]+)"/g)].map(([, path]) => path),
      ...documents.asked,
    ]
  }
  assert.deepEqual(await shown('en'), ['Mail', 'terms', 'privacy', '/logos/standard'])
  assert.deepEqual(await shown('de'), ['Post', 'agb', 'datenschutz', '/logos/german'])
  const registered = { source: 'portal', website: 'https://mail.example' } as const
  const { client: known } = await addClient(server.world, {
    ...registered,
    metadata: { websites: { de: 'https://post.example' } },
  })
  assert.match((await consentOf(known.id, CALLBACK, 'de')).html, /<span class="host">post\.example/)
  assert.match((await consentOf(known.id)).html, /<span class="host">mail\.example/)
})

test('a logo is shown by this server alone: a picture of pixels, of bounded size, whatever its publisher calls it', async () => {
  const show = async (path: string, answer: Parameters<DocumentServer['publish']>[1]) => {
    const logo_uri = documents.publish(`/logos${path}`, answer)
    const id = documents.publish(path, { redirect_uris: [CALLBACK], logo_uri })
    const address = logoIn((await consentOf(id)).html)
    assert.ok(address, path)
    return fetch(server.url + address)
  }
  const png = await show('/png', picture(PNG, 'text/html'))
  assert.equal(png.status, 200)
  assert.equal(png.headers.get('content-type'), 'image/png')
  assert.equal(png.headers.get('x-content-type-options'), 'nosniff')
  assert.match(png.headers.get('content-security-policy') ?? '', /sandbox/)
  assert.deepEqual(Buffer.from(await png.arrayBuffer()), PNG)
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  for (const [path, answer] of [
    ['/svg', picture(svg, 'image/svg+xml')],
    ['/svg-as-png', picture(svg, 'image/png')],
    ['/html', picture('<script>alert(1)</script>', 'image/png')],
    ['/pixels', picture(manyPixels(), 'image/png')],
    ['/no-size', picture(PNG.subarray(0, 20), 'image/png')],
    ['/large', picture(Buffer.concat([PNG, Buffer.alloc(300_000)]), 'image/png')],
    [
      '/away',
      (response: import('node:http').ServerResponse) => void response.writeHead(302, { location: '/logos/png' }).end(),
    ],
  ] as const)
    assert.equal((await show(path, answer)).status, 404, path)
})

test('a logo is fetched once, and nobody can make an address for one', async () => {
  const logo_uri = documents.publish('/logos/once', picture(PNG, 'image/png'))
  const id = documents.publish('/once', { redirect_uris: [CALLBACK], logo_uri })
  const address = logoIn((await consentOf(id)).html) as string
  const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(server.url + address)))
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
  assert.equal(documents.asked.filter(path => path === '/logos/once').length, 1)
  const [number] = /\d+(?=-)/.exec(address) as RegExpExecArray
  for (const forged of [
    `${number}-x`,
    number,
    '1-',
    `${Number(number) + 1}-${address.split('-').at(-1)}`,
    'x'.repeat(5000),
  ])
    assert.equal((await fetch(`${server.url}/assets/client-logos/${forged}`)).status, 404, forged.slice(0, 50))
})

for (const [width, scheme] of [
  [390, 'light'],
  [390, 'dark'],
  [1440, 'light'],
] as const)
  test(`the page can be read at ${width} px (${scheme}), with its logo, and the browser has nothing to complain of`, async () => {
    const logo_uri = documents.publish('/logos/shown', picture(PNG, 'image/png'))
    const id = documents.publish('/shown', {
      client_name: 'A Client With A Rather Long Name For Its Size',
      logo_uri,
      tos_uri: 'https://app.example/terms',
      policy_uri: 'https://app.example/privacy',
    })
    const page = await openPage({ baseURL: server.url, viewport: { width, height: 900 }, colorScheme: scheme })
    const complaints = complaintsOf(page)
    await signInAt(page, '/login', 'alice', PASSWORD)
    await page.goto(authorizeUrl(id, pkce().challenge, { redirect_uri: 'http://127.0.0.1:4000/callback' }))
    assert.equal(await page.evaluate('document.querySelector("img.logo").naturalWidth'), 1)
    assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= width)
    assert.deepEqual(await accessibilityFaults(page), [])
    assert.deepEqual(complaints, [])
    if (process.env['SHOTS'])
      await page.screenshot({ path: `${process.env['SHOTS']}/consent-${width}-${scheme}.png`, fullPage: true })
    await page.context().close()
  })

test('in a browser a person allows a program that publishes itself, and the program gets a token that works', async () => {
  const { promise: arrived, resolve } = Promise.withResolvers<URL>()
  const program = createServer((request, response) => {
    resolve(new URL(request.url ?? '', 'http://127.0.0.1'))
    response.end('Back in the program.')
  }).listen(0, '127.0.0.1')
  await once(program, 'listening')
  const back = `http://127.0.0.1:${(program.address() as AddressInfo).port}/callback`
  try {
    const id = documents.publish('/program/client.json', { client_name: 'Program' })
    const config = await client.discovery(
      new URL(server.url),
      id,
      { token_endpoint_auth_method: 'none' },
      client.None(),
      {
        algorithm: 'oauth2',
        execute: [client.allowInsecureRequests],
      },
    )
    assert.equal(config.serverMetadata()['client_id_metadata_document_supported'], true)
    const verifier = client.randomPKCECodeVerifier()
    const challenge = await client.calculatePKCECodeChallenge(verifier)
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: back,
      scope: 'read',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    const page = await openPage({ baseURL: server.url })
    await signInAt(page, url.href, 'alice', PASSWORD)
    await page.getByText('Published by').waitFor()
    await page.getByRole('button', { name: 'Allow', exact: true }).click()
    const answer = new URL(back)
    answer.search = (await arrived).search
    const tokens = await client.authorizationCodeGrant(config, answer, { pkceCodeVerifier: verifier })
    const whoami = await fetch(`${server.url}/v1/whoami`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    assert.equal(whoami.status, 200)
    assert.ok((await client.refreshTokenGrant(config, tokens.refresh_token as string)).access_token)
    await page.context().close()
  } finally {
    program.closeAllConnections()
    program.close()
  }
})
