import { type Challenge, readChallenges } from './challenge.ts'
import { isReply, type Reply, refusedAddress, type Send, type Sent } from './send.ts'

/**
 * Everything that a client learns before it gets a token. Later members are absent if an earlier answer did not lead to
 * them.
 */
export type Walk = {
  url: URL
  /**
   * The answer to the first request, which has no token. `wrongToken`: the answer to the same request with an unknown
   * token.
   */
  first: Sent
  wrongToken?: Sent
  challenges?: readonly Challenge[] | undefined
  /** The requested documents, in this order. If one was found, it is the last. */
  resourceAsked: readonly Asked[]
  resource?: Found
  issuer?: string
  issuerAsked: readonly Asked[]
  server?: Found
  authorize?: Sent
  token?: Sent
  /** Whether a program on another web site may send a request, for each thing that it requests. */
  fromBrowser: readonly { what: string; allowed: boolean }[]
}
export type Asked = { at: string; sent: Sent }
export type Found = { at: string; reply: Reply; document: Readonly<Record<string, unknown>> }

const PROTOCOL_VERSION = '2025-06-18'
const WELL_KNOWN = '/.well-known/'
/** The origin of another web site, here VS Code for the web. */
const ORIGIN = 'https://vscode.dev'
const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: PROTOCOL_VERSION,
    capabilities: {},
    clientInfo: { name: 'claviger mcp check', version: '1' },
  },
})
/** A text that no server has issued, sent as an id, code or token. */
const MADE_UP = 'claviger-mcp-check'

/**
 * Sends the requests of an MCP client, in the same order (MCP authorization, RFC 9728, RFC 8414). Registers no client
 * and signs no person in.
 */
export async function walk(url: URL, send: Send): Promise<Walk> {
  const found: Walk = {
    url,
    first: await send(url.href, initialize()),
    resourceAsked: [],
    issuerAsked: [],
    fromBrowser: [],
  }
  if (!isReply(found.first)) return found
  await follow(found, send)
  found.fromBrowser = await askAsBrowser(found, send)
  return found
}

async function follow(found: Walk, send: Send): Promise<void> {
  const { url, first } = found
  found.challenges = readChallenges((isReply(first) && first.headers.get('www-authenticate')) || '')
  found.wrongToken = await send(url.href, initialize({ authorization: `Bearer ${MADE_UP}` }))
  Object.assign(found, await findResource(found, send))
  const [issuer] = named(found.resource)
  if (issuer === undefined || refusedAddress(issuer, url)) return
  found.issuer = issuer
  Object.assign(found, await findServer(issuer, send))
  const { server } = found
  if (!server) return
  const authorize = await askEndpoint(server, 'authorization_endpoint', at => send(authorizationRequest(at, url)))
  const token = await askEndpoint(server, 'token_endpoint', at => send(at, tokenRequest()))
  Object.assign(found, { ...(authorize && { authorize }), ...(token && { token }) })
}

/** The authorization servers that a document names; ignores values that are not texts. */
export const named = (resource: Found | undefined): string[] => texts(resource?.document['authorization_servers'])

export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'string') : []

export const initialize = (headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
  body: INITIALIZE,
})

/** Reads the document at the address in the challenge, or else at the two places where clients look. */
async function findResource({ url, challenges = [] }: Walk, send: Send): Promise<Partial<Walk>> {
  const named = challenges.find(({ scheme }) => scheme === 'bearer')?.parameters['resource_metadata']
  const place = `${url.origin}${WELL_KNOWN}oauth-protected-resource`
  const path = url.pathname.replace(/\/$/, '')
  const places = named === undefined ? [...new Set([place + path, place])] : [named]
  const { asked, found } = await firstDocument(places, send)
  return { resourceAsked: asked, ...(found && { resource: found }) }
}

/**
 * Tries the address of RFC 8414 section 3.1, then the two of OpenID Connect: with the well-known part before and after
 * the path of the issuer.
 */
async function findServer(issuer: string, send: Send): Promise<Partial<Walk>> {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  const places = [
    `${origin}${WELL_KNOWN}oauth-authorization-server${path}`,
    `${origin}${WELL_KNOWN}openid-configuration${path}`,
    `${origin}${path}${WELL_KNOWN}openid-configuration`,
  ]
  const { asked, found } = await firstDocument([...new Set(places)], send)
  return { issuerAsked: asked, ...(found && { server: found }) }
}

async function firstDocument(places: readonly string[], send: Send): Promise<{ asked: Asked[]; found?: Found }> {
  const asked: Asked[] = []
  for (const at of places) {
    const sent = await send(at, {
      headers: { accept: 'application/json', 'mcp-protocol-version': PROTOCOL_VERSION, origin: ORIGIN },
    })
    asked.push({ at, sent })
    const document = isReply(sent) && sent.status === 200 ? sent.json : undefined
    if (isReply(sent) && isObject(document)) return { asked, found: { at, reply: sent, document } }
  }
  return { asked }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

async function askEndpoint(
  { document }: Found,
  name: string,
  ask: (at: string) => Promise<Sent>,
): Promise<Sent | undefined> {
  const at = document[name]
  return typeof at === 'string' ? ask(at) : undefined
}

function authorizationRequest(endpoint: string, resource: URL): string {
  if (!URL.canParse(endpoint)) return endpoint
  const url = new URL(endpoint)
  const request = {
    response_type: 'code',
    client_id: MADE_UP,
    redirect_uri: 'http://127.0.0.1/claviger-mcp-check',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: MADE_UP,
    resource: resource.href,
  }
  for (const [name, value] of Object.entries(request)) url.searchParams.set(name, value)
  return url.href
}

const tokenRequest = (): RequestInit => ({
  method: 'POST',
  headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({
    grant_type: 'authorization_code',
    code: MADE_UP,
    client_id: MADE_UP,
    redirect_uri: 'http://127.0.0.1/claviger-mcp-check',
    code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  }).toString(),
})

/** Sends the preflight requests of a browser (Fetch standard, CORS) for the requests that a program would send. */
async function askAsBrowser({ url, resource, server }: Walk, send: Send): Promise<Walk['fromBrowser']> {
  const token = server?.document['token_endpoint']
  const asks: [string, string, string, string][] = [
    ['the MCP server', url.href, 'POST', 'authorization, content-type, mcp-protocol-version'],
  ]
  if (resource) asks.push(['the resource metadata', resource.at, 'GET', 'mcp-protocol-version'])
  if (server) asks.push(['the metadata of the authorization server', server.at, 'GET', 'mcp-protocol-version'])
  if (typeof token === 'string') asks.push(['the token endpoint', token, 'POST', 'content-type'])
  return Promise.all(
    asks.map(async ([what, at, method, headers]) => {
      const sent = await send(at, {
        method: 'OPTIONS',
        headers: {
          origin: ORIGIN,
          'access-control-request-method': method,
          'access-control-request-headers': headers,
        },
      })
      return { what, allowed: isReply(sent) && sent.status < 300 && allows(sent.headers, headers) }
    }),
  )
}

function allows(answer: Headers, wanted: string): boolean {
  const origin = answer.get('access-control-allow-origin')
  const headers = (answer.get('access-control-allow-headers') ?? '').toLowerCase()
  const listed = headers.split(',').map(one => one.trim())
  const each = wanted
    .split(', ')
    .every(one => listed.includes(one) || (listed.includes('*') && one !== 'authorization'))
  return (origin === '*' || origin === ORIGIN) && each
}
