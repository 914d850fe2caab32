import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { changeGate } from '../../src/core/resources/change-gate.ts'
import { createGate } from '../../src/core/resources/create-gate.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { freePort } from '../kit/free-port.ts'
import { issue, person } from '../kit/house.ts'
import { type RawRequest, rawRequest } from '../kit/raw-request.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { type EchoApi, echoApi, type Seen } from './echo-api.ts'
import { apache, caddy, haproxy, nginx, type OpenProxy, type ProxyKind } from './real-proxies.ts'
import { envoy, traefik } from './stand-ins.ts'

/* Every configuration of docs/proxies.md, run as it stands there, keeps the same promises. */

const PROXIES: Record<string, ProxyKind> = {
  nginx,
  caddy,
  haproxy,
  apache,
  'traefik (stand-in)': traefik,
  'envoy (stand-in)': envoy,
}
const IDENTITY = ['kind', 'subject', 'user', 'client', 'scopes', 'credential-id'].map(name => `x-auth-${name}`)

for (const [name, kind] of Object.entries(PROXIES))
  suite(name, { skip: kind.missing ?? false }, () => {
    let server: TestServer
    let api: EchoApi
    let proxy: OpenProxy
    let url: string
    let key: string
    let narrow: string
    let far: string
    let near: string
    before(async () => {
      server = await testServer({ CLAVIGER_TRUST_PROXY: '127.0.0.1/32' })
      api = await echoApi()
      const port = await freePort()
      url = `http://127.0.0.1:${port}`
      proxy = await kind.open({ proxy: port, server: Number(new URL(server.url).port), api: api.port })
      const { world } = server
      await createGate(world, OPERATOR, { name: 'orders', scopes: ['read'] })
      await createGate(world, OPERATOR, { name: 'loose' })
      const user = await person(world)
      const made = async (scopes: string[], networks: string[] = []) =>
        (await issue(world, 'api-key', user, scopes, networks)).presented
      key = await made(['read'])
      narrow = await made(['write'])
      far = await made(['read'], ['192.0.2.0/24'])
      near = await made(['read'], ['127.0.0.2'])
    })
    after(async () => {
      await proxy?.close()
      await api?.close()
      await server?.[Symbol.asyncDispose]()
    })

    const asking = (request: RawRequest, credential?: string) =>
      rawRequest(url, {
        ...request,
        // Not the address of the proxy, which is listed.
        from: '127.0.0.2',
        headers: [...(request.headers ?? []), ...(credential ? [['X-API-Key', credential] as const] : [])],
      })
    /** What the API saw of a request that must pass. */
    async function passed(request: RawRequest, credential: string | undefined = key): Promise<Seen> {
      const before = api.seen.length
      const { status, body } = await asking(request, credential)
      assert.equal(status, 200, body)
      assert.equal(api.seen.length, before + 1)
      return api.seen.at(-1) as Seen
    }
    async function refused(status: number, request: RawRequest, credential?: string) {
      const before = api.seen.length
      const answer = await asking(request, credential)
      assert.equal(answer.status, status, answer.body)
      assert.equal(api.seen.length, before, 'the API hears nothing of it')
      return answer
    }

    test('who asks stands in the headers, and the API gets method, path, query and body as they were sent', async () => {
      const seen = await passed({ path: '/caf%E9/1?scope=week&profile=me&audience=public&q=a+b%2F' })
      assert.equal(seen.url, '/caf%E9/1?scope=week&profile=me&audience=public&q=a+b%2F')
      assert.equal(seen.headers['x-auth-user'], 'ann')
      assert.equal(seen.headers['x-auth-kind'], 'api_key')
      assert.equal(seen.headers['x-auth-scopes'], 'read')
      assert.match(seen.headers['x-auth-credential-id'] ?? '', /^[0-9a-f]{24}$/)
      assert.equal(seen.headers['x-auth-client'] ?? '', '')
      const body = 'x'.repeat(200 * 1024)
      const posted = await passed({ method: 'POST', path: '/a', headers: [['Content-Type', 'text']], body })
      assert.deepEqual([posted.method, posted.length], ['POST', body.length])
      assert.equal((await passed({ method: 'PROPFIND', path: '/a' })).method, 'PROPFIND')
      await passed({
        path: '/a',
        headers: [
          ['Cookie', `a=${'b'.repeat(10_000)}`],
          ['X-Long', 'c'.repeat(10_000)],
        ],
      })
    })

    test('a request without a good credential is refused, with a challenge, and never reaches the API', async () => {
      const nothing = await refused(401, { path: '/a?scope=read' })
      assert.match(nothing.headers.get('www-authenticate') ?? '', /^Bearer realm="api", scope="read"/)
      await refused(401, { path: '/a' }, 'not-a-key')
      await refused(403, { path: '/a' }, narrow)
      await refused(401, { method: 'POST', path: '/a', headers: [['Content-Type', 'application/json']], body: '{}' })
    })

    test('what callers write does not choose the gate, the method or the address that are checked', async () => {
      for (const path of ['/gates/loose', '/?gate=loose', '/../loose', '/forward-auth/gates/loose', '/..%2floose'])
        if ((await asking({ path }, narrow)).status === 200) assert.fail(path)
      for (const header of ['X-Forwarded-Uri', 'X-Original-Url', 'X-Forwarded-Prefix', 'X-Envoy-Original-Path'])
        await refused(403, { path: '/a', headers: [[header, '/forward-auth/gates/loose']] }, narrow)
      await refused(403, { path: '/a', headers: [['X-Forwarded-For', '192.0.2.7']] }, far)
      await refused(403, { path: '/a', headers: [['Forwarded', 'for=192.0.2.7']] }, far)
      await refused(
        403,
        {
          path: '/a',
          headers: [
            ['X-Real-IP', '192.0.2.7'],
            ['Connection', 'close, X-Forwarded-For'],
          ],
        },
        far,
      )
      await passed({ path: '/a' }, near)
      for (const header of ['X-Forwarded-For', 'X-Real-IP'])
        await passed({ path: '/a', headers: [[header, '192.0.2.7']] }, near)
      await passed({ path: '/a', headers: [['Forwarded', 'for=192.0.2.7']] }, near)
    })

    test('an identity that the caller made up does not reach the API, however it is spelled', async () => {
      const made: [string, string][] = IDENTITY.flatMap(header => [
        [header, 'mallory'],
        [header.toUpperCase(), 'mallory'],
      ])
      // RFC 9110 section 5.6.2: all that a name may have besides letters, digits and the hyphen.
      for (const odd of "_.!#$%&'*+^`|~")
        for (const spelled of [
          `x${odd}auth${odd}user`,
          `X-Auth${odd}User`,
          `x${odd}Auth-User`,
          `x-auth-credential${odd}id`,
        ])
          made.push([spelled, 'mallory'])
      const { headers } = await passed({ path: '/a', headers: made })
      assert.deepEqual(
        Object.entries(headers).filter(([, value]) => value.includes('mallory')),
        [],
      )
      assert.equal(headers['x-auth-user'], 'ann')
    })

    test('an identity cannot be removed by naming its headers in Connection', async () => {
      const connection = ['close', ...IDENTITY].join(', ')
      const { headers } = await passed({ path: '/a', headers: [['Connection', connection]] })
      assert.equal(headers['x-auth-user'], 'ann')
      assert.equal(headers['x-auth-kind'], 'api_key')
      assert.doesNotMatch(headers['connection'] ?? '', /x-auth/i, 'nor by a proxy behind this one')
    })

    test('a web socket is opened with a credential alone, and the API knows whose it is', async () => {
      const headers: [string, string][] = [
        ['Connection', 'Upgrade, X-Auth-User'],
        ['Upgrade', 'websocket'],
        ['Sec-WebSocket-Version', '13'],
        ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ]
      const opened = await asking({ path: '/live', headers }, key)
      assert.equal(opened.status, 101)
      assert.match(opened.body, /hello/)
      assert.equal(api.seen.at(-1)?.headers['x-auth-user'], 'ann')
      assert.equal(api.seen.at(-1)?.headers['upgrade'], 'websocket')
      await refused(401, { path: '/live', headers: [['Connection', 'close, Upgrade'], ...headers.slice(1)] })
    })

    test('preflights reach the API where the gate lets them, without an identity, and nothing else passes with them', async () => {
      const preflights = name.startsWith('envoy') ? 'pass-by-method' : 'pass-by-header'
      const preflight: [string, string][] = [
        ['Origin', 'https://app.example'],
        ['Access-Control-Request-Method', 'PUT'],
      ]
      await refused(401, { method: 'OPTIONS', path: '/a', headers: preflight })
      await changeGate(server.world, OPERATOR, { name: 'orders', preflights })
      const seen = await passed(
        { method: 'OPTIONS', path: '/a', headers: [...preflight, ['X-Auth-User', 'mallory']] },
        '',
      )
      assert.equal(seen.method, 'OPTIONS')
      for (const header of IDENTITY) assert.equal(seen.headers[header] ?? '', '', header)
      for (const made of ['X-Forwarded-Method', 'X-Original-Method', 'X-HTTP-Method-Override', 'X-Method'])
        for (const method of ['GET', 'DELETE'])
          await refused(401, { method, path: '/a', headers: [...preflight, [made, 'OPTIONS']] })
      await refused(401, { method: 'OPTIONS', path: '/a' })
      await changeGate(server.world, OPERATOR, { name: 'orders', preflights: 'check' })
    })

    test('without an answer of the server nothing passes', async () => {
      await server.stop()
      const before = api.seen.length
      const { status } = await asking({ path: '/a' }, key)
      assert.ok([403, 500, 502, 503].includes(status), String(status))
      assert.equal(api.seen.length, before)
    })
  })
