import { CLIENT_METHODS } from '../../../core/oauth/client-methods/client-methods.ts'
import { GRANTS } from '../../../core/oauth/grants/grants.ts'
import { form, json, object, ref, refusals, text } from './described.ts'
import type { Json } from './json.ts'
import { REGISTRATION_PATHS } from './registration-paths.ts'

/* The endpoints for clients (RFC 6749, 7009, 7662, 9126). */

/** The parameters of all grant types, each with the grant types that use it. */
const grantFields = (): Json =>
  Object.fromEntries(
    [...new Set(GRANTS.flatMap(({ parameters }) => parameters))].map(name => {
      const readers = GRANTS.filter(({ parameters }) => parameters.includes(name)).map(grant => grant.name)
      return [name, { ...text, description: `Read by ${readers.join(', ')}.` }]
    }),
  )

/** RFC 6749 section 4.1.1, RFC 7636 section 4.3, RFC 8707 section 2, OpenID Connect Core section 3.1.2.1. */
const AUTHORIZATION_PARAMETERS = [
  'response_type',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'resource',
  'prompt',
  'max_age',
]

export const clientSecurity = [{ clientSecret: [] }]
const clientFields: Json = Object.fromEntries(
  CLIENT_METHODS.flatMap(({ parameters }) => parameters.map(name => [name, text])),
)

export const OAUTH_PATHS: Json = {
  '/oauth2/token': {
    post: {
      operationId: 'token',
      tags: ['OAuth 2'],
      summary: 'Get tokens',
      description: 'Exchanges a grant for tokens (RFC 6749 section 3.2).',
      security: [...clientSecurity, {}],
      requestBody: form(
        object(
          {
            grant_type: { enum: GRANTS.map(({ name }) => name) },
            ...grantFields(),
            ...clientFields,
          },
          ['grant_type'],
        ),
      ),
      responses: { 200: json('Tokens', ref('Tokens')), ...refusals() },
    },
  },
  '/oauth2/par': {
    post: {
      operationId: 'pushRequest',
      tags: ['OAuth 2'],
      summary: 'Push an authorization request',
      description: 'The browser then carries only a reference to the request (RFC 9126).',
      security: [...clientSecurity, {}],
      requestBody: form(
        object({ ...Object.fromEntries(AUTHORIZATION_PARAMETERS.map(name => [name, text])), ...clientFields }, [
          'response_type',
        ]),
      ),
      responses: { 201: json('The reference', ref('PushedRequest')), ...refusals() },
    },
  },
  '/oauth2/device_authorization': {
    post: {
      operationId: 'askForDevice',
      tags: ['OAuth 2'],
      summary: 'Ask for a device',
      description:
        'A program without a browser shows the user code; the person enters the code at `/device` (RFC 8628). The program then asks for tokens with the device code.',
      security: [...clientSecurity, {}],
      requestBody: form(object({ scope: text, resource: text, grant_expires_in: text, ...clientFields })),
      responses: { 200: json('The codes', ref('DeviceCodes')), ...refusals() },
    },
  },
  '/oauth2/revoke': {
    post: {
      operationId: 'revoke',
      tags: ['OAuth 2'],
      summary: 'Revoke a token',
      description: 'The client that got the token revokes it (RFC 7009).',
      security: [...clientSecurity, {}],
      requestBody: form(object({ token: text, token_type_hint: text, ...clientFields }, ['token'])),
      responses: { 200: json('Gone', object({})), ...refusals() },
    },
  },
  '/oauth2/introspect': {
    post: {
      operationId: 'introspect',
      tags: ['OAuth 2'],
      summary: 'Introspect a token',
      description: 'The caller is an API (RFC 7662).',
      security: clientSecurity,
      requestBody: form(object({ token: text, token_type_hint: text, ...clientFields }, ['token'])),
      responses: { 200: json('What it is', ref('Introspection')), ...refusals() },
    },
  },
  '/oauth2/userinfo': {
    get: {
      operationId: 'userinfo',
      tags: ['OAuth 2'],
      summary: 'Read the claims of a person',
      description:
        'With an access token of the scope `openid` (OpenID Connect Core section 5.3). A client that registered an algorithm gets a signed JWT.',
      security: [{ accessToken: [] }],
      responses: {
        200: json('The claims', object({ sub: text }, ['sub'])),
        ...refusals(413),
        403: json('A token without the scope', ref('OAuthError')),
      },
    },
  },
  ...REGISTRATION_PATHS,
}
