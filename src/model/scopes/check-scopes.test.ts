import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkScopes } from './check-scopes.ts'

test('a text that is no scope is named, with the first character that no scope has or its length', () => {
  const allowed =
    'A scope consists of 1 to 128 printable ASCII characters, without spaces, double quotes and backslashes.'
  const cases: [string, string][] = [
    ['sch\u00f6n', 'The scope "sch\u00f6n" contains the character U+00F6.'],
    ['a"b', 'The scope "a"b" contains the character U+0022.'],
    ['a\\b', 'The scope "a\\b" contains the character U+005C.'],
    ['a b', 'The scope "a b" contains the character U+0020.'],
    ['a\tb', 'The scope "a\ufffdb" contains the character U+0009.'],
    ['\u{1f600}', 'The scope "\u{1f600}" contains the character U+1F600.'],
    ['', 'The scope "" has 0 characters.'],
    ['x'.repeat(129), `The scope "${'x'.repeat(100)}\u2026" has 129 characters.`],
  ]
  for (const [scope, fault] of cases)
    assert.throws(() => checkScopes(['read', scope], 'scopes'), {
      code: 'scope-unknown',
      facts: { parameter: 'scopes', sentence: `${fault} ${allowed}` },
    })
  assert.doesNotThrow(() => checkScopes(['read', "a!#$%&'()*+,-./:;<=>?@[]^_`{|}~", 'x'.repeat(128)]))
})
