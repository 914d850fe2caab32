import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repeatedMember } from './repeated-member.ts'

test('a member name that an object has twice is found, however it is spelled and wherever it stands', () => {
  const cases: [string, string | undefined][] = [
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"a" : {"b":1,"c":[{"b":1 ,"b"\n:2}]}}', 'b'],
    ['{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}', undefined],
    ['{"a":"{\\"b\\":1,\\"b\\":2}","c":"a","d":"a"}', undefined],
    ['{"a\\\\":1,"a":{"":1}}', undefined],
    ['{"":1,"":2}', ''],
    ['[]', undefined],
    [`{"a":"${'x\\n'.repeat(30_000)}","a":1}`, 'a'],
  ]
  for (const [text, name] of cases) {
    JSON.parse(text)
    assert.equal(repeatedMember(text), name, text.slice(0, 80))
  }
})
