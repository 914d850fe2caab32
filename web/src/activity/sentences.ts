import type { Answer } from '../../../src/wire/admin/contract.ts'
import { plainName } from '../show/name.tsx'
import { reasonInWords } from '../show/words.ts'

export type Entry = Answer<'listJournal'>['items'][number]
export type EventName = Entry['event']

/* Every entry as a sentence a colleague could say. */

const THINGS: Readonly<Record<string, string>> = {
  credential: 'a credential',
  'refresh-token': 'a refresh token',
  client: 'an application',
  user: 'a user',
  grant: 'a grant',
  resource: 'an API',
  scope: 'the words of a scope',
  'signing-key': 'a signing key',
  session: 'a session',
  setting: 'a setting',
  request: 'a request',
  journal: 'the journal',
}
const thing = (about: string): string => THINGS[about] ?? `a ${about.replaceAll('-', ' ')}`

export const actorName = ({ actor }: Pick<Entry, 'actor'>): string => {
  if (actor.id === 'operator') return 'The operator at the command line'
  if (actor.id === 'system') return 'Claviger'
  if (actor.id === 'unknown') return 'Somebody unknown'
  return plainName(actor.name ?? actor.id)
}

const SENTENCES: Record<EventName, (who: string, what: string, entry: Entry) => string> = {
  issued: (who, what, { about }) => (about === 'session' ? `${who} opened a session` : `${who} made ${what}`),
  used: () => 'A new credential was accepted for the first time',
  refused: (who, what, { about, reason }) =>
    about === 'credential'
      ? `A credential was refused: ${reasonInWords(reason)}`
      : `${who === 'Claviger' ? 'A caller' : who} was refused ${what}: ${reasonInWords(reason)}`,
  revoked: (who, what) => `${who} revoked ${what}`,
  rotated: (who, what) => `${who} replaced ${what} by a new one`,
  'reuse-detected': (_who, what) => `Somebody presented ${what} a second time; everything that came of it was revoked`,
  'signed-in': who => `${who} signed in`,
  'sign-in-failed': (who, _what, { reason }) => `${who} failed to sign in: ${reasonInWords(reason)}`,
  'signed-out': who => `${who} signed out`,
  granted: who => `${who} allowed an application to act for them`,
  denied: who => `${who} did not allow an application`,
  created: (who, what) => `${who} created ${what}`,
  changed: (who, what, { detail }) =>
    typeof detail?.['what'] === 'string' ? `${who} changed ${what}: ${detail['what']}` : `${who} changed ${what}`,
  deleted: (who, what) => `${who} deleted ${what}`,
}

export const sentenceOf = (entry: Entry): string => SENTENCES[entry.event](actorName(entry), thing(entry.about), entry)

export const EVENTS: readonly { value: EventName; label: string; mood: 'good' | 'bad' | 'plain' }[] = [
  { value: 'issued', label: 'Made', mood: 'good' },
  { value: 'used', label: 'First used', mood: 'good' },
  { value: 'refused', label: 'Refused', mood: 'bad' },
  { value: 'revoked', label: 'Revoked', mood: 'bad' },
  { value: 'rotated', label: 'Rotated', mood: 'plain' },
  { value: 'reuse-detected', label: 'Reuse detected', mood: 'bad' },
  { value: 'signed-in', label: 'Signed in', mood: 'good' },
  { value: 'sign-in-failed', label: 'Sign-in failed', mood: 'bad' },
  { value: 'signed-out', label: 'Signed out', mood: 'plain' },
  { value: 'granted', label: 'Allowed', mood: 'good' },
  { value: 'denied', label: 'Not allowed', mood: 'plain' },
  { value: 'created', label: 'Created', mood: 'good' },
  { value: 'changed', label: 'Changed', mood: 'plain' },
  { value: 'deleted', label: 'Deleted', mood: 'bad' },
]
