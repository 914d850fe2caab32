import { KINDS } from '../../../model/credentials/credential.ts'
import { TOKEN_TYPE } from '../../../model/credentials/scheme.ts'
import { DIALECT_NAMES, REASONS } from '../../../model/credentials/verdict.ts'
import { json, object, ref, refusals, seconds, text, texts } from './described.ts'
import type { Json } from './json.ts'
import { clientSecurity, OAUTH_PATHS } from './oauth-paths.ts'
import { REGISTERED_CLIENT } from './registration-paths.ts'

/* The endpoints of standards, and of the check, as far as needed to call them. The standards contain the details. */

export const PROTOCOL_SCHEMAS: Json = {
  PushedRequest: object({ request_uri: text, expires_in: { type: 'integer' } }, ['request_uri', 'expires_in']),
  DeviceCodes: object(
    {
      device_code: text,
      user_code: text,
      verification_uri: text,
      verification_uri_complete: text,
      expires_in: { type: 'integer' },
      interval: { type: 'integer' },
    },
    ['device_code', 'user_code', 'verification_uri', 'expires_in'],
  ),
  RegisteredClient: REGISTERED_CLIENT,
  OAuthError: object({ error: text, error_description: text }, ['error']),
  Tokens: object(
    {
      access_token: text,
      token_type: { const: TOKEN_TYPE },
      expires_in: { type: 'integer' },
      scope: text,
      refresh_token: text,
      id_token: text,
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
  ServerMetadata: object(
    {
      issuer: text,
      authorization_endpoint: text,
      token_endpoint: text,
      revocation_endpoint: text,
      introspection_endpoint: text,
      jwks_uri: text,
      scopes_supported: texts,
      grant_types_supported: texts,
      code_challenge_methods_supported: texts,
      token_endpoint_auth_methods_supported: texts,
    },
    ['issuer', 'token_endpoint', 'jwks_uri'],
  ),
  KeySet: object({ keys: { type: 'array', items: object({ kty: text, kid: text, alg: text }, ['kty']) } }, ['keys']),
  Verdict: object(
    {
      active: { type: 'boolean' },
      kind: { enum: Object.values(KINDS).flatMap(kind => (kind.bearer ? [kind.shown] : [])) },
      credential_id: text,
      subject: { oneOf: [object({ id: text, number: { type: 'integer' }, handle: text }), { type: 'null' }] },
      client: { oneOf: [object({ client_id: text, name: text }), { type: 'null' }] },
      scopes: { type: 'array', items: text },
      all_scopes: {
        type: 'boolean',
        description:
          'true: everything its owner may do; `scopes` has what was asked for and what a role gives. Absent where it has scopes of its own.',
      },
      audience: { type: 'array', items: text },
      issued_at: seconds,
      expires_at: { type: ['integer', 'null'] },
      counted_by: {
        ...text,
        description:
          'What use is counted by, where the token has no row: `grant ID` or `client ID`. Guards report by it.',
      },
      reason: { enum: [...REASONS], description: 'Treat a reason that you do not know as a refusal.' },
    },
    ['active'],
  ),
}

const discovery = (
  id: string,
  summary: string,
  description: string,
  media = 'application/json',
  schema = 'ServerMetadata',
): Json => ({
  get: {
    operationId: id,
    tags: ['Discovery'],
    summary,
    description,
    security: [],
    responses: {
      200: { description: 'The document', content: { [media]: { schema: ref(schema) } } },
      ...refusals(400, 401, 413, 429),
    },
  },
})

export const PROTOCOL_PATHS: Json = {
  ...OAUTH_PATHS,
  '/v1/verify': {
    post: {
      operationId: 'verify',
      tags: ['The check'],
      summary: 'Check a credential',
      description: 'Checks a credential of any kind. The caller is an API.',
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
      responses: { 200: json('The verdict', ref('Verdict')), ...refusals() },
    },
  },
  '/v1/verify/usage': {
    post: {
      operationId: 'reportUsage',
      tags: ['The check'],
      summary: 'Report use',
      description:
        'A guard reports the checks that it answered from memory, so that the charts count them. The caller is an API.',
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
                      counted_by: {
                        ...text,
                        description:
                          'Instead, where a verdict named it. What this server does not know is not counted.',
                      },
                      outcome: { type: 'string', enum: ['valid', ...REASONS] },
                      count: { type: 'integer', minimum: 1 },
                      last_at: { type: 'integer', description: 'Epoch seconds.' },
                    },
                    ['outcome', 'count', 'last_at'],
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
        ...refusals(),
      },
    },
  },
  '/v1/whoami': {
    get: {
      operationId: 'whoami',
      tags: ['The check'],
      summary: 'Read your own credential',
      description: 'Shows what the presented credential of any kind is.',
      security: ['accessToken', 'applicationToken', 'apiKey', 'userToken', 'tokenPair'].map(name => ({ [name]: [] })),
      responses: {
        200: json('What it is', ref('Verdict')),
        ...refusals(413),
        400: json('Sent in a way that cannot be read', ref('Verdict')),
        401: json('Missing or not good', ref('Verdict')),
        403: json('Not good here', ref('Verdict')),
        429: json('Too many wrong ones', ref('Verdict')),
      },
    },
  },
  '/forward-auth/gates/{name}': {
    get: {
      operationId: 'askAtGate',
      tags: ['The check'],
      summary: 'Check a request at a gate',
      description:
        'A proxy asks whether the credential in the headers of a request passes the gate. Any method is accepted, and any path and query after the name. Only proxies that `CLAVIGER_TRUST_PROXY` lists may ask. The profile of the gate decides the body of a refusal.',
      security: [{ accessToken: [] }, { applicationToken: [] }, { apiKey: [] }, { userToken: [] }, { tokenPair: [] }],
      parameters: [{ name: 'name', in: 'path', required: true, schema: text }],
      responses: {
        200: {
          description: 'It passes; `X-Auth-*` headers say who asks',
          content: { 'text/plain': { schema: {} } },
        },
        401: json('Missing or not good; `WWW-Authenticate` says what is wanted', object({})),
        403: json('Good, but not for this; no such gate; not a proxy of ours; an outage', object({})),
      },
    },
  },
  '/v1/feed': {
    get: {
      operationId: 'feed',
      tags: ['The check'],
      summary: 'Follow revocations',
      description: 'Sends each revocation and change as a server-sent event. The caller is an API.',
      security: clientSecurity,
      responses: {
        200: { description: 'Goes on until one side ends it', content: { 'text/event-stream': { schema: text } } },
        ...refusals(413),
      },
    },
  },
  '/.well-known/oauth-authorization-server': discovery(
    'serverMetadata',
    'Read the server metadata',
    'The addresses and features of this server (RFC 8414).',
  ),
  '/.well-known/jwks.json': discovery(
    'keys',
    'Read the public keys',
    'The keys with which tokens of this server are verified (RFC 7517).',
    'application/jwk-set+json',
    'KeySet',
  ),
}
