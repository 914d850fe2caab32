import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fastify } from 'fastify'
import type { Segment } from '../http/place.ts'
import { fastifyPath } from './fastify-path.ts'

/** What the real router makes of a path: the parameters it found, or `undefined`. */
async function routed(path: readonly Segment[], url: string): Promise<unknown> {
  const app = fastify()
  app.get(fastifyPath(path), async request => request.params)
  const answer = await app.inject(url)
  return answer.statusCode === 200 ? answer.json() : undefined
}

test('each form of a part finds what it describes and nothing else', async () => {
  const pair = ['token', { name: 'token', length: 4 }, { name: 'user', only: 'digits', end: '.json' }] as const
  assert.deepEqual(await routed(pair, '/token/a-b7/12.json'), { token: 'a-b7', user: '12' })
  for (const url of [
    '/token/a-b/12.json',
    '/token/a-b77/12.json',
    '/token/a-b7/x.json',
    '/token/a-b7/12',
    '/token/a-b7/.json',
  ])
    assert.equal(await routed(pair, url), undefined, url)
  assert.deepEqual(await routed(['files', { rest: true }], '/files/a/b'), { '*': 'a/b' })
  assert.deepEqual(await routed(['a:b', { name: 'id' }], '/a:b/1'), { id: '1' })
  assert.equal(await routed(['a:b'], '/a1'), undefined)
})
