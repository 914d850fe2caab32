import { html } from 'ghtml'
import type { Json } from '../openapi/json.ts'

/* Shows JSON Schemas as lists of fields. Handles only the parts of JSON Schema that our schemas use. */

type Schema = Json & {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  description?: string
  oneOf?: Schema[]
  anyOf?: Schema[]
  default?: unknown
}
const DEEPEST = 3

/** The fields of an object, with nested fields indented; for a list, the fields of its items. */
export function showFields(schema: Json, schemas: Record<string, Json>, depth = 0): string {
  const { properties, required = [] } = resolve(schema, schemas)
  if (!properties) return html`<p><code>${typeOf(schema)}</code></p>`
  const rows = Object.entries(properties).map(([name, field]) => {
    const inner = innerOf(field, schemas)
    const remark = [typeOf(field), required.includes(name) && depth === 0 ? 'required' : undefined, standard(field)]
    return html`<dt><code>${name}</code> <small>${remark.filter(Boolean).join(', ')}</small></dt><dd>!${withCode(field.description ?? '')}!${inner && depth < DEEPEST ? showFields(inner, schemas, depth + 1) : ''}</dd>`
  })
  return html`<dl class="fields">!${rows}</dl>`
}

const resolve = (schema: Schema, schemas: Record<string, Json>): Schema =>
  schema.$ref ? (schemas[nameOf(schema.$ref)] ?? {}) : schema

/** The schema inside a field: the object, the items of a list, or the alternative that is not null. */
function innerOf(field: Schema, schemas: Record<string, Json>): Schema | undefined {
  const candidate = (field.anyOf ?? field.oneOf)?.find(one => one.type !== 'null') ?? field
  const inner = candidate.items ?? candidate
  const resolved = resolve(inner, schemas)
  return resolved.properties ? resolved : undefined
}

export function typeOf(schema: Schema): string {
  if (schema.$ref) return nameOf(schema.$ref)
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return alternatives.map(typeOf).join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' or ')
  if (schema.items) return `list of ${typeOf(schema.items)}`
  return Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'anything')
}

const nameOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1)
const standard = (field: Schema): string | undefined =>
  field.default === undefined ? undefined : `default ${JSON.stringify(field.default)}`

/** Formats text between backquotes as code. */
export const withCode = (text: string): string =>
  text
    .split('`')
    .map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
    .join('')
