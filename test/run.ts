import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { groupsOf, testFiles, writeEntries } from './groups.ts'

/* All checks in order, cheapest first; stops at the first that fails. `node test/run.ts shape` runs those whose name fits. */

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules', '.bin', name)
const entries = mkdtempSync(join(tmpdir(), 'claviger-tests-'))
process.on('exit', () => rmSync(entries, { recursive: true, force: true }))
const node = (...files: string[]) => [
  process.execPath,
  '--conditions=source',
  '--test',
  '--test-concurrency=3',
  '--test-timeout=300000',
  ...files,
]

/** What the processes of the tests compile is kept where the command line keeps it, so each compiles only what is new. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'claviger') }

/** Each test ends within five minutes; a step that takes as long as this hangs in another way. */
const MOST_MILLISECONDS = 45 * 60_000

const STEPS: readonly { name: string; command: string[] }[] = [
  { name: 'types', command: [bin('tsc')] },
  { name: 'web-types', command: [bin('tsc'), '-p', 'web'] },
  { name: 'web', command: [process.execPath, join('web', 'build.js')] },
  { name: 'lint', command: [bin('biome'), 'check', '--error-on-warnings'] },
  { name: 'unused', command: [bin('knip')] },
  { name: 'tests', command: node(...writeEntries(groupsOf(testFiles()), entries)) },
]

const wanted = process.argv[2]
for (const { name, command } of STEPS.filter(step => !wanted || step.name === wanted)) {
  const started = performance.now()
  const [program = '', ...parameters] = command
  const { status, error } = spawnSync(program, parameters, {
    cwd: root,
    stdio: 'inherit',
    env,
    timeout: MOST_MILLISECONDS,
  })
  if (error) console.error(error.message)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (status !== 0) {
    console.error(`${name} failed after ${seconds} s`)
    process.exit(1)
  }
  console.error(`${name} passed in ${seconds} s`)
}
