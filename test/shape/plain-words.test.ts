import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..', '..')
const MOST = 20
/** A sentence about a pronoun does not say who or what acts. */
const PRONOUNS = /\b(whoever|nobody|somebody|anybody|whatever|told)\b/i

/** Quotes titles of tests. */
const QUOTING = ['docs/conformance.md']

/** Comments of code, and every line of a document. */
function commentLines(file: string): { line: number; text: string }[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  if (file.endsWith('.md')) return lines.map((text, i) => ({ line: i + 1, text }))
  let within = false
  return lines.flatMap((text, i) => {
    const starts = /^\s*\/\*/.test(text)
    const comment = within || starts ? text : /(?:^|\s)\/\/ .*$/.exec(text)?.[0]
    if (starts || within) within = !text.includes('*/')
    return comment === undefined ? [] : [{ line: i + 1, text: comment }]
  })
}

test(`comments and documents name who acts: at most ${MOST} lines lean on whoever, nobody, somebody, anybody, whatever, told`, () => {
  const files = globSync(['src/**/*.{ts,css,md}', 'web/src/**/*.{ts,tsx,css}', 'docs/**/*.md'], { cwd: root })
    .filter(file => !QUOTING.includes(file))
    .sort()
  const found = files.flatMap(file =>
    commentLines(file)
      .filter(({ text }) => PRONOUNS.test(text))
      .map(({ line, text }) => `${file}:${line}: ${text.trim()}`),
  )
  console.log(`${found.length} such lines`)
  assert.ok(found.length <= MOST, found.join('\n'))
})
