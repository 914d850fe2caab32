import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseAuthorization } from './authorization.ts'

/** RFC 9110 section 11.4 as one expression, which backtracks. */
const GRAMMAR = /^ *([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?: +(.*?))? *$/s

test('scheme and value are read as the grammar of RFC 9110 section 11.4 says, however many spaces stand between', () => {
  const parts = fc.constantFrom(' ', '  ', 'Bearer', 'bAsIc', 'x', 'a=b', ',', '\t', '\n', '=', '\u00a0', ':')
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 9 }), pieces => {
      const text = pieces.join('')
      const match = GRAMMAR.exec(text)
      const wanted = match ? { scheme: match[1]?.toLowerCase(), value: match[2] ?? '' } : undefined
      assert.deepEqual(parseAuthorization(text), wanted, JSON.stringify(text))
    }),
    { numRuns: 2000 },
  )
})
