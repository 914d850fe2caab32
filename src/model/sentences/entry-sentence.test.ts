import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { german } from '../../wire/ui/words/entry-words-de.ts'
import { EVENTS, type EventName, type JournalEntry } from '../journal.ts'
import type { EntryNames } from './entry-facts.ts'
import { sentenceOf } from './entry-sentence.ts'
import { plainSentence } from './say.ts'

const [ADA, BOB, APP, API, KEY] = ['a'.repeat(24), 'b'.repeat(24), 'clv_cid_app', 'clv_cid_api', 'c'.repeat(24)]
const NAMES: EntryNames = {
  user: id => (id === ADA ? { name: 'ada' } : id === BOB ? { name: 'bob' } : 'gone'),
  client: id => (id === APP ? { name: 'Board' } : 'gone'),
  credential: id => (id === KEY ? { kind: 'api-key', name: 'CI' } : undefined),
  api: ({ clientId, audience }) =>
    clientId === API || audience === 'https://tickets.example' ? { name: 'Tickets', clientId: API } : undefined,
}
const entry = (event: EventName, more: Partial<JournalEntry> = {}): JournalEntry => ({
  at: 1,
  event,
  about: 'credential',
  actor: ADA,
  ...more,
})
const say = (one: JournalEntry, names = NAMES) => [
  plainSentence(sentenceOf(one, names)),
  plainSentence(sentenceOf(one, names, german)),
]

/** Everything that entries are about, as the code that makes them says. */
const src = join(import.meta.dirname, '..', '..')
const ABOUTS = [
  ...new Set(
    globSync('{core,server,model,store/sql}/**/*.ts', { cwd: src })
      .filter(file => !file.endsWith('.test.ts'))
      .flatMap(file => [...readFileSync(join(src, file), 'utf8').matchAll(/about: '([a-z-]+)'/g)])
      .map(match => match[1] as string),
  ),
  'named',
]

test('every event about everything is a sentence with names in both languages, and shows no id of ours', () => {
  assert.ok(ABOUTS.length > 12, ABOUTS.join(' '))
  const known = { userId: ADA, clientId: APP, credentialId: KEY, aboutId: 'orders:read', reason: 'expired' }
  for (const event of EVENTS)
    for (const about of ABOUTS)
      for (const actor of [ADA, BOB, APP, API, 'operator', 'system', 'unknown'])
        for (const more of [known, { userId: ADA }, { clientId: APP }, {}]) {
          const [en = '', de = ''] = say(entry(event, { about, actor, ...more }))
          for (const sentence of [en, de]) {
            assert.match(sentence, /^[\p{Lu}\p{L}].{8,}$/u, `${event} ${about}: ${sentence}`)
            assert.doesNotMatch(sentence, /undefined|\[object|[0-9a-f]{24}|clv_| {2}|\.$/, `${event} ${about}`)
          }
          assert.notEqual(en, de, `${event} ${about} is German, too`)
        }
})

test('a refusal for want of a scope says whose, where, what was needed and what there was', () => {
  const refused = entry('refused', {
    actor: API,
    userId: ADA,
    credentialId: KEY,
    reason: 'insufficient_scope',
    detail: {
      rule: 'scope',
      found: 'tickets:read',
      needed: 'also tickets:write',
      asked: { scopes: ['tickets:read', 'tickets:write'], audiences: ['https://tickets.example'] },
    },
  })
  assert.deepEqual(say(refused), [
    'API key “CI” of ada was refused at Tickets: needs `tickets:write`, has `tickets:read`',
    'Der API-Schlüssel „CI“ von ada wurde bei Tickets abgewiesen: es braucht `tickets:write` und hat `tickets:read`',
  ])
  // By this server itself, which asked for another API.
  assert.match(say({ ...refused, actor: 'system' })[0] ?? '', / at Tickets: /)
})

test('a person who reads their own entries is "you", and of others no name is said', () => {
  const own: EntryNames = { ...NAMES, self: ADA, user: () => 'hidden' }
  assert.deepEqual(say(entry('revoked', { userId: ADA, credentialId: KEY }), own), [
    'You revoked your API key “CI”',
    'Sie haben Ihren API-Schlüssel „CI“ widerrufen',
  ])
  assert.deepEqual(say(entry('granted', { about: 'grant', actor: BOB, userId: BOB, clientId: APP }), own), [
    'Another user allowed Board to act for them',
    'Eine andere Person hat Board zugelassen',
  ])
  assert.deepEqual(say(entry('changed', { about: 'user', userId: ADA, detail: { fields: ['email'] } }), own), [
    'You changed your account: e-mail address',
    'Sie haben Ihr Konto geändert: E-Mail-Adresse',
  ])
})

test('what a change did is said in words', () => {
  const user = { about: 'user', actor: BOB, userId: ADA, aboutId: ADA }
  assert.deepEqual(say(entry('changed', { ...user, detail: { active: false, fields: ['active'] } })), [
    'bob disabled user ada',
    'bob hat das Konto von ada gesperrt',
  ])
  const rotated = { about: 'credential', userId: ADA, credentialId: KEY, detail: { overlapSeconds: 7200 } }
  assert.deepEqual(say(entry('rotated', rotated)), [
    'ada replaced API key “CI” by a new one; the old one works for another 2 hours',
    'ada hat den API-Schlüssel „CI“ ersetzt; der alte Wert gilt noch 2 Stunden',
  ])
})

test('tokens that were gathered are counted in one sentence', () => {
  assert.deepEqual(say(entry('issued', { about: 'client', actor: APP, clientId: APP, detail: { tokens: 245 } })), [
    'Board received 245 access tokens for itself',
    'Board hat 245 Zugriffstoken für sich selbst bekommen',
  ])
})

test('what a client did to its own registration, and which places are blocked, is said in words', () => {
  const own = { about: 'client', clientId: APP, aboutId: APP, reason: 'client-registration' }
  const network = { detail: { network: '203.0.113.9/32' } }
  assert.deepEqual(say(entry('created', { ...own, actor: 'unknown', ...network })), [
    'Board registered itself from `203.0.113.9/32`',
    'Board hat sich aus `203.0.113.9/32` selbst registriert',
  ])
  assert.deepEqual(say(entry('changed', { ...own, actor: APP })), [
    'Board changed its registration',
    'Board hat die eigene Registrierung geändert',
  ])
  assert.deepEqual(say(entry('deleted', { ...own, actor: APP, detail: { name: 'Old' } })), [
    'Old deleted its registration',
    'Old hat die eigene Registrierung gelöscht',
  ])
  const block = { about: 'registration-block', aboutId: 'evil.example', actor: ADA }
  assert.deepEqual(say(entry('created', block)), [
    'ada blocked registrations of `evil.example`',
    'ada hat Registrierungen von `evil.example` gesperrt',
  ])
  const fault = { rule: 'registration', parameter: 'scope', found: 'No API here has the scope.' }
  const refused = { about: 'request', aboutId: '/oauth2/register', actor: 'unknown', reason: 'client-metadata-unfit' }
  assert.deepEqual(say(entry('refused', { ...refused, detail: fault })), [
    'An unknown caller was refused at `/oauth2/register`: the client metadata cannot be registered (scope)',
    'Ein unbekannter Aufrufer wurde bei `/oauth2/register` abgewiesen: Die Angaben der Anwendung können nicht eingetragen werden (scope)',
  ])
})
