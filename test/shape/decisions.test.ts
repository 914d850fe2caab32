import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { EVENTS } from '../../src/model/journal.ts'

const src = join(import.meta.dirname, '..', '..', 'src')
const code = (file: string): string => readFileSync(join(src, file), 'utf8')
const files = globSync('**/*.ts', { cwd: src }).filter(
  file => !file.endsWith('.test.ts') && !file.startsWith('store/contract/'),
)

test('every decision of the core takes its needs, who acts, and what is asked', () => {
  const wrong: string[] = []
  let decisions = 0
  for (const file of files.filter(name => name.startsWith('core/')))
    for (const [, name, second = ''] of code(file).matchAll(
      /export (?:async )?function (\w+)\(\s*needs: (?:Pick<[^>]*>|\w+),\s*([^,)]+?),\s*(?:ask|\{[^}]*\})\b[^,)]*,?\s*\)/g,
    )) {
      decisions++
      if (!/^(?:_?act|\{[^}]*\}): /.test(second) || !/\b(?:Act\b|\w+Act$)/.test(second))
        wrong.push(`${file}: ${name}(needs, ${second}, ask)`)
    }
  assert.deepEqual(wrong, [])
  assert.ok(decisions > 50, `${decisions} decisions found`)
})

test('journal entries are made by entry() alone, and every change is recorded by record()', () => {
  const event = `event: '(?:${EVENTS.join('|')})'`
  const byHand = new RegExp(`${event}[^}]*\\babout:|\\babout:[^}]*${event}`)
  assert.deepEqual(
    files.filter(file => byHand.test(code(file))),
    [],
  )
  const logging = files.filter(file => /\bappendRevocations\(/.test(code(file)))
  // What a demo made is erased together with its entries, so there is none to record.
  assert.deepEqual(logging, ['store/erase.ts', 'store/sql/revocations.ts'])
})
