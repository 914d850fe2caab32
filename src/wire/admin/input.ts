import type { z } from 'zod'
import { header, readJson, type WireRequest } from '../../http/request.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { OPERATIONS, OperationId } from './contract.ts'
import type { Operation } from './operation.ts'

type Row<Id extends OperationId> = (typeof OPERATIONS)[Id]
type Read<T> = T extends z.ZodType ? z.output<T> : Record<never, never>

/** The input of a request, validated by the schemas of its operation. */
export type Given<Id extends OperationId> = {
  /** The `:id` of the path; empty if the path has none. */
  id: string
  query: Row<Id> extends { query: infer S } ? Read<S> : Record<never, never>
  body: Row<Id> extends { body: infer S } ? Read<S> : Record<never, never>
}
export type Asked = { id: string; query: unknown; body: unknown; once?: { key: string; request: string } }

export const readAsked =
  (operation: Operation) =>
  (request: WireRequest): Asked => {
    const body = readBody(operation, request)
    const asked: Asked = {
      id: readId(request),
      query: readQuery(operation, request),
      body,
    }
    const key = operation.status === 201 ? readIdempotencyKey(request) : undefined
    if (key !== undefined)
      asked.once = { key, request: JSON.stringify([request.method, request.path, request.url, body]) }
    return asked
  }

/** The input of a caller in this process, validated by the same schemas. The query is written as in a URL. */
export const readSaid = ({ query, body }: Operation, said: Said): Asked => ({
  id: usableId(said.id ?? ''),
  query: query ? parse(query, said.query ?? {}) : {},
  body: body ? parse(body, said.body ?? {}) : {},
})
export type Said = { id?: string | undefined; query?: object | undefined; body?: object | undefined }

const readId = (request: WireRequest): string => usableId(Object.values(request.params)[0] ?? '')

function usableId(id: string): string {
  if (id.includes('\0') || !id.isWellFormed()) throw new Refusal('not-found', 'NUL or broken text in the path')
  return id
}

function readQuery({ query }: Operation, request: WireRequest): unknown {
  const given: Record<string, string> = Object.create(null)
  for (const name of request.query.names()) {
    if (!query || !Object.hasOwn(query.shape, name)) throw unknownField(name)
    const value = request.query.one(name)
    if (value !== undefined) given[name] = value
  }
  return query ? parse(query, given) : {}
}

function readBody({ body }: Operation, request: WireRequest): unknown {
  if (request.body.type === 'none') return body ? parse(body, {}) : {}
  const value = readJson(request)
  if (body) return parse(body, value)
  for (const name in value as object) throw unknownField(name)
  return {}
}

/** draft-ietf-httpapi-idempotency-key-header: any visible text, chosen by the caller. */
function readIdempotencyKey(request: WireRequest): string | undefined {
  if (request.countHeader('idempotency-key') > 1)
    throw new Refusal('parameter-repeated', 'two Idempotency-Key headers', { parameter: 'Idempotency-Key' })
  const key = header(request, 'idempotency-key')
  if (key !== undefined && !/^[\x21-\x7e]{8,200}$/.test(key))
    throw new Refusal('parameter-invalid', 'unusable Idempotency-Key', {
      parameter: 'Idempotency-Key',
      sentence: 'An Idempotency-Key has 8 to 200 visible ASCII characters.',
    })
  return key
}

function parse(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  if (issue?.code === 'unrecognized_keys') throw unknownField(issue.keys[0] ?? '')
  const parameter = issue?.path.join('.') ?? ''
  const missing = issue?.code === 'invalid_type' && issue.input === undefined
  throw new Refusal(missing ? 'parameter-missing' : 'parameter-invalid', `${parameter}: ${issue?.code}`, {
    ...(parameter && { parameter }),
    sentence: missing
      ? `The field ${parameter} is missing.`
      : `${parameter ? `The field ${parameter}` : 'The body'} cannot be used: ${issue?.message ?? 'it has the wrong shape'}.`,
  })
}

const unknownField = (name: string): Refusal =>
  new Refusal('parameter-invalid', `unknown field ${name.slice(0, 80)}`, {
    parameter: name.slice(0, 80),
    sentence: 'There is no such field here.',
  })
