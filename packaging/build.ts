import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/* `npm pack`: the sources as JavaScript with declarations, and the files that stand beside them. Nothing is bundled. */

const root = join(import.meta.dirname, '..')
const out = join(root, 'dist')
rmSync(out, { recursive: true, force: true })

const { status } = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
})
if (status !== 0) process.exit(1)

for (const file of globSync('src/**/*.{css,js,svg,woff2,png,ico,html,sql,json,txt}', {
  cwd: root,
  exclude: ['src/store/contract/**'],
})) {
  const target = join(out, file.slice('src/'.length))
  mkdirSync(dirname(target), { recursive: true })
  cpSync(join(root, file), target)
}
