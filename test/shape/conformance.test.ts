import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

/* docs/conformance.md names a test for each module of the suite; here each is held against its file. */

const root = join(import.meta.dirname, '..', '..')
const rows = readFileSync(join(root, 'docs/conformance.md'), 'utf8')
  .split('\n')
  .filter(line => line.startsWith('| ') && !/^\| (?:module|rule|---)/.test(line))
  .map(line => line.split(' | ').map(cell => cell.replace(/^\|\s*|\s*\|$/g, '').trim()))

/** Titles with a placeholder fit what may stand in its place. */
function titlesIn(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/\btest\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs)].map(([, , title = '']) =>
    title.replace(/\\(['"`])/g, '$1'),
  )
}
const parts = (title: string): string[] => title.split(/\$\{(?:[^{}]|\{[^}]*\})*\}/)
function fits(title: string, wanted: string): boolean {
  const [first = '', ...rest] = parts(title)
  if (!wanted.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = wanted.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return rest.length === 0 ? wanted === first : rest.at(-1) === '' || at === wanted.length
}

test('every module of the table names a test that is there', () => {
  assert.ok(rows.length > 30)
  for (const [module = '', , where = ''] of rows) {
    const end = where.indexOf(': ')
    const [file, title] = [where.slice(0, end), where.slice(end + 2)]
    assert.ok(existsSync(join(root, file)), `${module}: there is no file ${file}`)
    assert.ok(
      titlesIn(file).some(one => fits(one, title)),
      `${module}: ${file} has no test "${title}"`,
    )
  }
})
