import { json, object, ref, refusals, text, texts } from './described.ts'
import type { Json } from './json.ts'

/* Dynamic registration and its management (RFC 7591, RFC 7592). */

const METADATA: Json = {
  client_name: text,
  redirect_uris: texts,
  token_endpoint_auth_method: text,
  grant_types: texts,
  response_types: texts,
  scope: text,
  client_uri: text,
  logo_uri: text,
  jwks_uri: text,
  application_type: text,
}

export const REGISTERED_CLIENT: Json = object(
  {
    client_id: text,
    client_id_issued_at: { type: 'integer' },
    client_secret: text,
    client_secret_expires_at: { type: 'integer' },
    registration_access_token: text,
    registration_client_uri: text,
    ...METADATA,
  },
  ['client_id'],
)

const metadataBody: Json = {
  required: true,
  content: { 'application/json': { schema: object({ ...METADATA }) } },
}
const id = [{ name: 'id', in: 'path', required: true, schema: text }]
const managed = (operationId: string, summary: string, description: string): Json => ({
  operationId,
  tags: ['OAuth 2'],
  summary,
  description,
  security: [{ accessToken: [] }],
  parameters: id,
})
const client = { 200: json('The client', ref('RegisteredClient')) }

export const REGISTRATION_PATHS: Json = {
  '/oauth2/register': {
    post: {
      operationId: 'registerClient',
      tags: ['OAuth 2'],
      summary: 'Register a client',
      description:
        'A program registers itself (RFC 7591, OpenID Connect registration). `CLAVIGER_CLIENT_REGISTRATION` decides whether that is open, needs an initial access token as the bearer token, or is closed.',
      security: [{}, { accessToken: [] }],
      requestBody: metadataBody,
      responses: {
        201: json('The client', ref('RegisteredClient')),
        ...refusals(),
        403: json('Closed', ref('OAuthError')),
      },
    },
  },
  '/oauth2/register/{id}': {
    get: {
      ...managed('readRegistration', 'Read a registration', 'With its registration access token (RFC 7592).'),
      responses: { ...client, ...refusals(413) },
    },
    put: {
      ...managed('changeRegistration', 'Replace a registration', 'The body holds the whole metadata (RFC 7592).'),
      requestBody: metadataBody,
      responses: { ...client, ...refusals() },
    },
    delete: {
      ...managed('deleteRegistration', 'Delete a registration', 'Ends everything issued to the client (RFC 7592).'),
      responses: { 204: { description: 'Gone' }, ...refusals(413) },
    },
  },
}
