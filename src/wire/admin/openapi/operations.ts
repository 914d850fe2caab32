import { REFUSALS, type RefusalCode } from '../../../model/refusals/refusal.ts'
import { OPERATIONS, type Operation, type OperationId } from '../contract.ts'
import { statusOf } from '../refusals.ts'
import { type Json, jsonSchema } from './json.ts'

/** The paths of the management API, from the table that also makes its routes. Adds named schemas to `schemas`. */
export function managementPaths(schemas: Json): Json {
  const paths: Record<string, Json> = {}
  for (const id of Object.keys(OPERATIONS) as OperationId[]) {
    const operation: Operation = OPERATIONS[id]
    const [method, path] = operation.on
    const template = path.replaceAll(/:(\w+)/g, '{$1}')
    paths[template] = { ...paths[template], [method.toLowerCase()]: describe(id, operation, schemas) }
  }
  return paths
}

function describe(id: OperationId, operation: Operation, schemas: Json): Json {
  const { summary, tag, body, status, answer } = operation
  const created = status === 201
  return {
    operationId: id,
    summary,
    description: [operation.details, whoMay(operation)].filter(Boolean).join('\n\n'),
    tags: [tag],
    security: securityOf(operation),
    parameters: parametersOf(operation, schemas),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input', schemas) } } },
    }),
    responses: {
      [status]: {
        description: created ? 'Created' : 'Done',
        ...(created && {
          headers: {
            Location: { schema: { type: 'string' }, description: 'Where it can be read.' },
            'Idempotency-Replayed': {
              schema: { type: 'string', const: 'true' },
              description: 'This answer was given before.',
            },
          },
        }),
        content: { 'application/json': { schema: jsonSchema(answer, 'output', schemas) } },
      },
      ...Object.fromEntries(statusesOf(operation).map(one => [one, { $ref: `#/components/responses/${one}` }])),
    },
  }
}

function whoMay({ needs, self }: Operation): string {
  const scopes = needs.length === 0 ? '' : `Needs the scope ${needs.map(need => `\`${need}\``).join(' and ')}.`
  const people = {
    own: 'People who are signed in may use it for what is theirs.',
    all: 'Everybody who is signed in may use it.',
  }
  return [scopes, self ? people[self] : ''].filter(part => part !== '').join(' ')
}

function securityOf({ needs }: Operation): Json[] {
  const session = { consoleSession: [], consoleCsrf: [] }
  return needs.length === 0 ? [session] : [{ accessToken: needs }, { applicationToken: [] }, { apiKey: [] }, session]
}

function parametersOf({ on: [, path], query, status }: Operation, schemas: Json): Json[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const shape = query ? (jsonSchema(query, 'input', schemas) as { properties?: Json; required?: string[] }) : {}
  const inQuery = Object.entries(shape.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: shape.required?.includes(name) ?? false,
    schema,
  }))
  const key = status === 201 ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []
  return [...inPath, ...inQuery, ...key]
}

const ALWAYS = [400, 401, 403, 405, 413, 415, 429, 500, 503]
const statusesOf = ({ on: [method, path], self, status, body }: Operation): number[] => [
  ...ALWAYS,
  ...(path.includes(':') || self === 'own' || body ? [404] : []),
  ...(body || method === 'DELETE' || method === 'POST' ? [409] : []),
  ...(status === 201 ? [422] : []),
]

/** One response per status, with all its codes. */
export function problemResponses(): Json {
  const byStatus = new Map<number, RefusalCode[]>()
  for (const code of Object.keys(REFUSALS) as RefusalCode[])
    byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code])
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map(code => `\`${code}\`: ${REFUSALS[code]}`).join('\n\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}
