import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Refusal } from '../model/refusals/refusal.ts'
import { parseJson } from './json.ts'

const nested = (levels: number, inside = '1') => `${'['.repeat(levels)}${inside}${']'.repeat(levels)}`
const refused = (text: string) => assert.throws(() => parseJson(text), { code: 'request-malformed' } as Refusal)

test('JSON is read to twenty levels, however many brackets stand beside each other or in texts', () => {
  parseJson(nested(20))
  refused(nested(21))
  refused(nested(19, nested(2, '{"a":[]}')))
  parseJson(`[${Array.from({ length: 500 }, () => '{"a":[1]}').join(',')}]`)
  parseJson(JSON.stringify({ text: '{['.repeat(100) }))
  parseJson(JSON.stringify({ text: '"\\"{[['.repeat(100) }))
  refused(`{"text":"\\"","deep":${nested(20)}}`)
})

test('no name in JSON reaches into objects, however it is spelled', () => {
  for (const name of ['__proto__', 'constructor', 'prototype']) {
    refused(`{"${name}":{"admin":true}}`)
    refused(`{"a":[{"${name}":1}]}`)
    const first = name.charCodeAt(0).toString(16).padStart(4, '0')
    refused(`{"\\u${first}${name.slice(1)}":1}`)
  }
  assert.deepEqual(parseJson('{"note":"the constructor of __proto__ is \\u0061 prototype"}'), {
    note: 'the constructor of __proto__ is a prototype',
  })
})

test('what cannot be parsed says where reading stopped', () => {
  assert.throws(
    () => parseJson('{"a":1,}'),
    (error: Refusal) => error.facts.position === 7,
  )
})
