import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type CallExpression, type NewExpression, parseSync, Visitor } from 'oxc-parser'
import { analyse } from 'scslre'

/*
 * Every regular expression of the product takes linear time, whatever text it meets: an analysis of the expression
 * itself finds two ways to match the same text (CWE-1333), so no clock is needed.
 */

const root = join(import.meta.dirname, '..', '..')
const files = globSync(['src/**/*.ts', 'web/src/**/*.{ts,tsx}', 'bin/*'], { cwd: root }).filter(
  file => !file.endsWith('.test.ts') && !file.startsWith('src/store/contract/'),
)

type Found = { where: string; source: string; flags: string }
const literals: Found[] = []
/** Expressions made at run time, which no analysis can see. */
const composed: string[] = []

for (const file of files) {
  const code = readFileSync(join(root, file), 'utf8')
  const lang = file.endsWith('.tsx') ? 'tsx' : file.endsWith('.ts') ? 'ts' : 'js'
  const { program, errors } = parseSync(file, code, { lang, sourceType: 'module' })
  assert.deepEqual(errors, [], file)
  const at = (start: number) => `${file}:${code.slice(0, start).split('\n').length}`
  const made = ({ callee, start }: NewExpression | CallExpression) => {
    if (callee.type === 'Identifier' && callee.name === 'RegExp') composed.push(at(start))
  }
  new Visitor({
    Literal(node) {
      if ('regex' in node) literals.push({ where: at(node.start), source: node.regex.pattern, flags: node.regex.flags })
    },
    NewExpression: made,
    CallExpression: made,
  }).visit(program)
}

const slow = ({ source, flags }: Pick<Found, 'source' | 'flags'>) => analyse({ source, flags }).reports.length > 0

test('the analysis finds what backtracks, and lets pass what does not', () => {
  const bad = [
    '^ *(a+)(?: +(.*?))? *$',
    '/+$',
    '\\s+$',
    '^(\\w+\\s?)*$',
    '(a|a)*b',
    '^(a+)+$',
    '^[ab]*[bc]*[cd]*b$',
    'x.*y.*z$',
  ]
  assert.deepEqual(
    bad.filter(source => !slow({ source, flags: '' })),
    [],
  )
  const good = ['^[a-z]+$', '^[\\w-]+\\.[\\w-]+$', '[\\s,]+', '^\\d{1,12}$', '^(?:a|b)+$', '\\r?\\n$']
  assert.deepEqual(
    good.filter(source => slow({ source, flags: '' })),
    [],
  )
})

test('every regular expression takes linear time', () => {
  assert.ok(literals.length > 50, `${literals.length} were found`)
  assert.deepEqual(
    literals.filter(slow).map(({ where, source, flags }) => `${where}: /${source}/${flags}`),
    [],
  )
})

test('no regular expression is made at run time, where no analysis sees it', () => {
  assert.deepEqual(composed, [])
})
