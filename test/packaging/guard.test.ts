import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { publint } from 'publint'
import { installedGuard, quietly, root, runtimes } from './installed-guard.ts'

/* The package as npm gives it to other people: what comes along, and what its checkers say of it. */

const guard = await installedGuard()
after(() => guard[Symbol.asyncDispose]())
const installed = join(guard.modules, '@claviger', 'guard')
const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
  version: string
  exports: Record<string, unknown>
  scripts?: unknown
}
const entries = Object.keys(manifest.exports).filter(name => name !== './package.json')

test('installing it brings itself and jose, in less than a megabyte, and runs nothing', () => {
  const { packages } = JSON.parse(readFileSync(join(guard.place, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: true }>
  }
  const brought = Object.keys(packages).filter(Boolean)
  assert.deepEqual(brought.sort(), ['node_modules/@claviger/guard', 'node_modules/jose'])
  assert.ok(Object.values(packages).every(one => !one.hasInstallScript))
  assert.equal(manifest.scripts, undefined)
  const sizes = globSync('**/*', { cwd: guard.modules }).map(file => statSync(join(guard.modules, file)))
  const bytes = sizes.filter(one => one.isFile()).reduce((sum, { size }) => sum + size, 0)
  assert.ok(bytes < 1_000_000, `${bytes} bytes`)
})

test('it has every entry point of the alias in the server package, and its version', () => {
  const own = globSync('src/guard/*.ts', { cwd: root }).map(file => file.replace(/^src\/guard\/(.*)\.ts$/, './$1'))
  const named = own.map(name => (name === './index' ? '.' : name)).filter(name => name !== './fetch')
  assert.deepEqual(entries.sort(), named.sort())
  assert.equal(manifest.version, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)
})

test('publint finds nothing, suggestions included', async () => {
  const { messages } = await publint({ pkgDir: guard.built, strict: true, level: 'suggestion' })
  assert.deepEqual(messages, [])
})

test('the types are what the code is, for every way to resolve them', () => {
  const attw = join(root, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js')
  execFileSync(process.execPath, [attw, guard.tarball, '--no-emoji', '-f', 'ascii'], { cwd: root, ...quietly })
})

test('import and require give the same things by the same names, in every entry point and Node.js', () => {
  writeFileSync(join(guard.place, 'same.mjs'), SAME)
  for (const node of runtimes()) {
    const said = execFileSync(node, ['same.mjs', ...entries], { cwd: guard.place, ...quietly })
    assert.equal(said.trim(), `${entries.length} the same`, node)
  }
})

test('a server of the package claviger in the same process that cannot be asked is 503, though it has classes of its own', async () => {
  const { Unavailable } = await import('../../src/guard/answer/auth-error.ts')
  const packed = createRequire(pathToFileURL(join(guard.place, 'x.js')))('@claviger/guard') as Packed
  const server = { check: () => Promise.reject(new Unavailable('the database is away')) }
  const answer = await packed.guard({ server })(() => new Response())(
    new Request('http://api.example/', { headers: { authorization: 'Bearer x' } }),
  )
  assert.equal(answer.status, 503)
})

type Packed = {
  guard(options: object): (handler: () => Response) => (request: Request) => Promise<Response>
}

const SAME = `
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const names = process.argv.slice(2).map(name => '@claviger/guard' + name.slice(1))
for (const name of names) {
  const [imported, required] = [await import(name), require(name)]
  assert.deepEqual(Object.keys(imported).sort(), Object.keys(required).sort(), name)
  for (const [key, value] of Object.entries(required)) assert.equal(imported[key], value, name + ' ' + key)
}
console.log(names.length + ' the same')
`
