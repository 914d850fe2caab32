import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { dialectsFor, EVERY_SWITCH, routesOf } from '../../src/server/dialects.ts'
import { api } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* RFC 9110 sections 9.3.2, 10.2.1 and 15.5.6: what a path says about its methods is what it does. */

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE']
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** Status and headers alone: some answers go on for ever. */
const ask = (server: TestServer, method: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: Record<string, string | string[] | undefined> }>((resolve, reject) => {
    const asking = request(server.url + path, { method, headers: { ...headers, connection: 'close' } }, answer => {
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers })
      answer.destroy()
    })
    asking.setTimeout(5000, () => asking.destroy(new Error(`${method} ${path} is not answered`)))
    asking.on('error', reject).end()
  })

const listed = (value: unknown): string[] => (typeof value === 'string' ? value.split(', ') : [])

/** Every path of every dialect; parameters are filled in with something that is not there. */
const PATHS = routesOf(dialectsFor(EVERY_SWITCH)).map(({ template, any }) => ({
  path: template.replaceAll(/:\w+/g, '1').replace('*', 'x'),
  any: any.length > 0,
}))

test('each path lists exactly the methods that it answers, HEAD too, and says so with every refusal', async () => {
  await using server = await testServer()
  for (const { path, any } of PATHS) {
    if (path === '/token/new.json') continue // the original names no methods anywhere
    const options = await ask(server, 'OPTIONS', path)
    if (any || options.status === 404) continue // every method is answered, or none
    const allow = listed(options.headers['allow'] ?? options.headers['access-control-allow-methods'])
    for (const method of METHODS) {
      const { status, headers } = await ask(server, method, path, method === 'POST' ? FORM : {})
      assert.equal(status === 405, !allow.includes(method), `${method} ${path} ${status}, listed: ${allow}`)
      if (status === 405) assert.deepEqual(listed(headers['allow']), allow, path)
    }
  }
})

test('HEAD is not answered where GET would issue a code, open an interaction or never end', async () => {
  await using server = await testServer()
  const { clientId, clientSecret } = await api(server)
  const basic = { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` }
  for (const path of ['/oauth2/authorize', '/oauth/authorize', '/consent', '/v1/feed']) {
    const { status, headers } = await ask(server, 'HEAD', path, basic)
    assert.equal(status, 405, path)
    assert.ok(!listed(headers['allow']).includes('HEAD'), path)
    assert.ok(listed(headers['allow']).includes('GET'), path)
  }
})
