import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { revokeAll } from '../../src/core/credentials/revoke-all.ts'
import { sendLogouts } from '../../src/core/openid/logout/send-logouts.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import { deleteUser } from '../../src/core/users/delete-user.ts'
import { setPassword } from '../../src/core/users/set-password.ts'
import { HOUR, MINUTE } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { readOutboundAllow } from '../../src/server/outbound/allowed-address.ts'
import { openFetcher } from '../../src/server/outbound/fetcher.ts'
import { addUser, CALLBACK } from '../kit/cast.ts'
import { documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { eventually } from '../kit/eventually.ts'
import { AFTER, application, leave } from '../kit/logout.ts'
import { idTokenOf, relying, walk } from '../kit/openid.ts'
import type { Person } from '../kit/person.ts'
import { registered } from '../kit/registration.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* OpenID Connect Back-Channel Logout 1.0. */

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/** An application that hears of sign-outs at the back channel. */
async function hearing() {
  const heard: string[] = []
  let status = 204
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    heard.push(new URLSearchParams(body).get('logout_token') ?? '')
    response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    heard,
    uri: `http://127.0.0.1:${port}/bye`,
    answer: (next: number) => {
      status = next
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Every way in which a session ends by a person's will. */
const ENDINGS: Record<string, (server: TestServer, who: Person, userId: string) => Promise<unknown>> = {
  'the person signs out on our page': async (_server, who) => {
    await who.visit('/logout')
    await who.submit({})
  },
  'staff end the session': async ({ world }, _who, userId) => {
    const { items } = await world.credentials.list({ userId, kinds: ['session'], status: 'active' }, { limit: 10 })
    for (const { id } of items) await world.credentials.revoke(id, { ...ENTRY, at: world.now() })
  },
  'staff end all of the person': ({ world }, _who, userId) =>
    revokeAll(world, OPERATOR, { of: 'user', id: userId, kinds: ['session'] }),
  'the person gets another password': ({ world }, _who, userId) =>
    setPassword(world, OPERATOR, { userId, password: 'another long phrase', keys: 'keep' }),
  'the person is deleted': ({ world }, _who, userId) => deleteUser(world, OPERATOR, { userId }),
  'the person is disabled': ({ world }, _who, userId) => changeUser(world, OPERATOR, { userId, active: false }),
  'another person signs in in the browser': async (_server, who) => {
    await who.visit('/login?switch=yes')
    await who.submit({ username: 'bob', password: 'correct horse battery' })
  },
}
const ENTRY = { event: 'revoked', about: 'credential', actor: 'operator' } as const

for (const [name, end] of Object.entries(ENDINGS))
  test(`each client of a session hears of its end once: ${name}`, async () => {
    await using client = await hearing()
    await using server = await testServer(READS_LOOPBACK)
    const alice = await addUser(server.world)
    await addUser(server.world, 'bob')
    const by = await relying(server, await application(server, { backchannelLogoutUri: client.uri }))
    const { tokens, who } = await walk(by)
    await walk(by, { prompt: 'login' }, { who })
    const deaf = await relying(server, await application(server))
    await walk(deaf, {}, { who })
    assert.equal(client.heard.length, 0, 'signing in again is no sign-out')

    await end(server, who, alice.id)
    await eventually(async () => client.heard.length > 0)
    await sendLogouts(server.world)
    assert.equal(client.heard.length, 1)
    const token = client.heard.at(0) as string
    const keys = createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`))
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: server.url,
      audience: by.client.client.id,
      typ: 'logout+jwt',
    })
    assert.equal(protectedHeader.alg, 'RS256')
    assert.equal(payload['sid'], idTokenOf({ tokens })['sid'])
    assert.equal(payload.sub, alice.id)
    assert.deepEqual(payload['events'], { [LOGOUT_EVENT]: {} })
    assert.equal('nonce' in payload, false)
    assert.ok(payload.jti)
    assert.ok((payload.exp ?? 0) - (payload.iat ?? 0) <= 120)

    // A logout token is no id token, and an id token is no access token.
    const refused = await leave(who, { id_token_hint: token, post_logout_redirect_uri: AFTER })
    assert.equal(refused.status, 400)
    const info = await fetch(`${server.url}/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } })
    assert.equal(info.status, 401)
  })

test('a logout token names the person as the id token does, also to a pairwise client', async () => {
  await using client = await hearing()
  await using server = await testServer(READS_LOOPBACK)
  const alice = await addUser(server.world)
  const metadata = { backchannelLogoutUri: client.uri, subjectType: 'pairwise' } as const
  const { tokens, who } = await walk(await relying(server, await application(server, metadata)))
  await who.visit('/logout')
  await who.submit({})
  await eventually(async () => client.heard.length > 0)
  const { sub } = decodeJwt(client.heard.at(0) as string)
  assert.equal(sub, idTokenOf({ tokens }).sub)
  assert.notEqual(sub, alice.id)
})

test('a notice that is not heard is sent again with a fresh token; a refused one is not, and staff may repeat it', async () => {
  await using client = await hearing()
  await using server = await testServer(READS_LOOPBACK)
  const { world } = server
  await addUser(world)
  const by = await relying(server, await application(server, { backchannelLogoutUri: client.uri }))
  client.answer(503)
  const { who } = await walk(by)
  await who.visit('/logout')
  await who.submit({})
  await eventually(async () => client.heard.length > 0)
  await eventually(async () => (await world.logouts.list({}, 10)).length > 0)

  let ahead = 0
  world.now = () => Date.now() + ahead
  client.answer(400)
  ahead = MINUTE
  await sendLogouts(world)
  await eventually(async () => client.heard.length === 2)
  const [first, second] = client.heard.map(token =>
    JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString()),
  )
  assert.notEqual(first.jti, second.jti)
  assert.equal(first.sid, second.sid)
  await eventually(async () => (await world.logouts.list({}, 10))[0]?.nextAt === undefined)
  ahead = 48 * HOUR
  await sendLogouts(world)
  assert.equal(client.heard.length, 2, 'the client has refused it')
  const [left] = await world.logouts.list({ clientId: by.client.client.id }, 10)
  assert.match(left?.fault ?? '', /status 400/)

  client.answer(200)
  assert.equal(await world.logouts.repeat(by.client.client.id, { ...ENTRY, at: world.now() }), 1)
  await sendLogouts(world)
  await eventually(async () => client.heard.length === 3)
  await eventually(async () => (await world.logouts.list({}, 10)).length === 0)
  assert.equal(decodeProtectedHeader(client.heard.at(2) as string).typ, 'logout+jwt')
})

test('a client that registered itself gets no notice at an address that is open for staff alone, as in production', async () => {
  await using listeners = await documentServer()
  await using server = await testServer(READS_LOOPBACK)
  const { world } = server
  const outbound = openFetcher({ allow: readOutboundAllow(['127.0.0.0/8']) })
  world.fetcher = outbound
  try {
    await addUser(world)
    const heard = (path: string) => listeners.publish(path, response => void response.writeHead(204).end())
    const ofStaff = await application(server, { backchannelLogoutUri: heard('/staff') })
    const { client_id, client_secret: secret } = await registered(server, {
      redirect_uris: [CALLBACK],
      backchannel_logout_uri: heard('/self'),
    })
    const { who } = await walk(await relying(server, ofStaff))
    const client = await world.clients.byId(client_id)
    await walk(await relying(server, { client, secret } as RegisteredClient), {}, { who })
    await who.visit('/logout')
    await who.submit({})
    await eventually(async () => listeners.asked.includes('/staff'))
    await eventually(async () => (await world.logouts.list({ clientId: client_id }, 10))[0]?.fault !== undefined)
    const [refused] = await world.logouts.list({ clientId: client_id }, 10)
    assert.equal(refused?.nextAt, undefined, 'it is not sent again')
    assert.deepEqual(listeners.asked, ['/staff'])
  } finally {
    await outbound.close()
  }
})

test('a notice survives a restart of the server before it was sent', async () => {
  await using client = await hearing()
  client.answer(503)
  let server = await testServer(READS_LOOPBACK)
  await addUser(server.world)
  const by = await relying(server, await application(server, { backchannelLogoutUri: client.uri }))
  const { who } = await walk(by)
  await who.visit('/logout')
  await who.submit({})
  await eventually(async () => client.heard.length > 0)
  client.answer(204)
  server = await server.restart()
  try {
    server.world.now = () => Date.now() + MINUTE
    await eventually(async () => client.heard.length > 1)
  } finally {
    await server.stop()
  }
})
