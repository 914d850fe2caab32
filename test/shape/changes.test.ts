import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { NOUNS } from '../../src/cli/program/nouns.ts'
import { type Body, OPERATIONS, type Operation, type OperationId } from '../../src/wire/admin/contract.ts'
import { asCommand, COMMANDS, type Shown } from '../../web/src/show/command/commands.ts'

/* What the management API can change, the command line and the console can, field by field. */

const root = join(import.meta.dirname, '..', '..')
const PAGES = globSync('web/src/**/*.{ts,tsx}', { cwd: root }).map(file => readFileSync(join(root, file), 'utf8'))
const VERBS = new Map(
  await Promise.all(Object.entries(NOUNS).map(async ([noun, { load }]) => [noun, (await load()).verbs] as const)),
)

/** Operations that change something of what is there. */
const CHANGING = (Object.entries(OPERATIONS) as [OperationId, Operation][]).filter(([, { on }]) => on[0] === 'PATCH')

/** A value for each field that a change may have; a new field does not compile until it stands here. */
type Values<Id extends OperationId> = { [Field in keyof Required<NonNullable<Body<Id>>>]: unknown }
const VALUES: { [Id in Changing]: Values<Id> } = {
  changeUser: {
    handle: 'ada',
    email: 'ada@example.org',
    first_name: 'Ada',
    last_name: 'Byron',
    role: 'auditor',
    claims: { nickname: 'Countess' },
    scopes: ['read'],
    active: false,
    current_password: 'of the one who asks',
  },
  changeClient: {
    name: 'App',
    website: 'https://app.example',
    redirect_uris: ['https://app.example/cb'],
    grant_types: ['client_credentials'],
    scopes: ['read'],
    active: false,
    owner_id: 'f'.repeat(24),
    reviewed: true,
    policy: { code_seconds: 30 },
    jwks: { keys: [] },
    jwks_uri: 'https://app.example/jwks.json',
    metadata: { logo_uri: 'https://app.example/logo.png' },
  },
  changeCredential: {
    name: 'k',
    note: 'In CI',
    scopes: ['read'],
    networks: ['10.0.0.0/8'],
    expires_at: 2_000_000_000,
    active: false,
    metadata: { team: 'billing' },
  },
  changeResourceServer: {
    name: 'API',
    scopes: ['read'],
    token_format: 'jwt',
    strict_audience: true,
    key_consent: true,
    rolling_exp_seconds: 3600,
  },
  changeGate: { audience: 'https://a.example', scopes: ['read'], profile: 'apikey', preflights: 'pass-by-header' },
}
type Changing = {
  [Id in OperationId]: (typeof OPERATIONS)[Id]['on'][0] extends 'PATCH' ? Id : never
}[OperationId]

/** The operator at the machine is asked for no password. */
const NOT_TYPED: readonly string[] = ['current_password']

test('every change of the management API has its line for the command line, and each of its fields a flag', () => {
  const context = { me: 'boss', now: 1_900_000_000 }
  for (const [id] of CHANGING) {
    const bare = asCommand(id as Shown, { params: { id: 'ID', name: 'ID' }, body: {} as never }, context)
    for (const [field, value] of Object.entries(VALUES[id as Changing])) {
      if (NOT_TYPED.includes(field)) continue
      const what = { params: { id: 'ID', name: 'ID' }, body: { [field]: value } as never }
      const line = asCommand(id as Shown, what, context)
      assert.notEqual(line, bare, `${id}.${field} has no place in a command`)
      const [, noun = '', verb = ''] = line.split(' ')
      const found = VERBS.get(noun)?.find(({ at }) => at.split(' ')[0] === verb)
      assert.ok(found, `${line}: there is no such command`)
      for (const [, flag = ''] of line.matchAll(/ --([\w-]+)/g)) {
        const known = found.options?.some(({ flags }) => flags.split(/[ ,]/).includes(`--${flag}`))
        assert.ok(known, `${line}: ${noun} ${verb} has no --${flag}`)
      }
    }
  }
})

test('every change of the management API can be made in the console, field by field', () => {
  for (const [id] of CHANGING) {
    const pages = PAGES.filter(page => new RegExp(`(useChange\\('|operation=("|\\{.*'))${id}['"]`).test(page))
    assert.ok(pages.length > 0, `no page makes the change ${id}`)
    const forms = [...pages, ...PAGES.filter(page => page.includes(`Body<'${id}'>`))].join('\n')
    for (const field of Object.keys(VALUES[id as Changing]))
      assert.match(
        forms,
        new RegExp(`(?<![.\\w])${field}\\b|\\bchange[.]${field} =`),
        `no page that makes ${id} knows the field ${field}`,
      )
  }
})

/** Of a browser's session alone: to prove who sits there, and to look things up by what is typed. */
const OF_THE_PAGE: readonly string[] = ['proveSession', 'find']

test('everything else that the management API does has its line for the command line, too', () => {
  const without = (Object.entries(OPERATIONS) as [OperationId, Operation][])
    .filter(([id, { on }]) => on[0] !== 'GET' && !Object.hasOwn(COMMANDS, id))
    .map(([id]) => id)
    .filter(id => !OF_THE_PAGE.includes(id))
  assert.deepEqual(without, [])
})
