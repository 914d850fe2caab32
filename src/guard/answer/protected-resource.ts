import type { Scope } from '../../model/scope.ts'

/* RFC 9728: an API publishes which authorization servers issue its tokens. */

export type ProtectedResourceOptions = {
  /** The audience of this API: an absolute URL without query and fragment. */
  resource: string
  /** Issuers whose tokens the API accepts. */
  authorizationServers: readonly string[]
  scopes?: readonly Scope[]
  name?: string
  documentation?: string
}

export type ProtectedResource = {
  /** The path at which the API serves the document; `url` is its address: `guard({ resourceMetadata: described.url })`. */
  path: string
  url: string
  document: Readonly<Record<string, unknown>>
  /** For handlers of the web platform: returns the document if the request asks for it. */
  respond(request: Request): Response | undefined
}

const WELL_KNOWN = '/.well-known/oauth-protected-resource'

/** `app.get(described.path, (_, response) => response.json(described.document))`, or `respond` if there is no router. */
export function describeResource(options: ProtectedResourceOptions): ProtectedResource {
  const resource = new URL(options.resource)
  if (resource.search || resource.hash) throw new Error('a protected resource has neither query nor fragment')
  // RFC 9728 section 3.1: the well-known part goes between the host and the path.
  const path = WELL_KNOWN + resource.pathname.replace(/\/$/, '')
  const document = {
    resource: options.resource,
    authorization_servers: options.authorizationServers,
    bearer_methods_supported: ['header'],
    ...(options.scopes && { scopes_supported: options.scopes }),
    ...(options.name && { resource_name: options.name }),
    ...(options.documentation && { resource_documentation: options.documentation }),
  }
  return {
    path,
    url: resource.origin + path,
    document,
    respond(request) {
      if (new URL(request.url).pathname !== path) return undefined
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } })
      const headers = { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300' }
      return Response.json(document, { headers })
    },
  }
}
