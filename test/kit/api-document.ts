import assert from 'node:assert/strict'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { describeApi } from '../../src/wire/admin/openapi/document.ts'

/* Holds every answer that a test sees against the OpenAPI document. */

type Content = Record<string, { schema: object }>
type Responses = Record<string, { $ref?: string; content?: Content }>
type Document = {
  paths: Record<string, Record<string, { operationId: string; responses: Responses }>>
  components: { schemas: object; responses: Responses }
}
const document = describeApi({ issuer: 'https://id.example', version: '0' }) as unknown as Document
const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema({ $id: 'https://api.example/', components: document.components })
const validators = new Map<string, ValidateFunction>()
export const seen = new Set<string>()

const places = Object.entries(document.paths)
  .map(([path, methods]) => ({ pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`), path, methods }))
  .sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')))

/** Fails when the document does not know this answer: its status, its media type, any of its fields. */
export function holdAgainstDocument(
  asked: { method: string; path: string },
  answer: { status: number; mediaType: string; body: unknown },
): void {
  const path = asked.path.replace(/\?.*$/s, '')
  const described = places.find(({ pattern }) => pattern.test(path))?.methods[asked.method.toLowerCase()]
  if (!described) return
  const what = `${described.operationId} ${answer.status}`
  const response = described.responses[answer.status]
  assert.ok(response, `${what} is not in the document`)
  const { content } = response.$ref ? named(response.$ref) : response
  const media = content?.[answer.mediaType]
  assert.ok(media, `${what} as ${answer.mediaType} is not in the document`)
  const validate = validators.get(what) ?? ajv.compile(pointing(media.schema))
  validators.set(what, validate)
  assert.ok(validate(answer.body), `${what}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(answer.body)}`)
  seen.add(what)
}

function named(reference: string) {
  const response = document.components.responses[reference.slice(reference.lastIndexOf('/') + 1)]
  assert.ok(response, reference)
  return response
}

const pointing = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"https://api.example/#/components/'))
