import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type On, readOn, showPath, showPlace } from './place.ts'
import { type Placed, routeTable } from './route-table.ts'

const row = (on: On, more: Partial<Placed> = {}): Placed => ({ at: readOn(on), of: 'one', ...more })

test('a place is read into methods and parts of a path, and shown as it was written', () => {
  assert.deepEqual(readOn(['GET', 'POST', '/users/:id/posts']), {
    methods: ['GET', 'POST'],
    path: ['users', { name: 'id' }, 'posts'],
  })
  assert.deepEqual(readOn(['GET', '/']), { methods: ['GET'], path: [''] })
  assert.deepEqual(readOn(['GET', '/files/:name.json']).path, ['files', { name: 'name', end: '.json' }])
  assert.deepEqual(readOn(['ANY', '/proxy/*']), { methods: 'any', path: ['proxy', { rest: true }] })
  const data = { methods: ['GET'], path: [{ name: 'code', length: 8, only: 'digits' }] } as const
  assert.equal(readOn(data), data)
  for (const path of ['/', '/a', '/a/:b', '/a/:b.json/c', '/a/*'] as const)
    assert.equal(showPath(readOn(['GET', path]).path), path)
  assert.equal(showPlace(readOn(['GET', 'POST', '/a/:b'])), 'GET, POST /a/:b')
})

test('all rows of one path stand together, whoever declares them, and a condition is asked first', () => {
  const form = row(['POST', '/register'])
  const api = row(['POST', '/register'], { of: 'two', when: () => true })
  const page = row(['GET', '/register'])
  const [spot, ...more] = routeTable([form, api, page])
  assert.deepEqual(more, [])
  assert.equal(spot?.template, '/register')
  assert.deepEqual(
    [...(spot?.methods ?? [])],
    [
      ['POST', [api, form]],
      ['GET', [page]],
    ],
  )
  assert.deepEqual(spot?.rows, [form, api, page])
})

test('a row for any method stands beside those for one', () => {
  const [spot] = routeTable([row(['ANY', '/x']), row(['GET', '/x'])])
  assert.deepEqual([...(spot?.methods.keys() ?? [])], ['GET'])
  assert.equal(spot?.any.length, 1)
})

test('two rows that would answer by chance are both named, and nothing is served', () => {
  const two = { of: 'two' }
  const when = () => true
  assert.throws(() => routeTable([row(['GET', '/a']), row(['POST', 'GET', '/a'], two)]), /GET \/a .* one and two/)
  assert.throws(() => routeTable([row(['ANY', '/a']), row(['ANY', '/a'], two)]), /any \/a .* one and two/)
  assert.throws(
    () => routeTable([row(['GET', '/a'], { when }), row(['GET', '/a'], { when, ...two })]),
    /GET \/a on a condition .* one and two/,
  )
  assert.throws(
    () => routeTable([row(['GET', '/a/:id']), row(['POST', '/a/:name'], two)]),
    /\/a\/:id of one and \/a\/:name of two/,
  )
  assert.equal(routeTable([row(['GET', '/a/:id']), row(['GET', '/a/me'], two)]).length, 2)
})
