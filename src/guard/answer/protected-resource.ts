import type { Scope } from '../../model/scopes/scope.ts'

/* RFC 9728: an API publishes which authorization servers issue its tokens. MCP clients begin with this document. */

export type ResourceDetails = {
  /** Issuers whose tokens the API accepts; the standard is the server that the guard asks. */
  authorizationServers?: readonly string[]
  /** The scopes that clients should ask for; the standard is the scopes of the guard. */
  scopes?: readonly Scope[]
  name?: string
  documentation?: string
}

export type ProtectedResourceOptions = ResourceDetails & {
  /** The audience of this API: an absolute URL without query and fragment. */
  resource: string
  authorizationServers: readonly string[]
}

export type ProtectedResource = {
  /** The path at which the API serves the document; `url` is its address: `guard({ resourceMetadata: described.url })`. */
  path: string
  url: string
  document: Readonly<Record<string, unknown>>
  /** For handlers of the web platform: returns the document if the request asks for it. */
  respond(request: Request): Response | undefined
}

/** An answer that needs no credential, as data; each shell sends it with its framework. */
export type OpenAnswer = { status: number; headers: Readonly<Record<string, string>>; text: string }

const WELL_KNOWN = '/.well-known/oauth-protected-resource'

/** `app.get(described.path, (_, response) => response.json(described.document))`, or `respond` if there is no router. */
export function describeResource(options: ProtectedResourceOptions): ProtectedResource {
  const { path, url, isAt } = placesOf(options.resource)
  const document = documentOf(options)
  return {
    path,
    url,
    document,
    respond: request =>
      isAt(new URL(request.url).pathname) ? toResponse(openAnswer(request.method, document)) : undefined,
  }
}

/**
 * RFC 9728 section 3.1: the well-known part goes between the host and the path. The document is also served without the path:
 * MCP clients that got no challenge try both places.
 */
export function placesOf(resource: string): { path: string; url: string; isAt(path: string): boolean } {
  const { origin, pathname, search, hash } = new URL(resource)
  if (search || hash) throw new Error('a protected resource has neither query nor fragment')
  const path = WELL_KNOWN + pathname.replace(/\/$/, '')
  return { path, url: origin + path, isAt: asked => asked === path || asked === `${path}/` || asked === WELL_KNOWN }
}

export const documentOf = (options: ProtectedResourceOptions): Readonly<Record<string, unknown>> => ({
  resource: options.resource,
  authorization_servers: options.authorizationServers,
  bearer_methods_supported: ['header'],
  ...(options.scopes && { scopes_supported: options.scopes }),
  ...(options.name && { resource_name: options.name }),
  ...(options.documentation && { resource_documentation: options.documentation }),
})

/** Programs in browsers read the document, too; the version header of MCP makes the browser send a preflight. */
const OPEN = { 'access-control-allow-origin': '*' }
const PREFLIGHT = {
  ...OPEN,
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': 'mcp-protocol-version',
  'access-control-max-age': '86400',
}

export function openAnswer(method: string, document: object): OpenAnswer {
  if (method === 'OPTIONS') return { status: 204, headers: PREFLIGHT, text: '' }
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: { ...OPEN, allow: 'GET, HEAD' }, text: '' }
  const headers = { ...OPEN, 'content-type': 'application/json', 'cache-control': 'public, max-age=300' }
  return { status: 200, headers, text: method === 'HEAD' ? '' : JSON.stringify(document) }
}

/** The issuer is not known yet, because the server cannot be asked. */
export const notYet = (retryAfterSeconds: number): OpenAnswer => ({
  status: 503,
  headers: {
    ...OPEN,
    'content-type': 'application/json',
    'retry-after': String(retryAfterSeconds),
    'cache-control': 'no-store',
  },
  text: JSON.stringify({
    error: 'temporarily_unavailable',
    error_description: 'The authorization server of this API cannot be asked at the moment. Try again.',
  }),
})

export const toResponse = ({ status, headers, text }: OpenAnswer): Response =>
  new Response(status === 204 || text === '' ? null : text, { status, headers })
