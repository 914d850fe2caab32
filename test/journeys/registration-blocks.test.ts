import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { person } from '../kit/admin.ts'
import { CALLBACK } from '../kit/cast.ts'
import { register, said } from '../kit/registration.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Staff decide who may not register clients, and see why a registration was refused. */

let server: TestServer
let ada: Awaited<ReturnType<typeof person>>
before(async () => {
  server = await testServer({ CLAVIGER_TRUST_PROXY: '127.0.0.1/32' })
  ada = await person(server, 'ada', 'admin')
})
after(() => server.stop())

const from = (ip: string) => ({ headers: { 'x-forwarded-for': ip } })
const at = (host: string) => ({ redirect_uris: [`https://${host}/callback`] })
const block = async (body: object) => ada.ask('POST', '/v1/registration-blocks', body)

test('from a blocked network, or with a blocked host in any address, nothing registers itself', async () => {
  await block({ subject: 'network', value: '203.0.113.7/24' })
  await block({ subject: 'host', value: 'Evil.Example.' })
  const free = '198.51.100.1'
  assert.equal(said(await register(server, at('app.example'), from('203.0.113.200'))), '403 access_denied')
  for (const fields of [
    at('evil.example'),
    at('EVIL.example'),
    at('deep.below.evil.example'),
    { redirect_uris: [CALLBACK], client_uri: 'https://evil.example' },
    { redirect_uris: [CALLBACK], logo_uri: 'https://evil.example/logo' },
    { redirect_uris: [CALLBACK], post_logout_redirect_uris: ['https://evil.example/'] },
  ])
    assert.equal(said(await register(server, fields, from(free))), '403 access_denied', JSON.stringify(fields))
  assert.equal((await register(server, at('notevil.example'), from(free))).status, 201)
})

test('a change of a registration is held against the blocks, too', async () => {
  const { body } = await register(server, at('good.example'), from('198.51.100.2'))
  await block({ subject: 'host', value: 'worse.example' })
  const put = (host: string) =>
    fetch(`${server.url}/oauth2/register/${body['client_id']}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${body['registration_access_token']}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...at(host), client_id: body['client_id'] }),
    })
  assert.deepEqual([(await put('worse.example')).status, (await put('better.example')).status], [403, 200])
})

test('a block may disable what registered from there before, and taking it away lets others register', async () => {
  const made = await register(server, at('flood.example'), from('192.0.2.1'))
  const other = await register(server, at('flood.example'), from('192.0.2.130'))
  const { body } = await block({ subject: 'network', value: '192.0.2.0/25', disable: true, note: 'a flood' })
  assert.equal(body['disabled'], 1)
  const active = async ({ body }: typeof made) => (await server.world.clients.byId(String(body['client_id'])))?.active
  assert.deepEqual([await active(made), await active(other)], [false, true])
  const { id } = body['registration_block'] as { id: string }
  assert.equal((await register(server, at('flood.example'), from('192.0.2.1'))).status, 403)
  assert.equal((await ada.ask('DELETE', `/v1/registration-blocks/${id}`)).status, 200)
  assert.equal((await ada.ask('DELETE', `/v1/registration-blocks/${id}`)).status, 404)
  assert.equal((await register(server, at('flood.example'), from('192.0.2.1'))).status, 201)
})

test('what is neither a network nor a host, or blocked already, is refused with a sentence', async () => {
  for (const body of [
    { subject: 'network', value: '300.0.0.1' },
    { subject: 'network', value: 'app.example' },
    { subject: 'host', value: 'https://app.example/' },
    { subject: 'host', value: 'app.example:443' },
    { subject: 'host', value: '' },
    { subject: 'person', value: 'ada' },
  ])
    assert.equal((await block(body)).status, 400, JSON.stringify(body))
  await block({ subject: 'host', value: 'twice.example' })
  assert.equal((await block({ subject: 'host', value: 'twice.example' })).status, 409)
})

test('staff see why a registration was refused, and each fault is written once an hour', async () => {
  const wrong = { redirect_uris: [CALLBACK], subject_type: 'private' }
  const first = await register(server, wrong, from('198.51.100.9'))
  for (let i = 0; i < 20; i++) await register(server, wrong, from('198.51.100.9'))
  await server.world.recorder.flush()
  const explained = await ada.ask('POST', '/v1/explain', { request_id: first.headers.get('x-request-id') })
  assert.equal(explained.status, 200)
  assert.match(JSON.stringify(explained.body), /subject_type must be one of/)
  const { items } = await server.world.journal.list({ reasons: ['client-metadata-unfit'] }, { limit: 50 })
  assert.equal(items.length, 1)
  const { now } = server.world
  server.world.now = () => now() + 3_600_000
  await register(server, wrong, from('198.51.100.9'))
  server.world.now = now
  await server.world.recorder.flush()
  assert.equal((await server.world.journal.list({ reasons: ['client-metadata-unfit'] }, { limit: 50 })).items.length, 2)
})
