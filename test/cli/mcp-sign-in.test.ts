import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import { after, suite, test } from 'node:test'
import { listening } from '../../examples/listening.ts'
import { guard } from '../../src/guard/node.ts'
import { checkMcp, type McpCheck } from '../../src/server/mcp-check/check-mcp.ts'
import { SIGN_IN_STEPS } from '../../src/server/mcp-check/sign-in.ts'
import { addClient, addUser, signIn } from '../kit/cast.ts'
import { api } from '../kit/house.ts'
import { person } from '../kit/person.ts'
import { testServer } from '../kit/server.ts'
import { type Answer, ASM, doc, openScene, type Routes } from './mcp-servers.ts'

/* `claviger mcp check --sign-in`: the rest of the way, with a person, at servers that break it in one way each. */

const scene = await openScene()
after(() => scene.close())
const { origin } = scene
const REDIRECT = 'http://127.0.0.1:1/callback'

const GOOD: Routes = {
  '/register': () => ({
    status: 201,
    body: {
      client_id: 'c1',
      registration_client_uri: `${origin}/register/c1`,
      registration_access_token: 'management',
    },
  }),
  '/register/c1': () => ({ status: 204 }),
  '/revoke': () => ({ body: {} }),
  '/token': (_request, good) => good,
  [ASM]: doc({ revocation_endpoint: `${origin}/revoke` }),
}
const TOKENS = { access_token: 'a', refresh_token: 'r', token_type: 'Bearer', expires_in: 60 }
const tokens =
  (body: object = TOKENS, status = 200) =>
  (request: IncomingMessage, good: Answer): Answer =>
    request.headers['content-length'] === undefined ? good : { status, body, headers: { 'cache-control': 'no-store' } }

/** The made-up code of the walk is refused, that of the person redeemed: the second and later requests for tokens. */
function later(answer: ReturnType<typeof tokens>): ReturnType<typeof tokens> {
  let asked = 0
  return (request, good) => (request.method === 'POST' && asked++ > 0 ? answer(request, good) : good)
}
const withToken = (answer: Answer) => (request: IncomingMessage, good: Answer) =>
  request.headers.authorization === 'Bearer a' ? answer : good

type Browser = (address: URL) => Record<string, string | undefined>
const allows: Browser = ({ searchParams }) => ({
  code: 'code',
  state: searchParams.get('state') ?? '',
  iss: origin,
})

async function check(broken: Routes = {}, browser: Browser = allows, clientId?: string): Promise<McpCheck> {
  scene.break({ ...GOOD, '/token': later(tokens()), '/mcp': withToken({ body: {} }), ...broken })
  return checkMcp(new URL(`${origin}/mcp`), {
    clientId,
    person: {
      redirectUri: REDIRECT,
      ask: async address => {
        const told = Object.entries(browser(new URL(address))).filter(([, value]) => value !== undefined)
        return new URLSearchParams(told as [string, string][])
      },
    },
  })
}
const states = ({ steps }: McpCheck) =>
  Object.fromEntries(SIGN_IN_STEPS.map(name => [name, steps.find(({ step }) => step === name)?.state]))

test('at a server that does everything the walk ends with a call and a refresh, and leaves nothing behind', async () => {
  const seen: string[] = []
  const noted = (name: string) => (request: IncomingMessage) => {
    seen.push(`${request.method} ${name} ${request.headers.authorization ?? ''}`)
    return { status: 200, body: {} }
  }
  const found = await check({ '/register/c1': noted('registration'), '/revoke': noted('revocation') })
  assert.deepEqual(new Set(Object.values(states(found))), new Set(['ok']), JSON.stringify(found.steps))
  assert.deepEqual(seen, ['POST revocation ', 'DELETE registration Bearer management'])
})

test('the request is that of a client: scope of the challenge, resource of the document, PKCE', async () => {
  let asked = new URLSearchParams()
  await check({}, address => {
    asked = address.searchParams
    return allows(address)
  })
  assert.equal(asked.get('scope'), 'notes:read')
  assert.equal(asked.get('resource'), `${origin}/mcp`)
  assert.equal(asked.get('redirect_uri'), REDIRECT)
  assert.deepEqual([asked.get('code_challenge_method'), asked.get('code_challenge')?.length], ['S256', 43])
})

const BROKEN: [step: (typeof SIGN_IN_STEPS)[number], state: 'warn' | 'fail', how: string, Routes, Browser?][] = [
  ['registering', 'fail', 'refused', { '/register': () => ({ status: 403, body: { error: 'access_denied' } }) }],
  ['registering', 'fail', 'no id', { '/register': () => ({ status: 201, body: {} }) }],
  ['registering', 'warn', 'no 201', { '/register': () => ({ body: { client_id: 'c1' } }) }],
  ['registering', 'warn', 'not offered', { [ASM]: doc({ registration_endpoint: undefined }) }],
  ['sign-in', 'fail', 'another state', {}, () => ({ code: 'c', state: 'x', iss: origin })],
  ['sign-in', 'fail', 'another iss', {}, one => ({ ...allows(one), iss: `${origin}/` })],
  ['sign-in', 'fail', 'iss promised and missing', {}, one => ({ ...allows(one), iss: undefined })],
  ['sign-in', 'fail', 'denied', {}, one => ({ ...allows(one), code: undefined, error: 'access_denied' })],
  ['sign-in', 'fail', 'no code', {}, one => ({ ...allows(one), code: undefined })],
  ['token', 'fail', 'refused', { '/token': later(tokens({ error: 'invalid_client' }, 401)) }],
  ['token', 'fail', 'no token', { '/token': later(tokens({})) }],
  ['token', 'fail', 'of another type', { '/token': later(tokens({ ...TOKENS, token_type: 'DPoP' })) }],
  ['token', 'warn', 'nothing to refresh with', { '/token': later(tokens({ ...TOKENS, refresh_token: undefined })) }],
  ['a call with the token', 'fail', 'refused', { '/mcp': withToken({ status: 403 }) }],
]
suite('each grade', () => {
  for (const [step, state, how, routes, browser] of BROKEN)
    test(`${step}, ${how}: ${state}`, async () => {
      const found = await check(routes, browser)
      assert.equal(states(found)[step], state, JSON.stringify(found.steps))
      const grade = found.steps.find(one => one.step === step)
      assert.ok(grade && 'fix' in grade && grade.fix)
      assert.equal(found.passed, state === 'warn')
    })

  test('refreshing, refused: fail', async () => {
    let asked = 0
    const once = (request: IncomingMessage, good: Answer) => {
      if (request.method !== 'POST') return good
      return ++asked === 2 ? tokens()(request, good) : good
    }
    assert.equal(states(await check({ '/token': once })).refreshing, 'fail')
  })
})

test('a way that is stopped before asks no person and registers nothing', async () => {
  let asked = 0
  const found = await check({
    [ASM]: doc({ code_challenge_methods_supported: [] }),
    '/register': () => ({ status: asked++ }),
  })
  assert.equal(asked, 0)
  assert.equal(found.passed, false)
})

test('at our own server: a client that staff registered signs in, calls and refreshes', async () => {
  await using claviger = await testServer()
  await addUser(claviger.world)
  const handler = createServer()
  const resource = `${await listening(handler, 0)}/mcp`
  const protect = guard({ ...(await api(claviger, resource, { strictAudience: true })), resource, scopes: 'read' })
  handler.on(
    'request',
    protect((_request, response) => response.end('{}')),
  )
  const redirectUri = 'http://127.0.0.1:7/callback'
  const { client } = await addClient(claviger.world, {
    type: 'public',
    redirectUris: ['http://127.0.0.1/callback'],
    grantTypes: ['authorization_code', 'refresh_token'],
  })
  const who = person(claviger.url)
  const ask = async (address: string) => {
    await who.visit(address)
    await signIn(who)
    return (await who.submit({ decision: 'allow' })).sentTo?.searchParams ?? new URLSearchParams()
  }
  const found = await checkMcp(new URL(resource), { clientId: client.id, person: { redirectUri, ask } })
  assert.deepEqual(new Set(Object.values(states(found))), new Set(['ok']), JSON.stringify(found.steps))
  await protect.close()
  handler.closeAllConnections()
  handler.close()
})
