import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/* A server that does everything that clients of MCP ask for, and the ways in which others break it. */

export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown }
export type Routes = Record<string, ((request: IncomingMessage, good: Answer) => Answer) | undefined>

export const PRM = '/.well-known/oauth-protected-resource/mcp'
export const ASM = '/.well-known/oauth-authorization-server'
const NO_STORE = { 'cache-control': 'no-store' }

/** The answers of a server that is right in everything, at one address for both parts. */
function goodAnswer(origin: string, request: IncomingMessage): Answer {
  const [path = ''] = (request.url ?? '').split('?')
  if (request.method === 'OPTIONS') return { status: 204 }
  if (path === '/mcp') {
    const wrong = request.headers.authorization ? ', error="invalid_token"' : ''
    const challenge = `Bearer realm="x"${wrong}, scope="notes:read", resource_metadata="${origin}${PRM}"`
    return { status: 401, headers: { 'www-authenticate': challenge }, body: {} }
  }
  if (path === PRM)
    return { body: { resource: `${origin}/mcp`, authorization_servers: [origin], scopes_supported: ['notes:read'] } }
  if (path === ASM) return { body: metadata(origin) }
  if (path === '/authorize') return { status: 400, body: 'unknown client' }
  if (path === '/token') return { status: 400, headers: NO_STORE, body: { error: 'invalid_grant' } }
  return { status: 404, body: {} }
}

const metadata = (origin: string): Record<string, unknown> => ({
  issuer: origin,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
  registration_endpoint: `${origin}/register`,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
  scopes_supported: ['notes:read'],
  authorization_response_iss_parameter_supported: true,
  client_id_metadata_document_supported: true,
})

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'Authorization, Content-Type, MCP-Protocol-Version',
}
const scene: { routes: Routes; origin: string } = { routes: {}, origin: '' }
const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  const [path = ''] = (request.url ?? '').split('?')
  const good = goodAnswer(scene.origin, request)
  const { status = 200, headers = {}, body = '' } = scene.routes[path]?.(request, good) ?? good
  response.writeHead(status, { 'content-type': 'application/json', ...CORS, ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
})

/** Starts the server, whose answers `broken` changes. */
export async function openScene() {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  scene.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin: scene.origin,
    break(broken: Routes) {
      scene.routes = broken
    },
    close: () => server.close(),
  }
}

export const doc =
  (changes: Record<string, unknown>) =>
  (_: IncomingMessage, { body }: Answer) => ({
    body: { ...(body as object), ...changes },
  })
const challenge = (value: string) => (request: IncomingMessage, good: Answer) =>
  request.headers.authorization || request.method === 'OPTIONS'
    ? good
    : { status: 401, headers: { 'www-authenticate': value } }
const withToken = (answer: Answer) => (request: IncomingMessage, good: Answer) =>
  request.headers.authorization ? answer : good
const withoutToken = (answer: Answer) => (request: IncomingMessage, good: Answer) =>
  request.headers.authorization || request.method === 'OPTIONS' ? good : answer
const posted = (answer: Answer) => (request: IncomingMessage, good: Answer) =>
  request.method === 'OPTIONS' ? good : answer
const gone = () => ({ status: 404 })

/** For each grade that is not good: a server that is broken in this way alone. */
export const BROKEN: [step: string, state: 'warn' | 'fail', how: string, () => Routes][] = [
  ['asks for a token', 'fail', 'open to everybody', () => ({ '/mcp': withoutToken({ body: {} }) })],
  ['asks for a token', 'fail', 'forbidden instead', () => ({ '/mcp': withoutToken({ status: 403 }) })],
  ['asks for a token', 'fail', 'not there', () => ({ '/mcp': withoutToken({ status: 404 }) })],
  ['challenge', 'warn', 'none, but a document', () => ({ '/mcp': withoutToken({ status: 401 }) })],
  ['challenge', 'warn', 'names no document', () => ({ '/mcp': challenge('Bearer realm="x"') })],
  ['challenge', 'fail', 'none, and no document', () => ({ '/mcp': withoutToken({ status: 401 }), [PRM]: gone })],
  ['challenge', 'fail', 'not readable', () => ({ '/mcp': challenge('Bearer realm="x') })],
  [
    'challenge',
    'warn',
    'two of them',
    () => ({ '/mcp': challenge(`Bearer resource_metadata="${scene.origin}${PRM}", Bearer`) }),
  ],
  [
    'challenge',
    'warn',
    'without quotes',
    () => ({ '/mcp': challenge(`Bearer resource_metadata=${scene.origin}${PRM}`) }),
  ],
  [
    'scope in the challenge',
    'warn',
    'no scope anywhere',
    () => ({
      '/mcp': challenge(`Bearer resource_metadata="${scene.origin}${PRM}"`),
      [PRM]: doc({ scopes_supported: undefined }),
    }),
  ],
  ['resource metadata', 'fail', 'gone', () => ({ [PRM]: gone })],
  ['resource metadata', 'fail', 'a page', () => ({ [PRM]: () => ({ body: '<html>' }) })],
  ['resource metadata', 'fail', 'elsewhere', () => ({ [PRM]: () => ({ status: 301, headers: { location: '/x' } }) })],
  ['resource', 'fail', 'another', () => ({ [PRM]: doc({ resource: 'https://other.example/mcp' }) })],
  ['resource', 'fail', 'missing', () => ({ [PRM]: doc({ resource: undefined }) })],
  ['resource', 'fail', 'a path beside', () => ({ [PRM]: doc({ resource: `${scene.origin}/mc` }) })],
  ['resource', 'warn', 'the whole host', () => ({ [PRM]: doc({ resource: scene.origin }) })],
  ['authorization server', 'fail', 'none', () => ({ [PRM]: doc({ authorization_servers: [] }) })],
  ['authorization server', 'fail', 'no https', () => ({ [PRM]: doc({ authorization_servers: ['http://a.example'] }) })],
  ['wrong token', 'fail', 'any token passes', () => ({ '/mcp': withToken({ body: {} }) })],
  ['wrong token', 'fail', 'forbidden', () => ({ '/mcp': withToken({ status: 403 }) })],
  ['wrong token', 'warn', 'no error code', () => ({ '/mcp': withToken({ status: 401 }) })],
  ['server metadata', 'fail', 'none', () => ({ [ASM]: gone })],
  [
    'server metadata',
    'fail',
    'broken at the first place',
    () => ({
      [ASM]: () => ({ status: 500 }),
      '/.well-known/openid-configuration': () => ({ body: metadata(scene.origin) }),
    }),
  ],
  ['issuer', 'fail', 'a slash more', () => ({ [ASM]: doc({ issuer: `${scene.origin}/` }) })],
  ['issuer', 'fail', 'missing', () => ({ [ASM]: doc({ issuer: undefined }) })],
  ['endpoints', 'fail', 'no token endpoint', () => ({ [ASM]: doc({ token_endpoint: undefined }) })],
  ['endpoints', 'fail', 'no https', () => ({ [ASM]: doc({ authorization_endpoint: 'http://a.example/authorize' }) })],
  ['endpoints', 'fail', 'no code', () => ({ [ASM]: doc({ response_types_supported: ['token'] }) })],
  ['PKCE', 'fail', 'not listed', () => ({ [ASM]: doc({ code_challenge_methods_supported: undefined }) })],
  ['PKCE', 'fail', 'plain', () => ({ [ASM]: doc({ code_challenge_methods_supported: ['plain'] }) })],
  [
    'issuer in the answer',
    'fail',
    'not promised',
    () => ({ [ASM]: doc({ authorization_response_iss_parameter_supported: false }) }),
  ],
  [
    'registration',
    'warn',
    'by hand',
    () => ({ [ASM]: doc({ registration_endpoint: undefined, client_id_metadata_document_supported: false }) }),
  ],
  [
    'public clients',
    'warn',
    'a secret for all',
    () => ({ [ASM]: doc({ token_endpoint_auth_methods_supported: ['client_secret_basic'] }) }),
  ],
  ['scopes', 'warn', 'unknown there', () => ({ [ASM]: doc({ scopes_supported: ['other'] }) })],
  ['refresh', 'warn', 'none', () => ({ [ASM]: doc({ grant_types_supported: ['authorization_code'] }) })],
  ['authorization endpoint', 'fail', 'broken', () => ({ '/authorize': () => ({ status: 500 }) })],
  ['authorization endpoint', 'fail', 'not there', () => ({ '/authorize': gone })],
  [
    'authorization endpoint',
    'fail',
    'sends anywhere',
    () => ({
      '/authorize': ({ url }) => ({
        status: 302,
        headers: { location: `${new URL(url ?? '', scene.origin).searchParams.get('redirect_uri')}?error=x` },
      }),
    }),
  ],
  ['token endpoint', 'fail', 'broken', () => ({ '/token': posted({ status: 500 }) })],
  ['token endpoint', 'fail', 'a page', () => ({ '/token': posted({ status: 400, body: '<html>' }) })],
  ['token endpoint', 'fail', 'a token for anything', () => ({ '/token': posted({ body: { access_token: 'x' } }) })],
  [
    'token endpoint',
    'warn',
    'may be stored',
    () => ({ '/token': posted({ status: 400, body: { error: 'invalid_grant' } }) }),
  ],
  [
    'programs in browsers',
    'warn',
    'closed to other sites',
    () => ({ '/token': (_, good) => ({ ...good, headers: { ...good.headers, 'access-control-allow-origin': '' } }) }),
  ],
]
