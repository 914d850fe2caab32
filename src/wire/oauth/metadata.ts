import type { World } from '../../core/world.ts'
import { showPath } from '../../http/place.ts'
import { anyone } from '../callers/anyone.ts'
import { type Dialect, route, type WireAnswer } from '../dialect.ts'
import { refuseOAuth } from './refusals.ts'

/**
 * The metadata document of RFC 8414 section 3, made from the rows of `dialects`. There is no OpenID Connect Discovery
 * document, because a client that finds one requires id tokens.
 */
export const metadata = (dialects: readonly Dialect[]): Dialect => ({
  name: 'metadata',
  prefixes: ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'],
  openToBrowsers: () => true,
  refuse: refuseOAuth,
  routes: [
    route({
      on: ['GET', '/.well-known/oauth-authorization-server'],
      caller: anyone,
      decode: () => undefined,
      decide: world => describeServer(world, dialects),
      encode: showDocument,
      cors: 'any-origin',
    }),
  ],
})

/** First all addresses, then all features, each in the order of the rows. */
async function describeServer({ rules, scopes }: World, dialects: readonly Dialect[]): Promise<object> {
  const described = dialects.flatMap(({ routes }) =>
    routes.flatMap(({ at, metadata }) => (metadata ? [{ at, ...metadata }] : [])),
  )
  return {
    issuer: rules.issuer,
    ...Object.fromEntries(described.map(({ address, at }) => [address, rules.issuer + showPath(at.path)])),
    scopes_supported: [...new Set([...(await scopes.list()).map(({ scope }) => scope), ...rules.knownScopes])],
    ...(rules.pushedRequests === 'required' && { require_pushed_authorization_requests: true }),
    ...Object.assign({}, ...described.map(({ supports }) => supports)),
  }
}

const showDocument = (document: object): WireAnswer => ({
  status: 200,
  headers: { 'cache-control': 'public, max-age=300' },
  body: document,
})
