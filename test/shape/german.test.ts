import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { SETTINGS } from '../../src/server/settings/settings.ts'
import { german } from '../../web/german/german.ts'
import { textsOf } from '../../web/texts.ts'

const root = join(import.meta.dirname, '..', '..')
/** Folders of the console whose texts are all spoken. Commands are the same in every language. */
const FOLDERS = [
  'apis',
  'credentials',
  'api',
  'charts',
  'language',
  'overview',
  'scopes',
  'sessions',
  'settings',
  'shell',
  'signing-keys',
  'start',
  'activity',
  'show/change',
  'show/list',
  'show/page',
  'show/value',
  'users',
  'applications',
  'registrations',
  'explain',
]
const files = globSync(
  [
    'web/src/{app,console}.tsx',
    'web/src/{sections,main}.ts',
    ...FOLDERS.map(folder => `web/src/${folder}/**/*.{ts,tsx}`),
  ],
  { cwd: root },
).sort()
const texts = files.map(file => ({ file, ...textsOf(join(root, file)) }))

test('every text that the console shows can be shown in another language', () => {
  const bare = texts.filter(({ bare }) => bare.length > 0).map(({ file, bare }) => `${file}: ${bare.join(' | ')}`)
  assert.deepEqual(bare, [], 'wrap these in t(), tx() or counted() (web/src/language/t.ts)')
})

test('every text has its German, with the same places', () => {
  const said = new Set(texts.flatMap(({ said }) => said))
  assert.deepEqual(
    [...said].filter(text => !Object.hasOwn(german, text)),
    [],
    'add these to web/german/',
  )
  const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort().join()
  const wrong = Object.entries(german).filter(([text, de]) => places(text) !== places(de))
  assert.deepEqual(wrong, [])
})

test('no German stands for a text that no page shows any more', () => {
  const source = globSync(
    ['web/src/**/*.{ts,tsx}', 'src/{model,core/check,core/clients,wire/admin,server/settings}/**/*.ts'],
    { cwd: root },
  )
    .map(file => readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'"))
    .join('\n')
    .toLowerCase()
  const isShown = (text: string) => source.includes(text.toLowerCase().replace(/s$/, ''))
  assert.deepEqual(
    Object.keys(german).filter(text => !isShown(text)),
    [],
  )
})

test('every setting has a German title and meaning', () => {
  const shown = Object.values(SETTINGS).flatMap(({ env, sentence }) => [env, sentence])
  assert.deepEqual(
    shown.filter(text => !Object.hasOwn(german, text)),
    [],
    'add these to web/german/',
  )
})

test('each text has its German in one place', async () => {
  const places = new Map<string, string[]>()
  for (const file of globSync('web/german/*.ts', { cwd: root }).filter(name => !name.endsWith('/german.ts'))) {
    const parts = Object.values((await import(join(root, file))) as Record<string, unknown>)
    for (const part of parts.filter(one => typeof one === 'object' && one !== null))
      for (const [text, de] of Object.entries(part as Record<string, unknown>))
        if (typeof de === 'string') places.set(text, [...(places.get(text) ?? []), file])
  }
  assert.ok(places.size > 500, `${places.size} texts`)
  assert.deepEqual(
    [...places].filter(([, files]) => files.length > 1),
    [],
    'texts that several areas show stand in web/german/parts.ts',
  )
})
