import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What stands in a file, and what stands there instead. */
export type Change = { in: string; says: string; instead: string }

/** A copy of the product with one protection taken out; every line that was to be changed must be there. */
export function sabotage(folder: string, changes: readonly Change[]): string {
  const root = join(import.meta.dirname, '..', '..')
  for (const part of ['src', 'bin', 'package.json']) cpSync(join(root, part), join(folder, part), { recursive: true })
  mkdirSync(folder, { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const { in: file, says, instead } of changes) {
    const text = readFileSync(join(folder, file), 'utf8')
    assert.ok(text.includes(says), `${file} no longer says: ${says}`)
    writeFileSync(join(folder, file), text.replace(says, instead))
  }
  return join(folder, 'bin', 'claviger')
}

/** Much time between two commits: the look of many comes before the act of the first, every time. */
export const SLOW_COMMITS: Change = { in: 'src/store/sqlite.ts', says: 'await nextTurn()', instead: 'await wait(300)' }
