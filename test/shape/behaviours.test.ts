import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sectionOf } from '../docs/dialects.ts'

const root = join(import.meta.dirname, '..', '..')

/** The behaviours of the older systems, numbered from 1: which dialect they belong to and how many there are. */
const FAMILIES: Record<string, { dialect: string; count: number }> = {
  ZO: { dialect: 'zocial', count: 10 },
  GE: { dialect: 'apikey', count: 8 },
  GT: { dialect: 'mastodon', count: 29 },
  MA: { dialect: 'mastodon', count: 38 },
  DK: { dialect: 'mastodon', count: 27 },
  ZB: { dialect: 'zebbra', count: 29 },
  TA: { dialect: 'tokenapi', count: 18 },
}

const titles = globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: root })
  .flatMap(file => [...readFileSync(join(root, file), 'utf8').matchAll(/\btest\(\s*(['"`])(.*?)\1/g)])
  .map(match => match[2] as string)

for (const [family, { dialect, count }] of Object.entries(FAMILIES))
  test(`each of the ${count} behaviours ${family} is replayed by a test, or listed with its reason`, () => {
    const listed = sectionOf(dialect, 'Not replayed')
    const all = Array.from({ length: count }, (_, i) => `${family}-${String(i + 1).padStart(2, '0')}`)
    const replayed = all.filter(id => titles.some(title => title.includes(id)))
    const excused = all.filter(id => listed.includes(`| ${id} |`))
    assert.deepEqual(
      all.filter(id => !replayed.includes(id) && !excused.includes(id)),
      [],
      'neither replayed nor listed',
    )
    assert.deepEqual(
      replayed.filter(id => excused.includes(id)),
      [],
      'replayed and listed as not',
    )
  })

test('a title refers to behaviours that are counted here and to RFCs, never to a page outside the repository', () => {
  const outside = titles.filter(title => {
    const named = [...title.matchAll(/\b([A-Z]{2})-(\d{2})\b/g)]
    const unknown = named.some(([, family = '', number]) => Number(number) > (FAMILIES[family]?.count ?? 0))
    return unknown || /#\d/.test(title) || /\(\d+(\.\d+)+[^)]*\)$/.test(title)
  })
  assert.deepEqual(outside, [])
})
