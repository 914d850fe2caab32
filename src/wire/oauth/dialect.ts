import { introspectToken } from '../../core/oauth/introspect-token.ts'
import { issueTokens } from '../../core/oauth/issue-tokens.ts'
import { revokeToken } from '../../core/oauth/revoke-token.ts'
import { anyone } from '../callers/anyone.ts'
import { type Dialect, route } from '../dialect.ts'
import { showIntrospection, showRevoked, showTokens } from './answers.ts'
import { readPresented, readTokenAsk } from './asks.ts'
import { authorizationEndpoint } from './authorize.ts'
import { clientByForm } from './callers.ts'
import { describeServer, showDocument, showKeys } from './metadata.ts'
import { refuseOAuth } from './refusals.ts'

/** Standard OAuth 2: RFC 6749, 7009, 7636, 7662, 8414, 8707, 9207. */
export const oauth: Dialect = {
  name: 'oauth',
  prefixes: ['/oauth2', '/.well-known'],
  refuse: refuseOAuth,
  routes: [
    authorizationEndpoint('/oauth2/authorize'),
    route({
      on: ['POST', '/oauth2/token'],
      caller: clientByForm,
      decode: readTokenAsk,
      decide: issueTokens,
      encode: showTokens,
      cors: 'any-origin',
    }),
    route({
      on: ['POST', '/oauth2/revoke'],
      caller: clientByForm,
      decode: readPresented,
      decide: revokeToken,
      encode: showRevoked,
      cors: 'any-origin',
    }),
    route({
      on: ['POST', '/oauth2/introspect'],
      caller: clientByForm,
      decode: readPresented,
      decide: introspectToken,
      encode: showIntrospection,
    }),
    // RFC 8414 section 3 and OpenID Connect Discovery section 4: one document under both names.
    ...(['oauth-authorization-server', 'openid-configuration'] as const).map(name =>
      route({
        on: ['GET', `/.well-known/${name}`],
        caller: anyone,
        decode: () => undefined,
        decide: describeServer,
        encode: showDocument,
        cors: 'any-origin',
      }),
    ),
    route({
      on: ['GET', '/.well-known/jwks.json'],
      caller: anyone,
      decode: () => undefined,
      decide: world => world.signer.jwks(),
      encode: showKeys,
      cors: 'any-origin',
    }),
  ],
}
