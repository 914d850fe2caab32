import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import express from 'express'
import { pino } from 'pino'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import type { AuthError } from '../../src/guard/answer/auth-error.ts'
import { onEnded, openGuard } from '../../src/guard/decide/guard.ts'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import * as expressGuard from '../../src/guard/express.ts'
import { nodeCarrier, webCarrier } from '../../src/guard/request/carriers.ts'
import { testIssuer } from '../../src/guard/testing.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { startServer } from '../../src/server/start.ts'
import { eventually } from '../kit/eventually.ts'
import { api, issue, person } from '../kit/house.ts'
import { link } from '../kit/link.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* An API that answers for as long as somebody listens: it learns that the credential behind an open answer has died. */

/** Server-sent events for whoever the guard lets in; the last event says why they ended. */
async function eventApi(options: GuardOptions) {
  const guard = expressGuard.guard({ scopes: 'read', ...options })
  const app = express()
  app.get('/events', guard, ({ auth }, response) => {
    response.set('content-type', 'text/event-stream').flushHeaders()
    response.write('event: hello\ndata: \n\n')
    const stop = onEnded(auth, error => response.end(`event: ended\ndata: ${error.code}\n\n`))
    response.on('close', stop)
  })
  const listening = await listen(app)
  return {
    url: `${listening.url}/events`,
    async [Symbol.asyncDispose]() {
      await guard.close()
      await listening.close()
    },
  }
}

async function listen(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

/** Opens the stream, and reads until it ends. */
async function stream(url: string, presented: string) {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${presented}` } })
  assert.equal(answer.status, 200, await (answer.ok ? '' : answer.text()))
  const heard = { text: '', over: false }
  const reading = (async () => {
    for await (const part of answer.body ?? []) heard.text += new TextDecoder().decode(part)
    heard.over = true
  })()
  await eventually(async () => heard.text.includes('hello'))
  return { heard, ended: reading.then(() => /event: ended\ndata: (\w+)/.exec(heard.text)?.[1]) }
}

const WAYS: Record<string, (server: TestServer) => Promise<GuardOptions>> = {
  'in process': async server => ({ server }),
  'through the wire': server => api(server),
}

for (const [way, connection] of Object.entries(WAYS)) {
  test(`${way}: an open stream hears that its credential was revoked; its neighbour goes on`, async () => {
    await using server = await testServer()
    await using events = await eventApi(await connection(server))
    const user = await person(server.world)
    const [mine, neighbour] = [
      await issue(server.world, 'api-key', user),
      await issue(server.world, 'application-token', user),
    ]
    const open = await stream(events.url, mine.presented)
    const other = await stream(events.url, neighbour.presented)
    await revokeCredential(server.world, OPERATOR, { credentialId: mine.credentialId })
    assert.equal(await open.ended, 'revoked')
    assert.equal(other.heard.over, false)
    await changeUser(server.world, OPERATOR, { userId: user.id, active: false })
    assert.equal(await other.ended, 'owner_disabled')
  })

  test(`${way}: an open stream ends when the credential expires, and when its scopes are narrowed`, async () => {
    await using server = await testServer()
    await using events = await eventApi(await connection(server))
    const user = await person(server.world, 'ann', ['read', 'write'])
    const short = { kind: 'api-key' as const, userId: user.id, name: 'short', scopes: ['read'] }
    const { secret } = await issueKey(server.world, OPERATOR, { ...short, expiresAt: Date.now() + 2000 })
    const lasting = await stream(events.url, (await issue(server.world, 'api-key', user)).presented)
    assert.equal(await (await stream(events.url, secret)).ended, 'expired')
    await changeUser(server.world, OPERATOR, { userId: user.id, scopes: ['write'] })
    assert.equal(await lasting.ended, 'insufficient_scope')
  })

  test(`${way}: what another process revokes ends the stream, too`, async () => {
    await using server = await testServer()
    await using events = await eventApi(await connection(server))
    const { presented, credentialId } = await issue(server.world, 'api-key', await person(server.world))
    const open = await stream(events.url, presented)
    const config = readConfig({ CLAVIGER_DATA_DIR: server.dataDir, CLAVIGER_PORT: '0', CLAVIGER_LIMITS: 'off' })
    const other = await startServer(config, { log: pino({ level: 'silent' }) })
    try {
      await revokeCredential(other.world, OPERATOR, { credentialId })
      assert.equal(await open.ended, 'revoked')
    } finally {
      await other.stop()
    }
  })
}

test('while the server cannot be asked a stream lives as long as a new request would: until the feed is lost', async () => {
  await using server = await testServer()
  await using line = await link(server.url)
  const connection = { ...(await api(server)), url: line.url, feedLimitSeconds: 0.5, timeoutSeconds: 0.5 }
  await using events = await eventApi(connection)
  const { presented } = await issue(server.world, 'api-key', await person(server.world))
  const open = await stream(events.url, presented)
  line.cut()
  assert.equal(await open.ended, 'unavailable')
})

test('what was revoked while the line was down ends the stream once it is back', async () => {
  await using server = await testServer()
  await using line = await link(server.url)
  await using events = await eventApi({ ...(await api(server)), url: line.url, feedLimitSeconds: 60 })
  const { presented, credentialId } = await issue(server.world, 'api-key', await person(server.world))
  const open = await stream(events.url, presented)
  await eventually(async () => line.calls('/v1/feed') > 0)
  line.cut()
  await revokeCredential(server.world, OPERATOR, { credentialId })
  assert.equal(open.heard.over, false)
  line.mend()
  assert.equal(await open.ended, 'revoked')
})

test('a credential that died between its check and the moment the route began to listen is told of at once', async () => {
  const issuer = testIssuer()
  const guard = openGuard({ server: issuer })
  const { headers, credentialId } = issuer.mint()
  const { auth } = await guard.check(webCarrier({ headers: new Headers(headers), url: '/' }))
  issuer.revoke(credentialId)
  const error = await new Promise<AuthError>(resolve => onEnded(auth, resolve))
  assert.equal(error.code, 'revoked')
  assert.equal(error.status, 401)
})

test('whoever no longer listens is told nothing, be it by the function or by the signal', async () => {
  const issuer = testIssuer()
  const guard = openGuard({ server: issuer })
  const { headers, credentialId } = issuer.mint()
  const { auth } = await guard.check(webCarrier({ headers: new Headers(headers), url: '/' }))
  const told: string[] = []
  const closing = new AbortController()
  onEnded(auth, () => told.push('stopped'))()
  onEnded(auth, () => told.push('aborted'), { signal: closing.signal })
  onEnded(auth, () => told.push('never there'), { signal: AbortSignal.abort() })
  closing.abort()
  const last = new Promise<void>(resolve => {
    onEnded(auth, () => {
      told.push('listens')
      resolve()
    })
  })
  issuer.revoke(credentialId)
  issuer.revoke(credentialId)
  await last
  assert.deepEqual(told, ['listens'])
})

test('an upgraded socket, such as that of WebSocket, can be guarded and is cut when its credential dies', async () => {
  await using server = await testServer()
  const guard = openGuard({ server, scopes: 'read' })
  const listening = await listen((_request, response) => void response.writeHead(426).end())
  listening.server.on('upgrade', async (incoming, socket) => {
    try {
      const { auth } = await guard.check(nodeCarrier(incoming))
      const stop = onEnded(auth, () => socket.destroy())
      socket.on('close', stop)
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n')
    } catch (error) {
      socket.end(`HTTP/1.1 ${(error as AuthError).status} No\r\nconnection: close\r\n\r\n`)
    }
  })
  const upgrade = (presented: string) =>
    request(listening.url, {
      headers: { connection: 'upgrade', upgrade: 'echo', authorization: `Bearer ${presented}` },
    }).end()
  try {
    const [refused] = await once(upgrade('clv_key_nothing'), 'response')
    assert.equal(refused.statusCode, 401)
    const { presented, credentialId } = await issue(server.world, 'api-key', await person(server.world))
    const [, socket] = await once(upgrade(presented), 'upgrade')
    await revokeCredential(server.world, OPERATOR, { credentialId })
    await once(socket.resume(), 'close')
  } finally {
    await listening.close()
  }
})

test('onEnded says so when no guard let anybody in', () => {
  assert.throws(() => onEnded(undefined, () => {}), /is this route guarded/)
})
