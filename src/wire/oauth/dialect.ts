import { pushRequest } from '../../core/oauth/authorize/push-request.ts'
import { CHALLENGE_METHODS, RESPONSE_MODES, RESPONSE_TYPES } from '../../core/oauth/authorize/request-checks.ts'
import { REQUEST_OBJECT_ALGORITHMS } from '../../core/oauth/authorize/request-object.ts'
import type { ClientMethod } from '../../core/oauth/client-methods/client-method.ts'
import { CLIENT_METHODS } from '../../core/oauth/client-methods/client-methods.ts'
import { startDevice } from '../../core/oauth/device/start-device.ts'
import { GRANTS } from '../../core/oauth/grants/grants.ts'
import { introspectToken } from '../../core/oauth/introspect-token.ts'
import { issueTokens } from '../../core/oauth/issue-tokens.ts'
import { revokeToken } from '../../core/oauth/revoke-token.ts'
import { anyone } from '../callers/anyone.ts'
import { type Dialect, route } from '../dialect.ts'
import { LANGUAGES } from '../ui/words/choose.ts'
import { showDeviceStarted, showIntrospection, showKeys, showPushed, showRevoked, showTokens } from './answers.ts'
import { readPresented, readPushed, readStartDevice, readTokenRequest } from './asks.ts'
import { authorizationEndpoint } from './authorize.ts'
import { askingClient, clientByForm } from './callers.ts'
import { REFUSALS, refuseOAuth } from './refusals.ts'
import { registrationRoutes } from './registration.ts'

/** Client authentication methods of an endpoint, with their signature algorithms (RFC 8414 section 2). */
const methodsAt = (endpoint: string, methods: readonly ClientMethod[] = CLIENT_METHODS) => ({
  [`${endpoint}_endpoint_auth_methods_supported`]: namesOf(methods),
  [`${endpoint}_endpoint_auth_signing_alg_values_supported`]: methods.flatMap(({ algorithms = [] }) => algorithms),
})

const namesOf = (parts: readonly { name: string }[]): string[] => parts.map(({ name }) => name)

/** Standard OAuth 2: RFC 6749, 7009, 7591, 7592, 7636, 7662, 8414, 8707, 9207. */
export const oauth: Dialect = {
  name: 'oauth',
  prefixes: ['/oauth2', '/.well-known'],
  // Clients in browsers try several documents, so they must be able to read a 404.
  openToBrowsers: path => path.startsWith('/.well-known/'),
  refuse: refuseOAuth,
  answers: { by: 'OAuth 2', of: code => REFUSALS[code] },
  routes: [
    {
      ...authorizationEndpoint('/oauth2/authorize'),
      metadata: {
        address: 'authorization_endpoint',
        supports: {
          response_types_supported: RESPONSE_TYPES,
          response_modes_supported: RESPONSE_MODES,
          code_challenge_methods_supported: CHALLENGE_METHODS,
          authorization_response_iss_parameter_supported: true,
          request_parameter_supported: true,
          request_uri_parameter_supported: true,
          require_request_uri_registration: true,
          request_object_signing_alg_values_supported: REQUEST_OBJECT_ALGORITHMS,
          ui_locales_supported: Object.keys(LANGUAGES),
        },
      },
    },
    route({
      on: ['POST', '/oauth2/par'],
      caller: askingClient,
      decode: readPushed,
      decide: pushRequest,
      encode: showPushed,
      metadata: { address: 'pushed_authorization_request_endpoint' },
      cors: 'any-origin',
    }),
    route({
      on: ['POST', '/oauth2/device_authorization'],
      caller: askingClient,
      decode: readStartDevice,
      decide: async (world, act, ask) => ({ ...(await startDevice(world, act, ask)), issuer: world.rules.issuer }),
      encode: showDeviceStarted,
      metadata: { address: 'device_authorization_endpoint' },
      cors: 'any-origin',
    }),
    route({
      on: ['POST', '/oauth2/token'],
      caller: clientByForm,
      decode: readTokenRequest,
      decide: issueTokens,
      encode: showTokens,
      metadata: {
        address: 'token_endpoint',
        supports: {
          grant_types_supported: namesOf(GRANTS),
          ...methodsAt('token'),
        },
      },
      cors: 'any-origin',
    }),
    route({
      on: ['POST', '/oauth2/revoke'],
      caller: clientByForm,
      decode: readPresented,
      decide: revokeToken,
      encode: showRevoked,
      metadata: {
        address: 'revocation_endpoint',
        supports: methodsAt('revocation'),
      },
      cors: 'any-origin',
    }),
    route({
      on: ['POST', '/oauth2/introspect'],
      caller: clientByForm,
      decode: readPresented,
      decide: introspectToken,
      encode: showIntrospection,
      metadata: {
        address: 'introspection_endpoint',
        supports: methodsAt(
          'introspection',
          CLIENT_METHODS.filter(({ presents }) => presents !== 'nothing'),
        ),
      },
    }),
    ...registrationRoutes,
    route({
      on: ['GET', '/.well-known/jwks.json'],
      caller: anyone,
      decode: () => undefined,
      decide: world => world.signer.jwks(),
      encode: showKeys,
      metadata: { address: 'jwks_uri' },
      cors: 'any-origin',
    }),
  ],
}
