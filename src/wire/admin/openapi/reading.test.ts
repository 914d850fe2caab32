import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describeApi } from './document.ts'
import type { Json } from './json.ts'

/* What people need of the document who read it in the reference. */

type Media = { schema: Json; examples?: Record<string, { value: unknown }> }
type Operation = {
  operationId: string
  summary: string
  tags: string[]
  requestBody?: { content: Record<string, Media> }
}
const document = describeApi({ issuer: 'https://auth.example.com', version: '1.0.0' })
const { paths, components, tags } = document as unknown as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Json }
  tags: { name: string; description: string }[]
}
const operations = Object.values(paths).flatMap(methods => Object.values(methods))

const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema({ $id: 'https://api.example/', components })
const check = (schema: unknown) =>
  ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"https://api.example/#/')) as object)

test('every operation has a short name of its own, in a group that is described', () => {
  const names = operations.map(({ summary }) => summary)
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i || name.length > 40 || /[;.(]/.test(name)),
    [],
  )
  const used = new Set(operations.flatMap(operation => operation.tags))
  assert.deepEqual([...used].sort(), tags.map(({ name }) => name).sort())
})

test('every body that is an example is one that its operation takes', () => {
  const examples = operations.flatMap(({ operationId, requestBody }) =>
    Object.values(requestBody?.content ?? {}).flatMap(({ schema, examples = {} }) =>
      Object.entries(examples).map(([name, { value }]) => ({ name: `${operationId}: ${name}`, schema, value })),
    ),
  )
  assert.ok(examples.length >= 15)
  for (const { name, schema, value } of examples) {
    const valid = check(schema)
    assert.ok(valid(value), `${name}: ${JSON.stringify(valid.errors)}`)
  }
})

test('every field that is a text has an example that its schema allows', () => {
  const missing: string[] = []
  const walk = (node: unknown, at: string): void => {
    if (typeof node !== 'object' || node === null) return
    const { properties } = node as { properties?: Record<string, Json> }
    for (const [name, field] of Object.entries(properties ?? {})) {
      const examples = field['examples'] as unknown[] | undefined
      if (examples) assert.ok(check(field)(examples[0]), `${at}.${name}: ${JSON.stringify(examples[0])}`)
      else if (isText(field)) missing.push(`${at}.${name}`)
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'examples') walk(value, `${at}.${key}`)
  }
  walk({ paths, components }, '')
  assert.deepEqual(missing, [])
})

const isText = (field: Json): boolean =>
  [field, ...((field['anyOf'] ?? []) as Json[])].some(
    one => one['type'] === 'string' && !one['enum'] && one['default'] === undefined,
  )
