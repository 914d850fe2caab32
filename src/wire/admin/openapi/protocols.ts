import { KINDS } from '../../../model/credential.ts'
import { DIALECT_NAMES, REASONS } from '../../../model/verdict.ts'
import type { Json } from './json.ts'

/* The endpoints that follow standards, and the one check. Their own documents say more; here is how to call them. */

const text = { type: 'string' }
const seconds = { type: 'integer', description: 'Seconds since the epoch.' }
const object = (properties: Json, required: string[] = [], more: Json = {}): Json => ({
  type: 'object',
  properties,
  required,
  ...more,
})
const form = (schema: Json): Json => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema } },
})
const json = (description: string, schema: Json): Json => ({ description, content: { 'application/json': { schema } } })
const oauthError = (description: string): Json => json(description, { $ref: '#/components/schemas/OAuthError' })
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

export const PROTOCOL_SCHEMAS: Json = {
  OAuthError: object({ error: text, error_description: text }, ['error']),
  Tokens: object(
    {
      access_token: text,
      token_type: { const: 'Bearer' },
      expires_in: { type: 'integer' },
      scope: text,
      refresh_token: text,
    },
    ['access_token', 'token_type', 'scope'],
  ),
  Introspection: object(
    {
      active: { type: 'boolean' },
      scope: text,
      client_id: text,
      username: text,
      token_type: text,
      exp: seconds,
      iat: seconds,
      sub: text,
      aud: { oneOf: [text, { type: 'array', items: text }] },
      jti: text,
    },
    ['active'],
  ),
  Verdict: object(
    {
      active: { type: 'boolean' },
      kind: { enum: Object.values(KINDS).flatMap(kind => (kind.bearer ? [kind.shown] : [])) },
      credential_id: text,
      subject: { oneOf: [object({ id: text, number: { type: 'integer' }, handle: text }), { type: 'null' }] },
      client: { oneOf: [object({ client_id: text, name: text }), { type: 'null' }] },
      scopes: { type: 'array', items: text },
      audience: { type: 'array', items: text },
      issued_at: seconds,
      expires_at: { type: ['integer', 'null'] },
      reason: { enum: [...REASONS], description: 'Treat a reason that you do not know as a refusal.' },
    },
    ['active'],
  ),
}

const clientSecurity = [{ clientSecret: [] }]
const clientFields = { client_id: text, client_secret: text }

export const PROTOCOL_PATHS: Json = {
  '/oauth2/token': {
    post: {
      operationId: 'token',
      tags: ['OAuth 2'],
      summary: 'Get tokens (RFC 6749 section 3.2)',
      security: [...clientSecurity, {}],
      requestBody: form(
        object(
          {
            grant_type: { enum: ['authorization_code', 'client_credentials', 'refresh_token'] },
            code: text,
            redirect_uri: text,
            code_verifier: text,
            refresh_token: text,
            scope: text,
            resource: { ...text, description: 'RFC 8707: the API the token is for.' },
            ...clientFields,
          },
          ['grant_type'],
        ),
      ),
      responses: {
        200: json('Tokens', ref('Tokens')),
        400: oauthError('Refused'),
        401: oauthError('Not authenticated'),
      },
    },
  },
  '/oauth2/revoke': {
    post: {
      operationId: 'revoke',
      tags: ['OAuth 2'],
      summary: 'Give back a token (RFC 7009)',
      security: [...clientSecurity, {}],
      requestBody: form(object({ token: text, token_type_hint: text, ...clientFields }, ['token'])),
      responses: { 200: { description: 'Gone' }, 400: oauthError('Refused'), 401: oauthError('Not authenticated') },
    },
  },
  '/oauth2/introspect': {
    post: {
      operationId: 'introspect',
      tags: ['OAuth 2'],
      summary: 'Ask about a token (RFC 7662)',
      security: clientSecurity,
      requestBody: form(object({ token: text, token_type_hint: text, ...clientFields }, ['token'])),
      responses: { 200: json('What it is', ref('Introspection')), 401: oauthError('Not authenticated') },
    },
  },
  '/v1/verify': {
    post: {
      operationId: 'verify',
      tags: ['The check'],
      summary: 'Check a credential of any kind; the caller is a resource server',
      security: clientSecurity,
      parameters: [
        {
          name: 'Claviger-Reasons',
          in: 'header',
          schema: { ...text, example: REASONS.join(' ') },
          description: 'The reasons that the caller knows. A reason added later is sent only to callers that name it.',
        },
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: object({
              credential: { ...text, description: 'The string as presented; or send `headers` and `url`.' },
              headers: object({}, [], { additionalProperties: { oneOf: [text, { type: 'array', items: text }] } }),
              url: text,
              audience: text,
              scopes: { type: 'array', items: text },
              dialects: { type: 'array', items: { enum: ['native', ...DIALECT_NAMES] } },
              ip: text,
              explain: { type: 'boolean' },
            }),
          },
        },
      },
      responses: { 200: json('The verdict', ref('Verdict')), 401: oauthError('Not authenticated') },
    },
  },
  '/v1/verify/usage': {
    post: {
      operationId: 'reportUsage',
      tags: ['The check'],
      summary: 'What a guard answered without asking, for the charts; the caller is a resource server',
      security: clientSecurity,
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: object(
              {
                items: {
                  type: 'array',
                  maxItems: 1000,
                  items: object(
                    {
                      credential_id: text,
                      outcome: { type: 'string', enum: ['valid', ...REASONS] },
                      count: { type: 'integer', minimum: 1 },
                      last_at: { type: 'integer', description: 'Epoch seconds.' },
                    },
                    ['credential_id', 'outcome', 'count', 'last_at'],
                  ),
                },
              },
              ['items'],
            ),
          },
        },
      },
      responses: {
        200: json('Of how many it was believed', object({ counted: { type: 'integer' } })),
        401: oauthError('Not authenticated'),
      },
    },
  },
  '/v1/whoami': {
    get: {
      operationId: 'whoami',
      tags: ['The check'],
      summary: 'What is the presented credential? Knows every kind',
      security: ['accessToken', 'applicationToken', 'apiKey', 'userToken', 'tokenPair'].map(name => ({ [name]: [] })),
      responses: { 200: json('What it is', ref('Verdict')), 401: json('Not good', ref('Verdict')) },
    },
  },
  '/v1/feed': {
    get: {
      operationId: 'feed',
      tags: ['The check'],
      summary: 'What stopped holding, as server-sent events; the caller is a resource server',
      security: clientSecurity,
      responses: {
        200: { description: 'Goes on until one side ends it', content: { 'text/event-stream': { schema: text } } },
        401: oauthError('Not authenticated'),
      },
    },
  },
  ...Object.fromEntries(
    ['oauth-authorization-server', 'openid-configuration', 'jwks.json'].map(name => [
      `/.well-known/${name}`,
      {
        get: {
          operationId: `wellKnown${name.replaceAll(/(?:^|[-.])(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
          tags: ['Discovery'],
          summary: name === 'jwks.json' ? 'The keys that signed (RFC 7517)' : 'What this server can do (RFC 8414)',
          security: [],
          responses: { 200: { description: 'The document' } },
        },
      },
    ]),
  ),
}
