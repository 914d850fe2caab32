import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { changeClient } from '../../src/core/clients/change-client.ts'
import { deleteClient } from '../../src/core/clients/delete-client.ts'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { blockRegistrations } from '../../src/core/clients/registration/block-registrations.ts'
import { DAY, HOUR, MINUTE } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { addUser, askTokens, authorizeUrl, pkce, signedIn } from '../kit/cast.ts'
import { type DocumentServer, documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { type Person, person, type Sight } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* A client names itself by the address of its metadata document (draft-ietf-oauth-client-id-metadata-document). */

const BACK = 'http://127.0.0.1:5001/callback'
let server: TestServer
let documents: DocumentServer
let ahead = 0
before(async () => {
  documents = await documentServer()
  server = await testServer(READS_LOOPBACK)
  const now = server.world.now
  server.world.now = () => now() + ahead
  await addUser(server.world)
})
after(async () => {
  await server.stop()
  await documents[Symbol.asyncDispose]()
})

const ask = (who: Person, clientId: string, more: Record<string, string | undefined> = {}): Promise<Sight> =>
  who.visit(authorizeUrl(clientId, pkce().challenge, { redirect_uri: BACK, ...more }))
const asksConsent = ({ html }: Sight): boolean => /name="decision"/.test(html)
const as = (clientId: string) => ({ client: { id: clientId } }) as RegisteredClient

async function tokens(who: Person, clientId: string) {
  const { challenge, verifier } = pkce()
  const page = await who.visit(authorizeUrl(clientId, challenge, { redirect_uri: BACK }))
  assert.ok(asksConsent(page), page.html)
  const { sentTo } = await who.submit({ decision: 'allow' })
  const answer = await askTokens(server.url, as(clientId), {
    grant_type: 'authorization_code',
    code: sentTo?.searchParams.get('code') ?? '',
    code_verifier: verifier,
    redirect_uri: BACK,
  })
  assert.ok(answer.access_token && answer.refresh_token, JSON.stringify(answer))
  return { access: answer.access_token, refresh: answer.refresh_token }
}
const refreshed = (clientId: string, refresh: string) =>
  askTokens(server.url, as(clientId), { grant_type: 'refresh_token', refresh_token: refresh })
const works = async (token: string) =>
  (await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })).status === 200
const askedFor = (path: string) => documents.asked.filter(one => one === path).length
const entriesOf = async (clientId: string) => (await server.world.journal.list({ clientId }, { limit: 50 })).items

test('a client that nobody registered gets tokens by its document, which is read once while it is fresh', async () => {
  const id = documents.publish('/first/client.json', {}, { 'cache-control': 'max-age=600' })
  const who = await signedIn(server.url)
  const { access, refresh } = await tokens(who, id)
  assert.ok(await works(access))
  assert.ok((await refreshed(id, refresh)).access_token)
  assert.ok(asksConsent(await ask(who, id)))
  assert.equal(askedFor('/first/client.json'), 1)
  ahead += 10 * MINUTE
  assert.ok(asksConsent(await ask(who, id)))
  assert.equal(askedFor('/first/client.json'), 2)
})

test('the metadata says so, except where no document would be read', async () => {
  const supported = async (at: TestServer) =>
    ((await (await fetch(`${at.url}/.well-known/oauth-authorization-server`)).json()) as Record<string, unknown>)[
      'client_id_metadata_document_supported'
    ]
  assert.equal(await supported(server), true)
  for (const settings of [{ CLAVIGER_CLIENT_DOCUMENTS: 'closed' }, { CLAVIGER_CLIENT_DOCUMENTS: 'listed' }] as Record<
    string,
    string
  >[]) {
    await using other = await testServer(settings)
    assert.equal(await supported(other), undefined)
  }
  await using listed = await testServer({
    CLAVIGER_CLIENT_DOCUMENTS: 'listed',
    CLAVIGER_CLIENT_DOCUMENT_HOSTS: 'a.test',
  })
  assert.equal(await supported(listed), true)
})

test('where hosts are listed, others are turned away and not asked', async () => {
  const host = new URL(documents.url).host
  await using strict = await testServer({
    ...READS_LOOPBACK,
    CLAVIGER_CLIENT_DOCUMENTS: 'listed',
    CLAVIGER_CLIENT_DOCUMENT_HOSTS: `*.apps.test ${host}`,
  })
  const refused = async (id: string) =>
    (await person(strict.url).visit(authorizeUrl(id, pkce().challenge, { redirect_uri: BACK }))).status
  const id = documents.publish('/listed/client.json')
  assert.equal((await person(strict.url).visit(authorizeUrl(id, pkce().challenge, { redirect_uri: BACK }))).status, 200)
  for (const other of [
    'https://evil.test/c',
    'https://apps.test/c',
    'https://a.b.apps.test/c',
    'https://127.0.0.1:1/c',
  ])
    assert.equal(await refused(other), 403, other)
})

test('a server of documents that is down: the stored copy serves for a week, and without one it is an outage, never a wrong client', async () => {
  const id = documents.publish('/down/client.json')
  const who = await signedIn(server.url)
  const { access, refresh } = await tokens(who, id)
  documents.down()
  try {
    ahead += 2 * HOUR
    assert.ok(asksConsent(await ask(who, id)))
    assert.ok(asksConsent(await ask(who, id)))
    assert.equal(askedFor('/down/client.json'), 2, 'one attempt a minute')
    assert.equal((await server.world.clientDocuments.byClient(id))?.trouble?.is, 'unreachable')
    const unknown = `${documents.url}/never/client.json`
    const page = await ask(who, unknown)
    assert.equal(page.status, 503)
    const pushed = await fetch(`${server.url}/oauth2/par`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: unknown, response_type: 'code' }),
    })
    assert.deepEqual(
      [pushed.status, ((await pushed.json()) as { error: string }).error],
      [503, 'temporarily_unavailable'],
    )
    ahead += 8 * DAY
    assert.equal((await ask(await signedIn(server.url), id)).status, 503)
    assert.ok((await refreshed(id, refresh)).access_token, 'what was granted goes on')
    assert.ok(!(await works(access)), 'expired meanwhile')
  } finally {
    documents.up()
  }
  assert.ok(asksConsent(await ask(await signedIn(server.url), id)))
})

test('a document that is gone gives no new access, and what was granted lives on', async () => {
  const path = '/gone/client.json'
  const id = documents.publish(path)
  const who = await signedIn(server.url)
  const { refresh } = await tokens(who, id)
  documents.publish(path, response => response.writeHead(410).end())
  ahead += 2 * HOUR
  const page = await ask(who, id)
  assert.equal(page.status, 400)
  assert.match(page.html, /client-document-withdrawn/)
  documents.down()
  const still = await ask(who, id)
  documents.up()
  assert.equal(still.status, 503, 'its stored copy does not come back while its server is down')
  documents.publish(path)
  assert.ok(asksConsent(await ask(who, id)), 'an error is not remembered')
  const whats = (await entriesOf(id)).map(({ detail }) => detail?.['what']).filter(Boolean)
  assert.deepEqual(whats, ['client document there again', 'client document withdrawn'])
  assert.ok((await refreshed(id, refresh)).access_token)
})

test('a document whose redirect addresses change: people are asked anew, and the old address gets no code', async () => {
  const path = '/moved/client.json'
  const id = documents.publish(path)
  const who = await signedIn(server.url)
  const { refresh } = await tokens(who, id)
  documents.publish(path, { redirect_uris: ['https://elsewhere.example/cb'], client_name: 'Bank' })
  ahead += 2 * HOUR
  const old = await ask(who, id)
  assert.equal(old.status, 400)
  assert.match(old.html, /redirect-not-registered/)
  assert.equal(old.sentTo, undefined)
  const page = await ask(who, id, { redirect_uri: 'https://elsewhere.example/cb' })
  assert.doesNotMatch(page.html, /allowed it before/)
  assert.match(page.html, /elsewhere\.example/)
  assert.ok((await refreshed(id, refresh)).access_token, 'until it is revoked')
  const change = (await entriesOf(id)).find(({ event }) => event === 'changed')
  assert.deepEqual(change?.detail?.['redirectsGone'], ['http://127.0.0.1/callback'])
  assert.deepEqual([change?.actor, change?.reason], ['system', 'client-document'])
})

test('two documents that differ in letter case or in a slash are two clients', async () => {
  const ids = ['/Case/Client', '/case/client', '/case/client/'].map(path =>
    documents.publish(path, { client_name: path }),
  )
  const who = await signedIn(server.url)
  for (const id of ids) assert.match((await ask(who, id)).html, new RegExp(`“${new URL(id).pathname}”`))
})

test('a blocked client loses all it has at once, and its document is not asked again; a deleted one begins anew', async () => {
  const path = '/blocked/client.json'
  const id = documents.publish(path)
  const who = await signedIn(server.url)
  const { access, refresh } = await tokens(who, id)
  await changeClient(server.world, OPERATOR, { clientId: id, active: false })
  assert.ok(!(await works(access)))
  ahead += 2 * HOUR
  assert.equal((await ask(who, id)).status, 403)
  assert.equal(askedFor(path), 1)
  await changeClient(server.world, OPERATOR, { clientId: id, active: true })
  assert.ok(!(await works(access)), 'what was ended stays ended')
  assert.equal((await refreshed(id, refresh)).error, 'invalid_grant')
  const again = await tokens(await signedIn(server.url), id)
  await deleteClient(server.world, OPERATOR, { clientId: id })
  assert.ok(!(await works(again.access)))
  assert.equal(await server.world.clientDocuments.byClient(id), undefined)
  assert.ok(asksConsent(await ask(await signedIn(server.url), id)))
  for (const change of [{ name: 'Mine' }, { redirectUris: [] }, { metadata: {} }])
    await assert.rejects(changeClient(server.world, OPERATOR, { clientId: id, ...change }), { code: 'state-conflict' })
})

test('a host that staff block has no documents here, and what it had stops', async () => {
  const path = '/host-blocked/client.json'
  const id = documents.publish(path, { redirect_uris: ['http://127.0.0.1/callback', 'https://evil.example/cb'] })
  const who = await signedIn(server.url)
  const { access } = await tokens(who, id)
  await blockRegistrations(server.world, OPERATOR, { subject: 'host', value: 'evil.example', disable: true })
  assert.ok(!(await works(access)))
  assert.equal((await ask(who, id)).status, 403)
  const other = documents.publish('/host-blocked/other.json', { redirect_uris: ['https://a.evil.example/cb'] })
  const page = await ask(who, other, { redirect_uri: 'https://a.evil.example/cb' })
  assert.match(page.html, /registration-blocked/)
  assert.equal(await server.world.clients.byId(other), undefined)
  await blockRegistrations(server.world, OPERATOR, { subject: 'host', value: '127.0.0.1', disable: false })
  const before = documents.asked.length
  assert.match((await ask(who, `${documents.url}/never-asked`)).html, /registration-blocked/)
  assert.equal(documents.asked.length, before)
})
