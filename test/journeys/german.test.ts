import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { openSetUp } from '../../src/core/sign-in/open-set-up.ts'
import { OUT_OF_BAND } from '../../src/model/clients/client.ts'
import { REFUSALS } from '../../src/model/refusals/refusal.ts'
import { REMEDIES } from '../../src/model/refusals/remedies.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { de as accountDe } from '../../src/wire/account/words/de.ts'
import { en as accountEn } from '../../src/wire/account/words/en.ts'
import { de as portalDe } from '../../src/wire/portal/words/de.ts'
import { en as portalEn } from '../../src/wire/portal/words/en.ts'
import { de as pagesDe } from '../../src/wire/ui/words/de.ts'
import { detailDe } from '../../src/wire/ui/words/details-de.ts'
import { en as pagesEn } from '../../src/wire/ui/words/en.ts'
import { addClient, addUser, authorizeUrl, PASSWORD, pkce } from '../kit/cast.ts'
import { type Person, person, type Sight } from '../kit/person.ts'
import { testServer } from '../kit/server.ts'

/* Every page the server renders, in German, with names that mean harm. */

const HOSTILE = '<img src=x onerror=alert(1)> "\' & </title>'

/** Every sentence of a table by its place in it; what is made of parts is told apart by its parts elsewhere. */
function sentencesOf(words: unknown, at = ''): [string, string][] {
  if (typeof words === 'string') return [[at, words]]
  if (typeof words !== 'object' || words === null) return []
  return Object.entries(words).flatMap(([name, part]) => sentencesOf(part, `${at}.${name}`))
}

/** Those of two words and more that the German table says otherwise. */
function onlyEnglish(): string[] {
  const pairs = [
    [pagesEn, pagesDe],
    [accountEn, accountDe],
    [portalEn, portalDe],
  ] as const
  const tables = pairs.flatMap(([en, de]) => {
    const german = new Map(sentencesOf({ ...de, sentences: undefined }))
    const english = sentencesOf(en)
    assert.deepEqual(
      [...german.keys()],
      english.map(([at]) => at),
      'both tables have the same places',
    )
    return english.filter(([at, text]) => / /.test(text) && german.get(at) !== text).map(([, text]) => text)
  })
  const remedies = Object.values(REMEDIES).flatMap(group => Object.values(group))
  return [...tables, ...Object.values(REFUSALS), ...remedies]
}

const shown = (html: string): string =>
  html.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))).replace(/\s+/g, ' ')

test('no German page shows an English sentence, and no name on it becomes markup', async () => {
  await using server = await testServer({ CLAVIGER_REGISTRATION: 'open' })
  const { world } = server
  const alice = await addUser(world, 'alice', { firstName: HOSTILE })
  const mine = await addClient(world, { name: HOSTILE, ownerId: alice.id, source: 'portal' })
  const oob = await addClient(world, { redirectUris: [OUT_OF_BAND], policy: { outOfBand: 'allowed' } })
  const key = { kind: 'api-key' as const, userId: alice.id, scopes: ['read'] }
  for (const name of [HOSTILE, 'N'.repeat(200)]) await issueKey(world, OPERATOR, { ...key, name })
  const { challenge } = pkce()
  const english = onlyEnglish()
  assert.ok(english.length > 150, 'the tables were read')

  const who = person(server.url)
  const german = { headers: { 'accept-language': 'de' } }
  const see = async (name: string, look: Promise<Sight>) => {
    const { html } = await look
    assert.match(html, /<html lang="de"/, name)
    // What is for the developer of an application stays in the words of the standards.
    const text = shown(html.replace(/<(textarea|details)[\s\S]*?<\/\1>/g, ''))
    for (const sentence of english) assert.equal(text.includes(sentence), false, `${name}: ${sentence}`)
    assert.doesNotMatch(html, /<img src=x/, name)
    assert.doesNotMatch(html, /undefined|\[object/, name)
  }
  const visit = (path: string) => see(path, who.visit(path))

  await see('/login', who.visit('/login?lang=de', german))
  await see('a wrong password', who.submit({ username: 'alice', password: 'wrong' }))
  for (const path of ['/register', '/nothing', '/oauth2/authorize?client_id=x', '/setup/unknown', '/docs/errors'])
    await visit(path)
  await visit(`/setup/${(await openSetUp(world, OPERATOR, { opensFor: 'another' })).secret}`)
  await who.visit(authorizeUrl(mine.client.id, challenge, { scope: 'read write' }))
  await see('consent', who.submit({ username: 'alice', password: PASSWORD }))
  await who.submit({ decision: 'allow' })
  await see('consent of another', who.visit(authorizeUrl(oob.client.id, challenge, { redirect_uri: OUT_OF_BAND })))
  await see('out-of-band code', who.submit({ decision: 'allow' }))
  for (const path of signedInPages(mine.client.id)) await visit(path)
  await acts(who, see, mine.client.id)
  await visit('/logout')
})

test('what is wrong in a form is said as precisely in German as in English', async () => {
  await using server = await testServer({ CLAVIGER_REGISTRATION: 'open' })
  const who = person(server.url)
  const problemOf = ({ html }: Sight): string | undefined =>
    /<p class="(?:problem|flash problem)"[^>]*>([^<]*)</.exec(shown(html))?.[1]
  await who.visit('/register?lang=de')
  const join = async (fields: Record<string, string>) =>
    problemOf(await who.submit({ username: 'carol', password: PASSWORD, ...fields }))
  assert.equal(await join({ password: 'abc' }), 'Das Passwort hat weniger als 6 Zeichen.')
  assert.match((await join({ username: 'a b' })) ?? '', /^Ein Benutzername hat 1 bis 100 sichtbare Zeichen/)
  assert.equal(await join({ email: 'nobody' }), 'Das ist keine E-Mail-Adresse.')
  await join({})
  const csrf = /name="csrf" value="([^"]+)"/.exec((await who.visit('/developers/apps')).html)?.[1] ?? ''
  const register = async (redirect_uris: string, name = 'App') =>
    problemOf(
      await who.visit('/developers/apps', {
        method: 'POST',
        body: new URLSearchParams({ csrf, name, redirect_uris, type: 'confidential' }),
      }),
    )
  assert.equal(await register('https://a.example/#x'), 'Die Rücksprungadresse hat ein Fragment (#).')
  assert.match((await register('http://a.example/cb')) ?? '', /muss https verwenden/)
  assert.equal(await register('https://a.example/cb', 'N'.repeat(201)), 'Der Name ist länger als 200 Zeichen.')
})

/** Every sentence that decisions behind the forms of people write for them, as it stands in the code. */
test('every precise sentence of a form has its German', () => {
  const files = [
    'users/user-rules',
    'users/new-password',
    'clients/client-rules',
    'clients/name-rules',
    'clients/redirect-uri',
    'credentials/credential-rules',
    'credentials/issue/issue-key',
    'credentials/issue/store-for',
    'clients/register-client',
    'credentials/change-credential',
    'resources/scope-rules',
  ]
  const written = files.flatMap(file => {
    const code = readFileSync(new URL(`../../src/core/${file}.ts`, import.meta.url), 'utf8')
    const sentences = [...code.matchAll(/(?:sentence:\s*|refuse\()(['`])((?:(?!\1)[^\n])+\.)\1/g)].map(
      ([, , text]) => text ?? '',
    )
    const reasons = [...code.matchAll(/refuse\((['`])((?:(?!\1)[^\n])+[^.])\1/g)].map(
      ([, , why]) => `The redirect address ${why}.`,
    )
    return [...sentences.filter(text => !text.includes('{why}')), ...reasons]
  })
  assert.ok(written.length > 15, `only ${written.length} were found`)
  const filled = written.map(text => text.replace(/\$\{[^}]+\}/g, '7'))
  const staff = [
    'A public client has no secret and cannot use client_credentials.',
    'A public client has no keys. Register it as a confidential one.',
    'A credential of the kind 7 has no 7 to change.',
  ]
  assert.deepEqual(
    filled.filter(text => detailDe(text) === undefined && !staff.includes(text)),
    [],
  )
})

const signedInPages = (client: string): string[] => [
  ...['', '/password', '/applications', '/tokens', '/sessions', '/activity'].map(section => `/account${section}`),
  `/account/applications/${client}`,
  ...['client-credentials', 'application-token', 'authorization-code', 'api-key'].map(k => `/developers?kind=${k}`),
  ...['/apps', `/apps/${client}`, '/scopes', '/log', '/migration'].map(section => `/developers${section}`),
  '/login?switch=yes',
]

/** Pages that only a form leads to. */
async function acts(who: Person, see: (name: string, look: Promise<Sight>) => Promise<void>, client: string) {
  const csrf = /name="csrf" value="([^"]+)"/.exec((await who.visit('/account/tokens')).html)?.[1] ?? ''
  const send = (path: string, fields: Record<string, string>) =>
    see(
      `POST ${path} ${fields['what'] ?? ''}`,
      who.visit(path, { method: 'POST', body: new URLSearchParams({ csrf, ...fields }) }),
    )
  await send('/account/tokens', { form: 'f'.repeat(24), name: HOSTILE, kind: 'api-key', days: '30' })
  await send('/account/tokens', { form: 'g'.repeat(24), name: '', kind: 'api-key' })
  await send('/account/password', { old_password: 'wrong', new_password: 'another long phrase' })
  await send(`/developers/apps/${client}`, { what: 'token' })
  await send(`/developers/apps/${client}`, { what: 'rotate' })
  await send(`/developers/apps/${client}`, { what: 'change', name: '', redirect_uris: 'nonsense' })
  await send('/developers/apps', { name: HOSTILE.repeat(300) })
}
