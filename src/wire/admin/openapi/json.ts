import { z } from 'zod'

export type Json = { [name: string]: unknown }

/** A schema of ours as JSON Schema (OpenAPI 3.1 uses it as it is); what has a name goes to `named`. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output', named: Json): Json {
  const {
    $schema: _dialect,
    $defs = {},
    ...plain
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & {
    $defs?: Json
  }
  for (const [name, definition] of Object.entries($defs)) named[name] = withReferences(definition as Json)
  return withReferences(plain)
}

const withReferences = (schema: Json): Json =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json
