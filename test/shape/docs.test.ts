import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { PAGES } from '../docs/pages.ts'

for (const [path, page] of Object.entries(PAGES)) {
  test(`${path} says what the code says (npm run docs writes it anew)`, () => {
    assert.equal(readFileSync(join(import.meta.dirname, '..', '..', path), 'utf8'), page())
  })
}
