import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { manifestOf } from './guard-manifest.ts'

/*
 * Builds `@claviger/guard` into dist-guard/ (or the folder that is named), ready for `npm publish`: the entry points of src/guard with what they need,
 * and nothing else of this repository. Code and types stand in cjs/ alone, and esm/ re-exports them: however a program
 * loads it, there is one copy, one connection to the server, and one class `AuthError`.
 */

const root = join(import.meta.dirname, '..')
const out = resolve(process.argv[2] ?? join(root, 'dist-guard'))
const names = globSync('src/guard/*.ts', { cwd: root })
  .map(file => basename(file, '.ts'))
  // What it has is in the main entry point.
  .filter(name => name !== 'fetch')
  .sort()
const RELATIVE = /'(\.{1,2}\/[^']+)\.ts'/g

rmSync(out, { recursive: true, force: true })
const code = await buildCode()
buildTypes()
for (const name of names) {
  // By name: Node.js would add a "module.exports" to `export *`.
  put(`esm/${name}.js`, `export { ${code.get(name)?.join(', ')} } from '../cjs/${name}.js'\n`)
  put(`esm/${name}.d.ts`, `export * from '../cjs/${name}.js'\n`)
}
put('cjs/package.json', '{ "type": "commonjs" }\n')
put('package.json', `${JSON.stringify(manifestOf(read('package.json'), names), undefined, 2)}\n`)
put(
  'LICENSE',
  `${read('LICENSE')}\n---\n\ncjs/testing.js contains ipaddr.js:\n\n${read('node_modules/ipaddr.js/LICENSE')}`,
)
cpSync(join(root, 'packaging', 'guard-readme.md'), join(out, 'README.md'))

/** What each entry point exports. */
async function buildCode(): Promise<Map<string, string[]>> {
  const build = await rolldown({
    cwd: root,
    input: Object.fromEntries(names.map(name => [name, `src/guard/${name}.ts`])),
    // jose has no CommonJS form; `import()`, when the first JWT is checked, reads it from both.
    external: [/^node:/, 'jose'],
    platform: 'neutral',
    resolve: { mainFields: ['main'] },
    transform: { target: 'es2022' },
  })
  const { output } = await build.write({
    dir: join(out, 'cjs'),
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
  })
  await build.close()
  return new Map(output.flatMap(one => (one.type === 'chunk' ? [[one.name, one.exports] as const] : [])))
}

/** A declaration file for each entry point, and one with everything that they speak of. */
function buildTypes(): void {
  const all = join(out, 'types')
  const tsc = join(root, 'node_modules', '.bin', 'tsc')
  const made = ['-p', 'tsconfig.guard.json', '--outDir', all]
  const { status } = spawnSync(tsc, made, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error('the declarations could not be made')
  const spoken = new Map<string, string>()
  const read = (file: string): void => {
    if (spoken.has(file)) return
    const text = readFileSync(file, 'utf8')
    spoken.set(file, text)
    for (const [, address = ''] of text.matchAll(RELATIVE)) read(join(dirname(file), `${address}.d.ts`))
  }
  const entries = new Map(names.map(name => [join(all, 'guard', `${name}.d.ts`), name]))
  for (const file of entries.keys()) read(file)
  rmSync(all, { recursive: true })

  const inner: string[] = []
  for (const [file, text] of spoken) {
    const name = entries.get(file)
    const addressed = (_: string, address: string) => {
      const entry = entries.get(join(dirname(file), `${address}.d.ts`))
      return entry ? `'./${entry}.js'` : "'./types.js'"
    }
    if (name) put(`cjs/${name}.d.ts`, text.replaceAll(RELATIVE, addressed))
    else inner.push(text.replaceAll(/^(import .*|export (?:type )?\{.*\}( from .*)?);\n/gm, ''))
  }
  put('cjs/types.d.ts', inner.join('\n'))
}

function put(path: string, text: string): void {
  const file = join(out, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
