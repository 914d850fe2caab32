import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { AuthError } from '../../src/guard/answer/auth-error.ts'
import { type Guard, openGuard } from '../../src/guard/decide/guard.ts'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import { webCarrier } from '../../src/guard/request/carriers.ts'
import { eventually } from '../kit/eventually.ts'

/* What a guard hears from its server is typed before it decides, and judged by the rules of the guard. */

const AUDIENCE = 'https://api.example'
type Members = Record<string, unknown>
const later = () => Math.floor(Date.now() / 1000) + 3600

async function passes(guard: Guard, secret: string): Promise<string> {
  try {
    await guard.check(webCarrier({ headers: new Headers({ authorization: `Bearer ${secret}` }), url: '/' }))
    return 'passed'
  } catch (error) {
    assert.ok(error instanceof AuthError, String(error))
    return error.code
  }
}

const POSITION = 'event: position\ndata: {"position":0}\n\n'
/** A server that answers every check with this, and whose feed begins with this event. */
async function answering(body: unknown, event?: string, options: GuardOptions = {}) {
  const calls = { verify: 0, feed: 0 }
  const http = createServer((request, response) => {
    if (request.url === '/v1/feed') {
      calls.feed++
      if (event === undefined) return void response.writeHead(503).end()
      return void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(event)
    }
    calls.verify++
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const guard = openGuard({ url, clientId: 'a', clientSecret: 'b', usage: 'quiet', ...options })
  const close = async () => {
    await guard.close()
    http.closeAllConnections()
    await new Promise(resolve => http.close(resolve))
  }
  return { guard, calls, [Symbol.asyncDispose]: close }
}
const YES = {
  active: true,
  kind: 'api_key',
  credential_id: 'abc',
  subject: { id: 'u', number: 1, handle: 'ann' },
  client: null,
  scopes: ['read'],
  audience: [],
  issued_at: 1,
  expires_at: later(),
  feed_position: 0,
}

test('a yes whose members have another type is no answer: the guard says that it cannot tell', async () => {
  {
    await using one = await answering(YES)
    assert.equal(await passes(one.guard, 'any'), 'passed')
  }
  const hostile: Members[] = [
    ...Object.keys(YES).map(name => ({ [name]: undefined })),
    ...['subject', 'client'].flatMap(name => [{ [name]: 'ann' }, { [name]: {} }, { [name]: [] }]),
    { expires_at: String(later()) },
    { expires_at: [] },
    { scopes: 'read' },
    { scopes: [7] },
    { networks: 'any' },
    { audience: null },
    { active: 'true' },
    { active: 1 },
    { feed_position: '0' },
  ]
  for (const change of hostile) {
    await using one = await answering({ ...YES, ...change })
    assert.equal(await passes(one.guard, 'any'), 'unavailable', JSON.stringify(change))
  }
})

test('an event of the feed whose members have another type makes nothing remembered count', async () => {
  const places = ['"7"', 'null', '[]', '{}', '{"position":"7"}', '{"position":-1}', '{"position":1e400}']
  for (const data of places) {
    await using one = await answering(YES, `event: position\ndata: ${data}\n\n`)
    await passes(one.guard, 'any')
    // It hung up and came back.
    await eventually(async () => one.calls.feed > 1)
    const before = one.calls.verify
    for (let i = 0; i < 3; i++) assert.equal(await passes(one.guard, 'any'), 'passed')
    assert.equal(one.calls.verify, before + 3, data)
  }
  await using one = await answering(YES, POSITION)
  await eventually(async () => {
    const before = one.calls.verify
    await passes(one.guard, 'any')
    return one.calls.verify === before
  })
})

test('a first yes passes only where it would pass from memory: end, kind, audience and scopes are judged here, too', async () => {
  const wrong: [Members, string][] = [
    [{ expires_at: Math.floor(Date.now() / 1000) - 1 }, 'expired'],
    [{ expires_at: 0 }, 'expired'],
    [{ kind: 'token_pair' }, 'wrong_dialect'],
    [{ audience: ['https://other.example'] }, 'wrong_audience'],
    [{ scopes: [] }, 'insufficient_scope'],
    [{ scopes: ['write', 'reading'] }, 'insufficient_scope'],
  ]
  const options = { scopes: 'read', audience: AUDIENCE }
  for (const [change, reason] of wrong) {
    await using one = await answering({ ...YES, ...change }, POSITION, options)
    for (let i = 0; i < 3; i++) assert.equal(await passes(one.guard, 'any'), reason, JSON.stringify(change))
  }
  for (const change of [
    {},
    { audience: [AUDIENCE] },
    { audience: ['HTTPS://api.example:443'] },
    { expires_at: null },
    { scopes: ['write', 'read'] },
  ]) {
    await using one = await answering({ ...YES, ...change }, POSITION, options)
    assert.equal(await passes(one.guard, 'any'), 'passed', JSON.stringify(change))
  }
})
