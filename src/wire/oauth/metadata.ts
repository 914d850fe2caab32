import type { World } from '../../core/world.ts'
import { type Path, showPath } from '../../http/place.ts'
import { readsDocuments } from '../../model/clients/client-document.ts'
import { OPENID_SCOPES } from '../../model/clients/openid.ts'
import { anyone } from '../callers/anyone.ts'
import { type Dialect, type Metadata, type Route, route, type WireAnswer } from '../dialect.ts'
import { refuseOAuth } from './refusals.ts'

/**
 * The two metadata documents of this server, made from the rows of `dialects`: RFC 8414 section 3 and, if OpenID
 * Connect is on, OpenID Connect Discovery section 3. A client that finds the second document insists on id tokens.
 */
export const metadata = (dialects: readonly Dialect[]): Dialect => ({
  name: 'metadata',
  prefixes: ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'],
  openToBrowsers: () => true,
  refuse: refuseOAuth,
  routes: [
    document('/.well-known/oauth-authorization-server', dialects, () => true),
    ...(dialects.some(({ switchedBy }) => switchedBy === 'openid')
      ? [document('/.well-known/openid-configuration', dialects, ({ unregistered }) => !unregistered)]
      : []),
  ],
})

const document = (path: Path, dialects: readonly Dialect[], holds: (metadata: Metadata) => boolean): Route =>
  route({
    on: ['GET', path],
    alsoAtHost: true,
    caller: anyone,
    decode: () => undefined,
    decide: world => describeServer(world, dialects, holds),
    encode: showDocument,
    cors: 'any-origin',
  })

/** Makes the document: first all addresses, then all features, each in the order of the rows. */
async function describeServer(
  { rules, scopes, resources }: World,
  dialects: readonly Dialect[],
  holds: (metadata: Metadata) => boolean,
): Promise<object> {
  const described = dialects.flatMap(({ routes }) =>
    routes.flatMap(({ at, metadata }) =>
      metadata && holds(metadata) && metadata.onlyIf?.(rules) !== false ? [{ at, ...metadata }] : [],
    ),
  )
  const addresses: Record<string, string> = {}
  for (const { address, at } of described) if (address) addresses[address] ??= rules.issuer + showPath(at.path)
  const declared = (await resources.list()).flatMap(resource => resource.scopes)
  const known = [...(await scopes.list()).map(({ scope }) => scope), ...declared, ...rules.knownScopes]
  return {
    issuer: rules.issuer,
    ...addresses,
    scopes_supported: [...new Set([...(rules.openid ? OPENID_SCOPES : []), ...known])],
    ...(holds({ unregistered: true }) &&
      readsDocuments(rules.clientDocuments) && { client_id_metadata_document_supported: true }),
    ...(rules.pushedRequests === 'required' && { require_pushed_authorization_requests: true }),
    ...Object.assign({}, ...described.map(({ supports }) => supports)),
  }
}

const showDocument = (document: object): WireAnswer => ({
  status: 200,
  headers: { 'cache-control': 'public, max-age=300' },
  body: document,
})
