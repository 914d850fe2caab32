import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type On, readOn } from './place.ts'
import { routeTable } from './route-table.ts'
import { openRouter } from './router.ts'

/** What is found at a path: the template and the parameters, or `undefined`. */
function finding(...rows: On[]) {
  const find = openRouter(routeTable(rows.map(on => ({ at: readOn(on), of: 'test' }))))
  return (path: string) => {
    const found = find(path)
    return found && [found.spot.template, { ...found.params }]
  }
}

test('each form of a part finds what it describes and nothing else', () => {
  const find = finding({
    methods: ['GET'],
    path: ['token', { name: 'token', length: 4 }, { name: 'user', only: 'digits', end: '.json' }],
  })
  assert.deepEqual(find('/token/a-b7/12.json'), ['/token/:token/:user.json', { token: 'a-b7', user: '12' }])
  for (const path of [
    'a-b/12.json',
    'a-b77/12.json',
    'a-b7/x.json',
    'a-b7/12',
    'a-b7/.json',
    'a-b7/12.jsonx',
    'a-b7/1.2.json',
  ])
    assert.equal(find(`/token/${path}`), undefined, path)
})

test('texts come before names, and names before the rest', () => {
  const find = finding(['GET', '/a/b'], ['GET', '/a/:name'], ['GET', '/a/*'], ['GET', '/'])
  assert.deepEqual(find('/a/b'), ['/a/b', {}])
  assert.deepEqual(find('/a/c'), ['/a/:name', { name: 'c' }])
  assert.deepEqual(find('/a/c/d'), ['/a/*', { '*': 'c/d' }])
  assert.deepEqual(find('/'), ['/', {}])
  assert.equal(find('/A/b'), undefined, 'letter case counts (RFC 3986 section 6.2.2.1)')
})

test('a slash more at the end makes no difference, anywhere else it does', () => {
  const find = finding(['GET', '/a/:name'])
  assert.deepEqual(find('/a/b/'), ['/a/:name', { name: 'b' }])
  for (const path of ['/a/', '/a//b', '//a/b', 'a/b', '*', '']) assert.equal(find(path), undefined, path)
})

test('parameters are decoded once; what cannot be decoded, or is longer than any, names nothing', () => {
  const find = finding(['GET', '/a/:name'])
  assert.deepEqual(find('/a/%C3%A9%2F%252F'), ['/a/:name', { name: 'é/%2F' }])
  for (const path of ['/a/%', '/a/%zz', '/a/%ff', `/a/${'x'.repeat(513)}`]) assert.equal(find(path), undefined, path)
  assert.deepEqual(find(`/a/${'x'.repeat(512)}`)?.[0], '/a/:name')
})

test('a colon that is meant is a colon', () => {
  const find = finding({ methods: ['GET'], path: ['a:b', { name: 'id' }] })
  assert.deepEqual(find('/a:b/1'), ['/a:b/:id', { id: '1' }])
  assert.equal(find('/axb/1'), undefined)
})

test('what follows the path of a row for any method is not decoded', () => {
  const find = finding(['ANY', '/gate/*'], ['ANY', '/gate/door/*'], ['GET', '/gate/:name/x'])
  for (const rest of ['%', '%zz/..', 'a//b', '', 'a?b']) assert.equal(find(`/gate/${rest}`)?.[0], '/gate/*', rest)
  assert.equal(find('/gate/door/%ff')?.[0], '/gate/door/*')
})
