import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { person } from '../../../../test/kit/admin.ts'
import { SAMPLES } from '../../../../test/kit/admin-samples.ts'
import { seen } from '../../../../test/kit/api-document.ts'
import { testServer } from '../../../../test/kit/server.ts'
import { REFUSALS } from '../../../model/refusals/refusal.ts'
import { OPERATIONS, type OperationId } from '../contract.ts'

type Described = {
  operationId: string
  security: object[]
  responses: Record<string, object>
  parameters?: { in: string }[]
}
type Document = {
  openapi: string
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, object>; securitySchemes: object; responses: object }
}

test('the document is OpenAPI 3.1: every reference leads somewhere, every schema compiles, ids are unique', async () => {
  await using server = await testServer()
  const answer = await fetch(`${server.url}/openapi.json`)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('access-control-allow-origin'), '*')
  const document = (await answer.json()) as Document
  assert.equal(document.openapi, '3.1.0')
  for (const [reference] of JSON.stringify(document).matchAll(/#\/components\/[\w/]+/g)) {
    const found = reference
      .split('/')
      .slice(1)
      .reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], document)
    assert.notEqual(found, undefined, reference)
  }
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'https://api.example/', components: document.components })
  for (const name of Object.keys(document.components.schemas))
    ajv.compile({ $ref: `https://api.example/#/components/schemas/${name}` })
  const described = Object.values(document.paths).flatMap(methods => Object.values(methods))
  const ids = described.map(({ operationId }) => operationId)
  assert.equal(new Set(ids).size, ids.length)
  for (const id of Object.keys(OPERATIONS)) assert.ok(ids.includes(id), id)
  for (const name of ['accessToken', 'apiKey', 'applicationToken', 'userToken', 'tokenPair'])
    assert.ok(name in document.components.securitySchemes, name)
})

test('every operation answers as the document says', async () => {
  await using server = await testServer()
  const [eve, owner] = [await person(server, 'eve'), await person(server, 'boss', 'owner')]
  for (const id of Object.keys(OPERATIONS) as OperationId[]) {
    const { path, body } = await SAMPLES[id](server.world, eve.user)
    await owner.ask(OPERATIONS[id].on[0], path, body)
    assert.ok(seen.has(`${id} ${OPERATIONS[id].status}`), `${id} was held against the document`)
  }
})

test('the plain reference shows every operation and every error, without a script and under a strict policy', async () => {
  await using server = await testServer()
  const docs = await fetch(`${server.url}/docs/plain`)
  assert.equal(docs.status, 200)
  assert.match(docs.headers.get('content-security-policy') ?? '', /default-src 'none'/)
  const page = await docs.text()
  for (const id of [...Object.keys(OPERATIONS), 'token', 'verify', 'whoami']) assert.ok(page.includes(`id="${id}"`), id)
  assert.equal(/<script|onclick=|style=/.test(page), false)
  const errors = await (await fetch(`${server.url}/docs/errors`)).text()
  for (const code of Object.keys(REFUSALS)) assert.ok(errors.includes(`id="${code}"`), code)
})
