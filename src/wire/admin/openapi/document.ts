import type { Rules } from '../../../core/world.ts'
import { ROLES } from '../../../model/users/user.ts'
import { OPERATIONS, problem } from '../contract.ts'
import { withBodies } from './example-bodies.ts'
import { withExamples } from './examples.ts'
import { type Json, jsonSchema } from './json.ts'
import { managementPaths, problemResponses } from './operations.ts'
import { PROTOCOL_PATHS, PROTOCOL_SCHEMAS } from './protocols.ts'
import { TAGS } from './tags.ts'

/** One OpenAPI 3.1 document of all endpoints, made from the schemas by which requests are validated. */
export function describeApi({ issuer, version }: Pick<Rules, 'issuer' | 'version'>): Json {
  const schemas: Json = { ...PROTOCOL_SCHEMAS }
  jsonSchema(problem, 'output', schemas)
  const paths = { ...managementPaths(schemas), ...PROTOCOL_PATHS }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Claviger',
      version,
      summary: 'Issues, checks and revokes every kind of credential an API accepts.',
      description: introduction(issuer),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: issuer }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: withExamples(withBodies(paths)),
    components: {
      schemas: withExamples(schemas),
      responses: problemResponses(),
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      securitySchemes: securitySchemes(issuer),
    },
  }
}

const introduction = (issuer: string): string => `The management API, and the endpoints for clients and APIs.

**Begin:** make a token in the console under Credentials, or with \`claviger token create\`, and send it as a bearer token:

\`\`\`sh
curl -H "Authorization: Bearer $CLAVIGER_TOKEN" ${issuer}/v1/whoami
\`\`\`

**Values:** a time is a number of seconds since 1970. An id is a string. A missing value is \`null\`.

**Lists** have \`items\` and \`next_cursor\`. Send \`next_cursor\` as \`cursor\` to get the next page. A page may have fewer items than the limit although more pages follow.

**Errors** of the management API are \`application/problem+json\`. The field \`code\` is one of [a closed list](${issuer}/docs/errors). Staff find the refusal by its \`request_id\` with \`POST /v1/explain\`.`

const IDEMPOTENCY_KEY: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A request that repeats a key within 24 hours gets the first answer again, with its secret. Nothing is made twice.',
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
