import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..', '..')

test('the pages of the console fit the contract of the management API', () => {
  const { stdout, status } = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'web'], { cwd: root })
  assert.equal(status, 0, String(stdout))
})
