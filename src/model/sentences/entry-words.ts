import type { CredentialKind } from '../credentials/credential.ts'
import { NOTHING } from '../scopes/scope.ts'
import { fieldWords, STEP_WORDS, spanWords } from './change-words.ts'
import { type EntryFacts, type EntryWords, isOfUnknownClient, type Party } from './entry-facts.ts'
import { KIND_WORDS } from './kind-words.ts'
import { reasonWords } from './reason-words.ts'
import { codes, type Piece, type Sentence, say } from './say.ts'

/* The sentences in English. */

const NAMELESS = {
  you: 'you',
  operator: 'the operator at the command line',
  system: 'Claviger',
  unknown: 'an unknown caller',
} as const
const GONE = { user: 'a user who was deleted', client: 'an application that was deleted' } as const
const HIDDEN = { user: 'another user', client: 'an application' } as const

function party(one: Party | undefined, otherwise: string): Piece {
  if (!one) return otherwise
  if (!('known' in one)) return NAMELESS[one.is]
  if (one.known === 'gone') return GONE[one.is]
  return one.known === 'hidden' ? HIDDEN[one.is] : one.known
}
const who = ({ by }: EntryFacts): Piece => party(by, 'an unknown caller')
const user = ({ user }: EntryFacts): Piece => party(user, 'a user')
const client = ({ client }: EntryFacts): Piece => party(client, 'an application')

const isYours = ({ user }: EntryFacts): boolean => user?.is === 'you'
const article = (noun: string): string => (/^(?:[aeio]|API)/.test(noun) ? 'an' : 'a')

/** Examples: API key “CI” of ada; an access token of Board for ada; your API key “CI”. With `owner: false` the sentence names the owner elsewhere. */
function credential(facts: EntryFacts, { owner = true }: { owner?: boolean } = {}): Sentence {
  const { kind, known } = facts.credential ?? {}
  const noun = kind ? KIND_WORDS[kind] : facts.client ? 'token' : 'credential'
  const itself = known
    ? say`${isYours(facts) && owner ? 'your ' : ''}${noun} “${known}”`
    : say`${article(noun)} ${noun}`
  if (!owner || (known && isYours(facts))) return itself
  const ofClient = facts.client ? say` of ${client(facts)}` : undefined
  if (!facts.user) return say`${itself}${ofClient}`
  return say`${itself}${ofClient}${facts.client ? ' for ' : ' of '}${user(facts)}`
}

/** Avoids naming the owner twice, except that readers see "your" for their own things. */
const ownedBy = (facts: EntryFacts) => ({ owner: !facts.ownDeed || isYours(facts) })

const at = ({ api }: EntryFacts): Piece => (api ? say` at ${api}` : undefined)

function because(facts: EntryFacts): Sentence {
  const { scopes, entry } = facts
  if (!scopes) return say`${reasonWords(entry.reason)}${found(facts)}`
  if (!scopes.held) return say`needs ${codes(scopes.needed)}`
  return say`needs ${codes(scopes.needed)}, has ${scopes.held.length === 0 ? NOTHING : codes(scopes.held)}`
}

/** The finding of the check, if it tells more than the reason. */
function found({ entry: { reason, detail } }: EntryFacts): Piece {
  const [seen, needed] = [detail?.['found'], detail?.['needed']]
  if (reason === 'network_not_allowed' && typeof seen === 'string' && typeof needed === 'string')
    return ` (from ${seen}; allowed: ${needed})`
  if (isOfUnknownClient(detail?.['rule']) && detail?.['parameter']) return ` (${String(detail['parameter'])})`
  return reason === 'wrong_audience' && typeof seen === 'string' ? ` (${seen})` : undefined
}

function refused(facts: EntryFacts): Sentence {
  const { entry } = facts
  if (entry.about === 'journal') return say`Some refusals were not noted: ${reasonWords(entry.reason)}`
  if (entry.about === 'credential' && !facts.credential)
    return say`an unknown credential was refused${at(facts)}: ${because(facts)}`
  if (entry.about === 'credential') return say`${credential(facts)} was refused${at(facts)}: ${because(facts)}`
  const route = entry.about === 'request' && entry.aboutId ? say` at ${{ text: entry.aboutId, is: 'code' }}` : undefined
  const subject = facts.credential
    ? credential(facts)
    : facts.client
      ? client(facts)
      : facts.user
        ? user(facts)
        : who(facts)
  return say`${subject} ${subject === 'you' ? 'were' : 'was'} refused${route ?? at(facts)}: ${because(facts)}`
}

/** The thing that an entry is about, unless it is a credential. */
function thing(facts: EntryFacts): Sentence {
  const { about, aboutId, detail } = facts.entry
  const named = (noun: string) => (aboutId === undefined ? say`${noun}` : say`${noun} ${{ text: aboutId, is: 'code' }}`)
  if (about === 'credential' || about === 'refresh-token') return credential(facts)
  if (about === 'user')
    return facts.ownDeed && isYours(facts) ? say`your account` : say`user ${told(detail?.['handle']) ?? user(facts)}`
  if (about === 'client') return say`application ${told(detail?.['name']) ?? client(facts)}`
  if (about === 'resource') return facts.client?.is === 'api' ? say`API ${client(facts)}` : named('API')
  if (about === 'view') return named('the view')
  if (about === 'revocation-log') return say`the revocation log`
  return named(THINGS[about] ?? about.replaceAll('-', ' '))
}
const told = (name: unknown): string | undefined => (typeof name === 'string' ? name : undefined)
const THINGS: Readonly<Record<string, string>> = {
  scope: 'the words of scope',
  gate: 'gate',
  'signing-key': 'signing key',
  'statement-key': 'a key that seals access tokens',
  setting: 'setting',
  session: 'session',
  invitation: 'invitation',
  model: 'model',
  grant: 'access',
}

function issued(facts: EntryFacts): Sentence {
  const { entry } = facts
  if (entry.about === 'session') return say`${user(facts)} opened a session`
  if (entry.about === 'interaction')
    return say`${user(facts)} gave the right password and was asked for a second factor`
  if (entry.about === 'invitation') return say`${who(facts)} made an invitation`
  if (entry.detail?.['kind'] === 'setup-link') return say`${who(facts)} made a set-up link`
  if (entry.reason === 'derived elsewhere') return say`${credential(facts)} was taken over: ${because(facts)}`
  const { tokens } = entry.detail ?? {}
  if (typeof tokens === 'number') return say`${client(facts)} received ${String(tokens)} access tokens for itself`
  if (facts.client) {
    const whom = facts.user ? say` for ${user(facts)}` : undefined
    return say`${client(facts)} received ${credential(facts, { owner: false })}${whom}`
  }
  const owner = facts.ownDeed || !facts.user ? undefined : say` for ${user(facts)}`
  return say`${who(facts)} made ${credential(facts, { owner: false })}${owner}`
}

function revoked(facts: EntryFacts): Sentence {
  const { entry } = facts
  const why = entry.reason === undefined ? undefined : say`: ${because(facts)}`
  const kinds = entry.detail?.['kinds']
  const all = Array.isArray(kinds)
    ? `every ${kinds.map(kind => KIND_WORDS[kind as CredentialKind] ?? kind).join(' and ')}`
    : 'every credential'
  if (entry.about === 'user') return say`${who(facts)} revoked ${all} of ${user(facts)}`
  if (entry.about === 'client') return say`${who(facts)} revoked ${all} of ${client(facts)}`
  if (entry.about === 'session') return say`${who(facts)} signed out every other browser`
  if (entry.about === 'grant') {
    const whose = facts.ownDeed || !facts.user ? undefined : say` to the account of ${user(facts)}`
    return say`${who(facts)} ended the access of ${client(facts)}${whose}${why}`
  }
  if (!facts.credential) return say`${who(facts)} revoked every credential, session and grant`
  return say`${who(facts)} revoked ${credential(facts, ownedBy(facts))}${why}`
}

function rotated(facts: EntryFacts): Sentence {
  const seconds = facts.entry.detail?.['overlapSeconds']
  const overlap =
    typeof seconds !== 'number'
      ? undefined
      : seconds === 0
        ? '; the old one ended at once'
        : `; the old one works for another ${spanWords(seconds)}`
  if (facts.entry.about === 'client') return say`${who(facts)} made a new secret for ${client(facts)}${overlap}`
  return say`${who(facts)} replaced ${credential(facts, ownedBy(facts))} by a new one${overlap}`
}

function changed(facts: EntryFacts): Sentence {
  const { entry } = facts
  const { what, active, fields } = entry.detail ?? {}
  if (entry.about === 'revocation-log')
    return say`the revocation log was begun anew, because the database is older than what was read from it`
  if (typeof what === 'string')
    return say`${who(facts)} changed ${entry.aboutId === undefined ? 'all users' : thing(facts)}: ${STEP_WORDS[what] ?? what}`
  if (typeof active === 'boolean') return say`${who(facts)} ${active ? 'enabled' : 'disabled'} ${thing(facts)}`
  const names = Array.isArray(fields) ? fields.filter(one => typeof one === 'string') : []
  if (entry.reason === 'client-registration') return say`${client(facts)} changed its registration`
  if (entry.reason === 'client-document')
    return say`the metadata document of ${client(facts)} changed: ${fieldWords(names)}`
  return say`${who(facts)} changed ${thing(facts)}${names.length > 0 ? `: ${fieldWords(names)}` : ''}`
}

function created(facts: EntryFacts): Sentence {
  const { about } = facts.entry
  if (about === 'user' && facts.ownDeed) return say`${user(facts)} registered an account`
  if (facts.entry.reason === 'client-document')
    return say`the metadata document of ${client(facts)} was read for the first time`
  if (facts.entry.reason === 'client-registration') {
    const network = told(facts.entry.detail?.['network'])
    return say`${client(facts)} registered itself${network && say` from ${{ text: network, is: 'code' }}`}`
  }
  if (about === 'registration-block') return say`${who(facts)} blocked registrations of ${place(facts)}`
  if (about === 'client') return say`${who(facts)} registered ${thing(facts)}`
  if (about === 'view') return say`${who(facts)} kept ${thing(facts)}`
  if (about === 'scope') return say`${who(facts)} wrote ${thing(facts)}`
  return say`${who(facts)} created ${thing(facts)}`
}

function deleted(facts: EntryFacts): Sentence {
  const { about, reason, detail } = facts.entry
  if (reason === 'client-registration') return say`${told(detail?.['name']) ?? client(facts)} deleted its registration`
  if (about === 'registration-block') return say`${who(facts)} admitted registrations of ${place(facts)} again`
  return say`${who(facts)} deleted ${thing(facts)}`
}

/** A blocked network or host. */
const place = ({ entry: { aboutId } }: EntryFacts): Piece =>
  aboutId === undefined ? 'a place' : { text: aboutId, is: 'code' }

const again = (facts: EntryFacts): Sentence => {
  const what = facts.entry.reason === 'code-spent' ? 'an authorization code' : 'a refresh token'
  const whom = facts.user ? say` for ${user(facts)}` : undefined
  return say`${what} of ${client(facts)}${whom} was presented a second time; all that came of it was revoked`
}

export const english: EntryWords = {
  issued,
  used: facts => say`${credential(facts)} was accepted for the first time${at(facts)}`,
  refused,
  revoked,
  rotated,
  'reuse-detected': again,
  'signed-in': facts => say`${user(facts)} signed in`,
  'sign-in-failed': facts => say`a sign-in${facts.user ? say` as ${user(facts)}` : ''} failed: ${because(facts)}`,
  'signed-out': facts => say`${user(facts)} signed out`,
  granted: facts =>
    say`${user(facts)} allowed ${client(facts)} to act for ${isYours(facts) ? 'you' : 'them'}${facts.credential?.kind ? say`, with ${credential(facts, { owner: false })}` : ''}`,
  denied: facts => say`${user(facts)} did not allow ${client(facts)}`,
  created,
  changed,
  deleted,
}
