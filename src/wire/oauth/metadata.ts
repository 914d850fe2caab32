import type { World } from '../../core/world.ts'
import { showPath } from '../../http/place.ts'
import { anyone } from '../callers/anyone.ts'
import { type Dialect, route, type WireAnswer } from '../dialect.ts'
import { refuseOAuth } from './refusals.ts'

const NAMES = ['oauth-authorization-server', 'openid-configuration'] as const

/** RFC 8414 section 3 and OpenID Connect Discovery section 4: one document under both names, made of what the rows of `dialects` say. */
export const metadata = (dialects: readonly Dialect[]): Dialect => ({
  name: 'metadata',
  prefixes: NAMES.map(name => `/.well-known/${name}`),
  openToBrowsers: () => true,
  refuse: refuseOAuth,
  routes: NAMES.map(name =>
    route({
      on: ['GET', `/.well-known/${name}`],
      caller: anyone,
      decode: () => undefined,
      decide: world => describeServer(world, dialects),
      encode: showDocument,
      cors: 'any-origin',
    }),
  ),
})

/** First the addresses, then what is supported there, each in the order of the rows. */
async function describeServer({ rules, scopes }: World, dialects: readonly Dialect[]): Promise<object> {
  const described = dialects.flatMap(({ routes }) =>
    routes.flatMap(({ at, metadata }) => (metadata ? [{ at, ...metadata }] : [])),
  )
  return {
    issuer: rules.issuer,
    ...Object.fromEntries(described.map(({ address, at }) => [address, rules.issuer + showPath(at.path)])),
    scopes_supported: [...new Set([...(await scopes.list()).map(({ scope }) => scope), ...rules.knownScopes])],
    ...Object.assign({}, ...described.map(({ supports }) => supports)),
  }
}

const showDocument = (document: object): WireAnswer => ({
  status: 200,
  headers: { 'cache-control': 'public, max-age=300' },
  body: document,
})
