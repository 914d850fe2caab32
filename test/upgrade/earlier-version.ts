import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** The last version that stored every access token: its last schema is that of `0010-attempts`. */
const COMMIT = '2d62b795ea2fa339ed4868fc9a5c015848ed813f'

/** The command of the earlier version, from the history of this clone, with the packages of its own lock file. */
export function earlierVersion(folder: string): string {
  const root = join(import.meta.dirname, '..', '..')
  const inside = spawnSync('git', ['-C', root, 'cat-file', '-e', `${COMMIT}^{commit}`])
  if (inside.status !== 0)
    throw new Error(
      `This folder has no history with the earlier version (commit ${COMMIT.slice(0, 8)}). Run this in a whole clone: git fetch --unshallow`,
    )
  const program = join(folder, 'bin', 'claviger')
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true })
    run('sh', ['-c', `git -C "${root}" archive ${COMMIT} | tar -x -C "${folder}"`], root)
  }
  if (!existsSync(join(folder, 'node_modules')))
    run('npm', ['ci', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'], folder)
  return program
}

function run(program: string, parameters: string[], cwd: string): void {
  const { status, error } = spawnSync(program, parameters, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw error ?? new Error(`${program} ${parameters.join(' ')} ended with ${status}`)
}
