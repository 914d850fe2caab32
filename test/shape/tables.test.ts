import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectsFor, EVERY_SWITCH } from '../../src/server/dialects.ts'

const routes = dialectsFor(EVERY_SWITCH).flatMap(({ routes }) => routes)

test('every row names its caller in words of a document, never by a function of the code', () => {
  const names = [...new Set(routes.map(({ caller }) => caller))]
  assert.deepEqual(
    names.filter(name => !/^[a-z][a-z:, -]*$/.test(name)),
    [],
  )
  assert.ok(names.length > 10, names.join('; '))
})
