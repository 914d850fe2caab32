import { z } from 'zod'

export type Json = { [name: string]: unknown }

/** Converts a schema to JSON Schema, which OpenAPI 3.1 uses unchanged. Named schemas go to `named`. */
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
