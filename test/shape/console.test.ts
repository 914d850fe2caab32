import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..', '..')

test('every component the console uses has its style sheet among those that are loaded', () => {
  const read = (file: string) => readFileSync(join(root, 'web', 'src', file), 'utf8')
  const loaded = read('component-styles.ts')
  const used = globSync('**/*.{ts,tsx}', { cwd: join(root, 'web', 'src') }).flatMap(file =>
    [...read(file).matchAll(/import \{([^}]+)\} from '@mantine\/core'/g)].flatMap(([, names = '']) =>
      names.split(',').map(name => name.replace('type ', '').trim()),
    ),
  )
  const sheets = new Set(globSync('*.css', { cwd: join(root, 'node_modules/@mantine/core/styles') }))
  const missing = [...new Set(used)].filter(name => sheets.has(`${name}.css`) && !loaded.includes(`/${name}.css'`))
  assert.deepEqual(missing, [])
})

/** What people keep for their own convenience. */
const OWN = ['putView', 'deleteView']

test('every change that a page of the console makes can be copied as curl and as a command', () => {
  const pages = globSync('web/src/**/*.tsx', { cwd: root }).map(file => readFileSync(join(root, file), 'utf8'))
  const all = pages.join('\n')
  const changed = new Set([...all.matchAll(/useChange\('(\w+)'\)/g)].map(match => match[1] as string))
  const copied = new Set(
    [...all.matchAll(/operation=(?:"\w+"|\{[^}]+\})/g)].flatMap(([shown]) =>
      [...shown.matchAll(/["'](\w+)["']/g)].map(match => match[1]),
    ),
  )
  assert.ok(copied.size > 30)
  assert.deepEqual(
    [...changed].filter(id => !copied.has(id) && !OWN.includes(id)),
    [],
  )
})
