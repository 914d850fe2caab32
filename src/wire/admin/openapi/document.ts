import type { Rules } from '../../../core/world.ts'
import { ROLES } from '../../../model/user.ts'
import { OPERATIONS, problem } from '../contract.ts'
import { type Json, jsonSchema } from './json.ts'
import { managementPaths, problemResponses } from './operations.ts'
import { PROTOCOL_PATHS, PROTOCOL_SCHEMAS } from './protocols.ts'

/** One OpenAPI 3.1 document of all endpoints, made from the schemas by which requests are validated. */
export function describeApi({ issuer, version }: Pick<Rules, 'issuer' | 'version'>): Json {
  const schemas: Json = { ...PROTOCOL_SCHEMAS }
  jsonSchema(problem, 'output', schemas)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Claviger',
      version,
      summary: 'Issues, checks and revokes every kind of credential an API accepts.',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: issuer }],
    tags: [...new Set(Object.values(OPERATIONS).map(({ tag }) => tag)), 'OAuth 2', 'The check', 'Discovery'].map(
      name => ({ name }),
    ),
    paths: { ...managementPaths(schemas), ...PROTOCOL_PATHS },
    components: {
      schemas,
      responses: problemResponses(),
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      securitySchemes: securitySchemes(issuer),
    },
  }
}

const DESCRIPTION = `Times are seconds since the epoch, ids are texts, absence is \`null\`.

Lists answer \`items\` and \`next_cursor\`; send the latter as \`cursor\` for what comes next. A page may be short and still have one.

Errors are \`application/problem+json\`: \`code\` is from a closed list, \`request_id\` finds the refusal with \`POST /v1/explain\`.`

const IDEMPOTENCY_KEY: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Repeats of a request with the same key get the first answer for 24 hours, the secret included; nothing is made twice.',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
}

/** The ways to authenticate: five kinds of credentials, client authentication, and a session of the console. */
function securitySchemes(issuer: string): Json {
  const scopes = Object.fromEntries([...new Set(Object.values(OPERATIONS).flatMap(({ needs }) => needs))].map(answered))
  return {
    accessToken: {
      type: 'oauth2',
      description: `Roles and what they may do: ${Object.entries(ROLES)
        .map(([role, may]) => `${role} (${may.join(', ') || 'nothing of others'})`)
        .join('; ')}.`,
      flows: {
        clientCredentials: { tokenUrl: `${issuer}/oauth2/token`, scopes },
        authorizationCode: {
          authorizationUrl: `${issuer}/oauth2/authorize`,
          tokenUrl: `${issuer}/oauth2/token`,
          refreshUrl: `${issuer}/oauth2/token`,
          scopes,
        },
      },
    },
    applicationToken: { type: 'http', scheme: 'bearer', bearerFormat: 'clv_app_...' },
    apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'Or as a bearer token.' },
    userToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Where the dialect zebbra is on.' },
    tokenPair: { type: 'http', scheme: 'basic', description: 'User and token, where the dialect tokenapi is on.' },
    clientSecret: { type: 'http', scheme: 'basic', description: 'client_id and client_secret.' },
    consoleSession: { type: 'apiKey', in: 'cookie', name: 'claviger-session' },
    consoleCsrf: {
      type: 'apiKey',
      in: 'header',
      name: 'X-Claviger-Csrf',
      description: 'From GET /v1/session; with every request that changes something.',
    },
  }
}

const answered = (scope: string): [string, string] => {
  const [what = '', access = ''] = scope.split(':')
  return [scope, `${access === 'read' ? 'Read' : access === 'revoke' ? 'Revoke' : 'Change'} ${what}`]
}
