import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { after, before, test } from 'node:test'
import { readDocument } from '../../src/core/clients/documents/read-document.ts'
import { openDocumentReader } from '../../src/core/services/document-reader.ts'
import { readOutboundAllow } from '../../src/server/outbound/allowed-address.ts'
import { openFetcher } from '../../src/server/outbound/fetcher.ts'
import { authorizeUrl, pkce } from '../kit/cast.ts'
import { type DocumentServer, documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* What strangers can do with the address of a document: reach into this network, waste time, pass for another client. */

let documents: DocumentServer
let server: TestServer
before(async () => {
  documents = await documentServer()
  server = await testServer(READS_LOOPBACK)
})
after(async () => {
  await server.stop()
  await documents[Symbol.asyncDispose]()
})

const visit = (id: string, at = server) => person(at.url).visit(authorizeUrl(id, pkce().challenge))
const port = () => new URL(documents.url).port

test('no spelling of an address reaches a special-use network, and the page says nothing of what lies there', async () => {
  await using strict = await testServer()
  const before = documents.asked.length
  const hosts = [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '0',
    '127.0.0.1.',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001::1]',
    '[fe80::1]',
    '[ff02::1]',
    '[fc00::1]',
    '169.254.169.254',
    '100.64.0.1',
    '10.0.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '①②⑦.0.0.1',
  ]
  for (const host of hosts) {
    const { status, html } = await visit(`https://${host}:${port()}/client.json`, strict)
    assert.equal(status, 400, host)
    assert.match(html, /client-document-unfit/, host)
    assert.doesNotMatch(html, /is at 127|ECONNREFUSED/, host)
  }
  assert.equal(documents.asked.length, before)
})

test('in production the list of the operator opens nothing to documents', async () => {
  const id = documents.publish('/production.json')
  const before = documents.asked.length
  await using strict = await testServer({
    ...READS_LOOPBACK,
    CLAVIGER_ENV: 'production',
    CLAVIGER_URL: 'https://auth.example',
    CLAVIGER_MASTER_KEY: 'x'.repeat(40),
    CLAVIGER_LIMITS: 'on',
    CLAVIGER_DRAIN_SECONDS: '0',
    CLAVIGER_CLIENT_DOCUMENTS: 'open',
  })
  assert.equal((await visit(id, strict)).status, 400)
  assert.equal(documents.asked.length, before)
})

test('a name whose address changes, and a certificate for another name, bring no document', async () => {
  const allow = readOutboundAllow(['127.0.0.0/8'])
  const read = async (id: string, addresses: string[][]) => {
    let asked = 0
    const resolve = async () => addresses[asked++] ?? ['127.0.0.1']
    const fetcher = openFetcher({ allow, namedByClients: allow, resolve })
    try {
      return { ...readDocument(id, await openDocumentReader(fetcher).read(id), Date.now()), asked }
    } finally {
      await fetcher.close()
    }
  }
  const id = `https://documents.example:${port()}/client.json`
  const before = documents.asked.length
  const rebound = await read(id, [['93.184.216.34', '10.0.0.1'], ['127.0.0.1']])
  assert.deepEqual([rebound.is, rebound.asked], ['unfit', 1])
  assert.equal((await read(id, [['127.0.0.1']])).is, 'unreachable')
  assert.equal(documents.asked.length, before)
})

test('what is no address of a document is refused before anything is asked', async () => {
  const before = documents.asked.length
  const { host } = new URL(documents.url)
  for (const id of [
    `http://${host}/client.json`,
    `https://${host}`,
    `https://${host}/`,
    `https://user@${host}/c`,
    `https://user:pw@${host}/c`,
    `https://${host}/c#part`,
    `https://${host}/c#`,
    `https://${host}/a/../c`,
    `https://${host}/./c`,
    `https://${host}/a/%2e%2e/c`,
    `HTTPS://${host}/c`,
    `https://EXAMPLE.test/c`,
    `https://example.test:443/c`,
    `https://example.test./c`,
    `https:${host}/c`,
    `https://${host}/c c`,
    `https://${host}\\@evil.test/c`,
    `https ://${host}/c`,
    `https://${host}/${'x'.repeat(500)}`,
  ]) {
    const { status, html } = await visit(id)
    assert.equal(status, 400, id)
    assert.match(html, /client-(?:document-unfit|unknown)/, id)
  }
  assert.equal(documents.asked.length, before)
})

type Publish = object | ((response: ServerResponse) => void)
const json =
  (body: string, type = 'application/json', status = 200) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': type }).end(body)

const UNFIT: [string, Publish, RegExp][] = [
  ['another client_id', { client_id: 'https://good.example/client.json' }, /very address/],
  ['the client_id of another letter case', { client_id: 'https://127.0.0.1/UNFIT' }, /very address/],
  ['no client_id', { client_id: undefined }, /very address/],
  ['a client_id that is a list', { client_id: ['x'] }, /very address/],
  ['a secret', { client_secret: 'x' }, /no client_secret/],
  ['the end of a secret', { client_secret_expires_at: 0 }, /no client_secret_expires_at/],
  ['a method with a secret', { token_endpoint_auth_method: 'client_secret_basic' }, /private_key_jwt/],
  ['keys that are not there', { token_endpoint_auth_method: 'private_key_jwt' }, /jwks/],
  ['no name', { client_name: undefined }, /client_name/],
  ['a name that turns direction', { client_name: 'Bank\u202Eknab' }, /client_name|name/],
  ['a name with a line break', { client_name: 'Bank\nApp' }, /name/],
  ['no redirect addresses', { redirect_uris: undefined }, /redirect_uris/],
  ['an empty list of them', { redirect_uris: [] }, /redirect_uris/],
  ['a dangerous one', { redirect_uris: ['javascript:alert(1)'] }, /redirect/],
  ['plain http elsewhere', { redirect_uris: ['http://app.example/cb'] }, /https/],
  ['a key set by value and by address', { jwks: { keys: [] }, jwks_uri: 'https://a.test/k' }, /jwks/],
  ['a private key', { jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' }] } }, /private/],
  ['a software statement', { software_statement: 'x' }, /./],
  ['no JSON', json('<html>'), /JSON/],
  ['JSON cut short', json('{"client_id":'), /JSON/],
  [
    'bytes that are no text',
    response => void response.setHeader('content-type', 'application/json').end(Buffer.from([0x7b, 0xff, 0x7d])),
    /JSON/,
  ],
  ['a list', json('[]'), /object/],
  ['a member twice', json('{"client_name":"Mail","client_name":"Bank"}'), /client_name twice/],
  ['null', json('null'), /object/],
  ['deep JSON', { deep: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as object }, /nested/],
  ['the wrong type', json('{}', 'text/html'), /Content-Type/],
  ['another wrong type', json('{}', 'application/jsonx'), /Content-Type/],
  ['a redirect', response => void response.writeHead(302, { location: '/first.json' }).end(), /redirects/],
  ['no content', response => void response.writeHead(204).end(), /204/],
  ['a refusal', json('{}', 'application/json', 403), /403/],
  ['a huge document', { filler: 'x'.repeat(6000) }, /longer than 5120/],
  [
    'an endless document',
    response => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const more = setInterval(() => response.write('x'.repeat(1000)), 1)
      response.on('close', () => clearInterval(more))
    },
    /longer than 5120/,
  ],
]

test('a document that is not exactly what it must be makes no client, is not remembered, and its developer reads why', async () => {
  for (const [what, document, why] of UNFIT) {
    const id = documents.publish('/unfit', document)
    const { status, html } = await visit(id)
    assert.equal(status, 400, `${what}: ${html}`)
    assert.match(html, /client-document-unfit/, what)
    assert.match(html, why, what)
    assert.equal(await server.world.clients.byId(id), undefined, what)
  }
  await server.world.recorder.flush()
  const noted = (await server.world.journal.list({ event: 'refused' }, { limit: 100 })).items
  const entry = noted.find(
    ({ reason, detail }) => reason === 'client-document-unfit' && detail?.['parameter'] === `${documents.url}/unfit`,
  )
  assert.match(String(entry?.detail?.['found']), /client_id/)
  documents.publish('/unfit', { redirect_uris: ['https://app.example/callback'] })
  assert.equal((await visit(`${documents.url}/unfit`)).status, 200)
})

test('a document of +json is one, and unknown fields change nothing', async () => {
  const id = documents.publish('/plus', response => {
    const document = {
      client_id: id,
      client_name: 'Plus',
      redirect_uris: ['https://app.example/callback'],
      is_admin: true,
    }
    json(JSON.stringify(document), 'application/vnd.client+json; charset=utf-8')(response)
  })
  assert.equal((await visit(id)).status, 200)
  const client = await server.world.clients.byId(id)
  assert.deepEqual([client?.type, client?.grantTypes], ['public', ['authorization_code', 'refresh_token']])
})

test('reserved scopes stay out of reach, whatever a document names', async () => {
  const callback = { redirect_uris: ['https://app.example/callback'] }
  for (const document of [{ ...callback, scope: 'read users users:write admin:write clients:read' }, callback]) {
    const id = documents.publish('/reserved', document)
    for (const scope of ['users', 'admin:write', 'read clients:read']) {
      const answer = await person(server.url).visit(authorizeUrl(id, pkce().challenge, { scope }))
      assert.equal(answer.sentTo?.searchParams.get('error'), 'invalid_scope', scope)
    }
  }
  assert.deepEqual((await server.world.clients.byId(`${documents.url}/reserved`))?.scopes, ['read'])
})

test('many who ask at once cost one request', async () => {
  const before = server.world.documentReader
  const { promise: allAsk, resolve } = Promise.withResolvers<void>()
  let waiting = 0
  server.world.documentReader = {
    read(clientId) {
      const answer = before.read(clientId)
      waiting += 1
      if (waiting === 20) resolve()
      return answer
    },
  }
  try {
    const redirect_uris = ['https://app.example/callback']
    const id = documents.publish('/slow', response => {
      allAsk.then(() => json(JSON.stringify({ client_id: id, client_name: 'S', redirect_uris }))(response))
    })
    const seen = await Promise.all(Array.from({ length: 20 }, () => visit(id)))
    assert.deepEqual([...new Set(seen.map(({ status }) => status))], [200])
    assert.equal(documents.asked.filter(path => path === '/slow').length, 1)
  } finally {
    server.world.documentReader = before
  }
})

test('a body that never ends is given up after seconds, as an outage', async () => {
  const id = documents.publish('/drip', response => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"client_id":')
  })
  const { status, html } = await visit(id)
  assert.equal(status, 503, html)
  assert.match(html, /client-document-unreachable/)
})

test('a network that asks for documents without end is stopped, and stored copies still serve it', async () => {
  await using limited = await testServer({
    ...READS_LOOPBACK,
    CLAVIGER_LIMITS: 'on',
    CLAVIGER_TRUST_PROXY: '127.0.0.1/32',
  })
  const headers = { 'x-forwarded-for': '198.51.100.7' }
  const from = (id: string) =>
    fetch(limited.url + authorizeUrl(id, pkce().challenge, { redirect_uri: 'http://127.0.0.1/callback' }), {
      headers,
      redirect: 'manual',
    }).then(({ status }) => status)
  const known = documents.publish('/known')
  assert.equal(await from(known), 303)
  const answers: number[] = []
  for (let i = 0; i < 30; i++) answers.push(await from(`${documents.url}/flood/${i}`))
  assert.ok(answers.includes(429), String(answers))
  const { now } = limited.world
  limited.world.now = () => now() + 2 * 3_600_000
  assert.equal(await from(known), 303)
})
