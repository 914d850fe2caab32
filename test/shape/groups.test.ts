import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { groupsOf, testFiles, writeEntries } from '../groups.ts'

test('every test file runs once, and those that change their whole process run alone', () => {
  const files = testFiles()
  const groups = groupsOf(files)
  assert.deepEqual(groups.flat().sort(), files)
  const together = groups.filter(group => group.length > 1).flat()
  assert.deepEqual(
    together.filter(file => /kit\/clock\.ts'|process\.env\['\w+'\] = /.test(readFileSync(file, 'utf8'))),
    [],
  )
})

test('files in one process keep their hooks to themselves, and one that fails or cannot be loaded fails the run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-groups-'))
  const fileOf = (name: string, text: string) => {
    writeFileSync(join(folder, name), `import { beforeEach, test } from 'node:test'\n${text}`)
    return join(folder, name)
  }
  const [good, hooked, broken, failing] = [
    fileOf('good.mjs', "test('good', () => {})"),
    fileOf('hooked.mjs', "beforeEach(() => { throw new Error('of hooked alone') })\ntest('hooked', () => {})"),
    fileOf('broken.mjs', "throw new Error('cannot be loaded')"),
    fileOf('failing.mjs', "test('failing', () => { throw new Error('fails') })"),
  ]
  try {
    const run = (...files: string[]) => {
      const entries = writeEntries([files], join(folder, 'entries'))
      const { NODE_TEST_CONTEXT: _, ...env } = process.env
      const { status, stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=tap', ...entries], {
        env,
        encoding: 'utf8',
      })
      const counted = (name: string) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(stdout)?.[1])
      return [status, counted('tests'), counted('pass')]
    }
    assert.deepEqual(run(good), [0, 1, 1])
    assert.deepEqual(run(hooked, good), [1, 2, 1])
    assert.deepEqual(run(broken, good), [1, 1, 1])
    assert.deepEqual(run(failing, good), [1, 2, 1])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
