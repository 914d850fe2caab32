import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createGate } from '../../src/core/resources/create-gate.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { showPath } from '../../src/http/place.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { dialectsFor, EVERY_SWITCH } from '../../src/server/dialects.ts'
import { closeBrowser, openPage, signInAt } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import { type RawAnswer, sendRaw } from '../kit/send-raw.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/*
 * RFC 9110 section 15.5.2: a 401 MUST have a WWW-Authenticate, at every row of every table. In a browser it names no
 * scheme that opens a dialog. Two older systems never sent one, which their clients know (docs/dialects.md).
 */

const GATES = ['oauth', 'apikey', 'zocial', 'zebbra', 'tokenapi', 'mastodon'] as const
let server: TestServer
before(async () => {
  server = await testServer({ CLAVIGER_METRICS_TOKEN: 'only-for-metrics' })
  await addUser(server.world, 'ann', { email: 'ann@example.com' })
  for (const profile of GATES) await createGate(server.world, OPERATOR, { name: profile, profile, scopes: [] })
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

type Call = { dialect: string; method: string; path: string }
const EVERY: Call[] = [
  ...dialectsFor(EVERY_SWITCH).flatMap(({ name, routes }) =>
    routes.flatMap(({ at }) =>
      (at.methods === 'any' ? ['GET', 'POST'] : at.methods).map(method => ({
        dialect: name,
        method,
        path: showPath(at.path).replaceAll(/:\w+/g, 'x').replace(/\*$/, 'oauth/x'),
      })),
    ),
  ),
  ...GATES.map(gate => ({ dialect: 'forward-auth', method: 'GET', path: `/forward-auth/gates/${gate}` })),
  { dialect: 'operate', method: 'GET', path: '/metrics' },
]

type Headers = [string, string][]
const FORM: Headers = [['content-type', 'application/x-www-form-urlencoded']]
const fields = (more: Record<string, string>) => new URLSearchParams({ grant_type: 'client_credentials', ...more })
/** Nothing, and every way to prove something with a proof that is worth nothing. */
const PROOFS: Record<string, { headers: Headers; body?: string }> = {
  nothing: { headers: [] },
  'an empty form': { headers: FORM, body: '' },
  Basic: { headers: [['authorization', `Basic ${btoa('app:wrong')}`], ...FORM], body: 'token=x&grant_type=x' },
  'unreadable Basic': { headers: [['authorization', 'Basic !!!'], ...FORM], body: 'token=x&grant_type=x' },
  Bearer: { headers: [['authorization', 'Bearer wrong']] },
  'an empty Bearer': { headers: [['authorization', 'Bearer']] },
  'a scheme nothing here knows': { headers: [['authorization', 'Negotiate abc']] },
  'a key': { headers: [['x-api-key', 'wrong']] },
  'a client in the body': {
    headers: FORM,
    body: fields({ client_id: 'app', client_secret: 'wrong', token: 'x' }).toString(),
  },
  'a public client in the body': { headers: FORM, body: fields({ client_id: 'app', token: 'x' }).toString() },
  'a person in the body': {
    headers: FORM,
    body: new URLSearchParams({ username: 'ann@example.com', password: 'wrong' }).toString(),
  },
}

const ask = ({ method, path }: Call, proof: (typeof PROOFS)[string], more: Headers = []): Promise<RawAnswer> => {
  const reads = method === 'GET' || proof.body === undefined
  return sendRaw(server.url + path, {
    method,
    headers: [...proof.headers, ...more],
    ...(!reads && { body: proof.body ?? '' }),
  })
}

/** django-tokenapi had no challenge anywhere, and its clients show what they are sent. */
const without = ({ dialect }: Call): boolean => dialect === 'tokenapi'
const CHALLENGE = /^(Basic|Bearer|ApiKey|Cookie)( [a-z_]+="[^"\\]*"(, [a-z_]+="?[^"\\]*"?)*)?$/

test('every 401 says which proof is wanted, whatever was sent (RFC 9110 section 15.5.2)', async () => {
  const refused = new Map<string, Set<string>>()
  for (const call of EVERY)
    for (const [what, proof] of Object.entries(PROOFS)) {
      const { status, headers } = await ask(call, proof)
      if (status !== 401) continue
      const challenge = headers['www-authenticate']
      const where = `${call.method} ${call.path} with ${what}`
      if (without(call)) assert.equal(challenge, undefined, where)
      else assert.match(String(challenge), CHALLENGE, where)
      refused.set(call.path, (refused.get(call.path) ?? new Set()).add(what))
    }
  assert.ok(refused.size > 60, `${refused.size} addresses answered 401`)
  for (const path of ['/oauth2/token', '/oauth2/revoke', '/oauth2/introspect', '/oauth/token'])
    for (const what of ['Basic', 'unreadable Basic', 'a client in the body', 'a public client in the body'])
      assert.ok(refused.get(path)?.has(what), `${path} with ${what}`)
  for (const path of ['/v1/verify', '/v1/feed', '/v1/whoami', '/v1/users', '/metrics', '/user', '/token'])
    assert.ok(refused.has(path), path)
})

test('a client that waits for a challenge finds Basic where it may prove itself', async () => {
  const all = ['/oauth2/token', '/oauth2/revoke', '/oauth2/introspect', '/v1/verify', '/v1/verify/usage']
  for (const path of all)
    for (const what of ['nothing', 'an empty form', 'Basic', 'a client in the body']) {
      const proof = PROOFS[what] ?? { headers: [] }
      const { status, headers } = await ask({ dialect: 'oauth', method: 'POST', path }, proof)
      if (status === 401) assert.equal(headers['www-authenticate'], 'Basic realm="claviger", charset="UTF-8"')
    }
  const nothing = await ask({ dialect: 'oauth', method: 'POST', path: '/oauth2/token' }, { headers: [] })
  assert.equal(nothing.status, 401)
})

test('in a browser no scheme is named that opens a dialog', async () => {
  const modes = ['cors', 'navigate', 'same-origin', 'no-cors']
  let count = 0
  for (const call of EVERY)
    for (const [what, proof] of Object.entries(PROOFS)) {
      const mode = modes[++count % modes.length] ?? ''
      const { status, headers } = await ask(call, proof, [['sec-fetch-mode', mode]])
      if (status !== 401 || without(call)) continue
      const challenge = String(headers['www-authenticate'])
      assert.match(challenge, CHALLENGE)
      assert.doesNotMatch(challenge, /^(Basic|Digest|Negotiate|NTLM)/, `${call.method} ${call.path} with ${what}`)
    }
})

test('a page that is answered with 401 names the form on it, and opens no dialog either', async () => {
  const visitor = person(server.url)
  await visitor.visit('/login')
  const wrong = await visitor.submit({ username: 'ann', password: 'wrong' })
  assert.equal(wrong.status, 401)
  assert.match(wrong.headers.get('www-authenticate') ?? '', /^Cookie realm=/)
})

test('an API that takes JWTs is challenged like any client', async () => {
  const { clientId } = await createResource(server.world, OPERATOR, {
    audience: 'https://jwt.example',
    name: 'API',
    scopes: [],
    tokenFormat: 'jwt',
  })
  const headers: Headers = [['authorization', `Basic ${btoa(`${clientId}:wrong`)}`]]
  const answer = await sendRaw(`${server.url}/v1/feed`, { headers })
  assert.deepEqual([answer.status, answer.headers['www-authenticate']?.slice(0, 6)], [401, 'Basic '])
})

test('a real browser shows the page of a wrong password, and gives a script its 401, without a dialog', async () => {
  // Our own pages run no script; one that does stands in for an application.
  const page = await openPage({ bypassCSP: true })
  await signInAt(page, `${server.url}/login`, 'ann', 'wrong')
  assert.equal(await page.getByLabel('Password').isVisible(), true)
  // With a dialog open this would never be answered.
  const [status, challenge] = await page.evaluate(async () => {
    const answer = await fetch('/oauth2/token', { method: 'POST', body: new URLSearchParams({ client_id: 'app' }) })
    return [answer.status, answer.headers.get('www-authenticate')] as const
  })
  assert.deepEqual([status, challenge], [401, 'Bearer realm="claviger", error="invalid_client"'])
})
