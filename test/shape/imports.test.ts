import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..', '..')
const src = join(root, 'src')

/** Imports go down only: what each layer may import, besides itself and packages. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  ports: ['model'],
  crypto: ['model'],
  core: ['model', 'ports', 'crypto'],
  store: ['model', 'ports'],
  // HTTP as a function: it knows requests and answers, and nothing of credentials.
  http: ['model'],
  transport: ['http', 'model'],
  guard: ['model'],
  // The issuer for other people's tests brings the real check along.
  'guard/testing.ts': ['guard', 'model', 'core', 'crypto'],
  // The server reads a credential from a request by the very code of the guard, so that the two cannot disagree.
  wire: ['model', 'crypto', 'core', 'ports', 'guard', 'http'],
  server: ['model', 'ports', 'crypto', 'core', 'store', 'http', 'transport', 'wire', 'guard'],
  cli: ['model', 'ports', 'core', 'server', 'store'],
}
/** Packages that belong to one place. */
const PACKAGE_HOME: Record<string, readonly string[]> = {
  kysely: ['store'],
  pg: ['store'],
  'node:sqlite': ['store'],
  fastify: ['guard'],
  'find-my-way': ['http'],
  commander: ['cli'],
  'node:http': ['transport', 'guard', 'cli'],
}
/** The only files below wire/ that name a dialect, each because it declares one. */
const NAME_DIALECTS = [
  'crypto/derived-pair.ts', // the salt of that derivation, and how its pairs are marked
  'model/clients/client.ts', // where a client was registered
  'model/credentials/verdict.ts', // the dialects there are, and the kinds each accepts
  'store/migrations/0004-http-redirects.ts', // released rows, told apart by their source
]
/** What every interface of wire/ may build on: the standard, its callers, and parts of pages. */
const SHARED_BY_WIRE = ['oauth', 'callers', 'ui', 'dialect.ts']
/** The folder of wire/ a file belongs to, each older system counted by itself; `undefined` outside wire/. */
const interfaceOf = (file: string): string | undefined => /^wire\/(?:dialects\/)?([^/]+)/.exec(file)?.[1]
const LONGEST = 300
const MOST_FILES = 20
const WORD_BANS = /(^|\/)(utils?|helpers?|common|manager|service|impl)(\.|\/|$)/

const files = globSync('**/*.ts', { cwd: src }).sort()
/** Every form: `import ... from`, `export ... from`, `import '...'` and `import('...')`, of values and of types. */
const importsIn = (code: string): string[] =>
  [...code.matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|\bimport(?: |\()'([^']+)'/gm)].map(
    match => (match[1] ?? match[2]) as string,
  )
const importsOf = (file: string): string[] => importsIn(readFileSync(join(src, file), 'utf8'))

/** What stands below wire/, without its comments. */
const below = files
  .filter(name => /^(model|ports|crypto|core|store)\//.test(name))
  .filter(name => !name.endsWith('.test.ts') && !name.startsWith('store/contract/'))
  .map(file => ({
    file,
    code: readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, ''),
  }))

test('imports go down only: a layer sees what stands below it and nothing else', () => {
  const wrong: string[] = []
  for (const file of files.filter(name => !name.endsWith('.test.ts') && !name.startsWith('store/contract/'))) {
    const layer = Object.hasOwn(MAY_IMPORT, file) ? file : (file.split('/')[0] as string)
    for (const target of importsOf(file).filter(name => name.startsWith('.'))) {
      const other = relative(src, resolve(src, dirname(file), target)).split('/')[0] as string
      if (other !== layer && !MAY_IMPORT[layer]?.includes(other))
        wrong.push(`${file} imports ${target}: ${layer} must not know ${other}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('no file imports itself through others, not even for a type', () => {
  const modules = globSync('{src,web,test,bench,examples,packaging}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: ['**/node_modules/**'],
  })
  const imports = new Map(
    modules.map(file => [
      file,
      importsIn(readFileSync(join(root, file), 'utf8')).map(name => relative(root, resolve(root, dirname(file), name))),
    ]),
  )
  assert.deepEqual(circlesOf(imports), [])
})

test('a circle of imports is found, whatever its length, and printed once', () => {
  const imports = new Map([
    ['a', ['b']],
    ['b', ['c', 'outside']],
    ['c', ['a', 'd']],
    ['d', ['d']],
    ['e', ['a', 'f']],
    ['f', []],
  ])
  assert.deepEqual(circlesOf(imports), ['a -> b -> c -> a', 'd -> d'])
})

/** One walk in depth: a file that is met again on its own path closes a circle. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const circles: string[] = []
  const done = new Set<string>()
  function visit(file: string, path: readonly string[]): void {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
    else if (!done.has(file)) for (const other of imports.get(file) ?? []) visit(other, [...path, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return circles
}

test('dialects never import each other, and their words stay in wire/', () => {
  const wrong: string[] = []
  for (const file of files.filter(name => name.startsWith('wire/') && !name.endsWith('.test.ts'))) {
    const own = interfaceOf(file)
    for (const target of importsOf(file).filter(name => name.startsWith('.'))) {
      const other = interfaceOf(relative(src, resolve(src, dirname(file), target)))
      if (other !== undefined && other !== own && !SHARED_BY_WIRE.includes(other))
        wrong.push(`${file} imports ${target}`)
    }
  }
  for (const { file, code } of below) {
    const word =
      /\b(invalid_grant|invalid_client|invalid_request|invalid_token|insufficient_permissions|missing_token|WWW-Authenticate)\b/i.exec(
        code,
      )
    if (word) wrong.push(`${file} says ${word[0]}`)
  }
  assert.deepEqual(wrong, [])
})

test('no code below wire/ names a dialect, except the tables that declare where things come from', () => {
  const named = below.filter(({ code }) => /mastodon|zebbra|zocial|tokenapi|django|gotosocial/i.test(code))
  assert.deepEqual(
    named.map(({ file }) => file),
    NAME_DIALECTS,
  )
})

test('packages that belong to one layer are imported there alone', () => {
  const wrong: string[] = []
  for (const file of files.filter(name => !name.endsWith('.test.ts') && !name.startsWith('store/contract/'))) {
    for (const target of importsOf(file)) {
      const homes = PACKAGE_HOME[target]
      if (homes && !homes.includes(file.split('/')[0] as string)) wrong.push(`${file} imports ${target}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('the console knows the management API by its contract, the German of the server, and nothing else of it', () => {
  const wrong: string[] = []
  for (const file of globSync('web/**/*.{ts,tsx}', { cwd: root })) {
    for (const [, target = ''] of readFileSync(join(root, file), 'utf8').matchAll(/from '(\.[^']+)'/g)) {
      const place = relative(root, resolve(root, dirname(file), target))
      const german = file.startsWith('web/german/') && place.startsWith('src/wire/ui/words/')
      if (!place.startsWith('web/') && place !== 'src/wire/admin/contract.ts' && !german)
        wrong.push(`${file} imports ${target}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('the length of a day is written in one place of the server and one of the console', () => {
  const wrong = globSync('{src,web/src}/**/*.{ts,tsx}', { cwd: root })
    .filter(file => !file.endsWith('/span.ts'))
    .filter(file => /const DAY\b|(?<![=\w'-])86_?400/.test(readFileSync(join(root, file), 'utf8')))
  assert.deepEqual(wrong, [], 'import DAY from model/span.ts, in the console from web/src/span.ts')
})

test(`no file has more than ${LONGEST} lines, and none is a drawer for odds and ends`, () => {
  const all = globSync(['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'examples/**/*.ts', 'web/src/**/*.{ts,tsx}'], {
    cwd: root,
    exclude: ['**/node_modules/**'],
  })
  const long = all
    .map(file => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > LONGEST)
  assert.deepEqual(long, [])
  assert.deepEqual(
    all.filter(file => WORD_BANS.test(file)),
    [],
  )
})

// Migrations are one list in the order of time, and `store/contract/` holds tests.
test(`no area lists more than ${MOST_FILES} files beside its tests`, () => {
  const counts = new Map<string, number>()
  for (const file of globSync('src/**/*.ts', { cwd: root }))
    if (!file.endsWith('.test.ts') && !/^src\/store\/(migrations|contract)\//.test(file))
      counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  assert.deepEqual(
    [...counts].filter(([, count]) => count > MOST_FILES),
    [],
    'move what belongs together into a folder of its own',
  )
})

test('every package of the lock file has a checksum, and no registry is named there', () => {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const { packages } = JSON.parse(text) as { packages: Record<string, { integrity?: string; link?: boolean }> }
  const bare = Object.entries(packages).filter(([path, { integrity, link }]) => path !== '' && !link && !integrity)
  assert.deepEqual(
    bare.map(([path]) => path),
    [],
    'npm view NAME@VERSION dist.integrity says it',
  )
  assert.doesNotMatch(text, /"resolved"/)
})
