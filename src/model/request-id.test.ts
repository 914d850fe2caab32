import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requestIds } from '../server/operate/request-ids.ts'
import { readsAs } from './request-id.ts'

test('the ids this server gives its requests read as request ids, however many there were', () => {
  const newId = requestIds()
  const ids = Array.from({ length: 2000 }, newId)
  assert.deepEqual(new Set(ids.map(readsAs)), new Set(['request']))
})

test('a credential with a mark of one is never asked for as a request; what has no mark may be either', () => {
  const credentials = ['clv_pat_x', 'a.b.c', 'header.payload.signature', 'ada:secret', 'Bearer abc', 'x'.repeat(101)]
  assert.deepEqual(new Set(credentials.map(readsAs)), new Set(['credential']))
  const either = ['0b6ff6a6-2f3b-4c1e-9d0a-9c2d8f3f4a11', 'f'.repeat(40), 'req_8', 'node-7.example', 'x'.repeat(100)]
  assert.deepEqual(new Set(either.map(readsAs)), new Set(['either']))
})
