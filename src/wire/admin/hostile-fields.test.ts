import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../../../test/kit/admin.ts'
import { SAMPLES } from '../../../test/kit/admin-samples.ts'
import { testServer } from '../../../test/kit/server.ts'
import { OPERATIONS, type OperationId } from './contract.ts'

/** Every answer in these tests is checked against the OpenAPI document. */
const IDS = ['%zz', '%00', 'a'.repeat(600), '..%2f..', '%F0%9F%92%A9']

test('an id that cannot be one gets an answer of the document from every operation', async () => {
  await using server = await testServer()
  const [eve, owner] = [await person(server, 'eve'), await person(server, 'boss', 'owner')]
  for (const id of Object.keys(OPERATIONS) as OperationId[]) {
    const [method, path] = OPERATIONS[id].on
    if (!path.includes(':')) continue
    const { body } = await SAMPLES[id](server.world, eve.user)
    for (const odd of IDS) {
      const { status, text } = await owner.ask(method, path.replaceAll(/:\w+/g, odd), body)
      assert.ok(status < 500, `${id} ${odd.slice(0, 20)}: ${status} ${text}`)
    }
  }
})

test('charts of the first day there was begin when time did', async () => {
  await using server = await testServer()
  const owner = await person(server, 'boss', 'owner')
  for (const path of ['/v1/usage', '/v1/usage/check-times']) {
    const { status, body } = await owner.ask('GET', `${path}?until=0`)
    assert.deepEqual([status, body['since']], [200, 0], path)
  }
})
