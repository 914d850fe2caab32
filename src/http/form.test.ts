import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../model/refusals/refusal.ts'
import { parseForm } from './form.ts'

test('a form means what a browser means by it', () => {
  const text =
    'resource=https%3A%2F%2Fapi.example%2Fa%2Bb&scope=read+write&n%C3%A4me=%E2%82%AC&scope=admin&empty=&alone'
  const expected = [...new URLSearchParams(text)]
  const parsed = Object.entries(parseForm(text)).flatMap(([name, value]) => [value].flat().map(one => [name, one]))
  assert.deepEqual(parsed.sort(), expected.sort())
})

test('broken percent-encoding is refused wherever it stands, and never guessed', () => {
  for (const broken of ['%', '%zz', '%4', '%C3', '%E2%82', '%FF', '%C0%AF', '%ED%A0%80'])
    for (const text of [`a=${broken}`, `${broken}=a`, `a=%20&b=${broken}&c=1`, `a=%C3&${broken}=%A9`])
      assert.throws(() => parseForm(text), Refusal, text)
})
