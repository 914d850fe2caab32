import type { CredentialKind } from '../../../model/credentials/credential.ts'
import { spanWords } from '../../../model/sentences/change-words.ts'
import {
  type EntryFacts,
  type EntryWords,
  isOfUnknownClient,
  type Party,
} from '../../../model/sentences/entry-facts.ts'
import { codes, type Piece, type Sentence, say } from '../../../model/sentences/say.ts'
import { fieldWordsDe, STEP_WORDS_DE } from './change-words-de.ts'
import { type Case, type Noun, noun, nounWith } from './nouns-de.ts'
import { reasonWordsDe } from './reason-words-de.ts'

/* Sentences of journal entries in German. */

const KINDS: Record<CredentialKind, Noun> = {
  'access-token': ['Zugriffstoken', 'n'],
  'api-key': ['API-Schlüssel', 'm'],
  'application-token': ['Anwendungstoken', 'n'],
  'user-token': ['Benutzertoken', 'n'],
  'token-pair': ['Benutzer/Token-Paar', 'n'],
  'refresh-token': ['Refresh-Token', 'n'],
  'authorization-code': ['Autorisierungscode', 'm'],
  session: ['Sitzung', 'f'],
  'pending-sign-in': ['begonnene Anmeldung', 'f'],
  'consent-denial': ['Ablehnung', 'f'],
  'device-code': ['wartende Gerät', 'n'],
  'device-confirmation': ['Antwort an ein Gerät', 'f'],
  invitation: ['Einladung', 'f'],
  'setup-link': ['Einrichtungslink', 'm'],
  'initial-access-token': ['Registrierungsschlüssel', 'm'],
  'registration-token': ['Verwaltungstoken einer Anwendung', 'n'],
}
const THINGS: Readonly<Record<string, Noun>> = {
  scope: ['Beschreibung des Rechts', 'f'],
  gate: ['Tor', 'n'],
  'signing-key': ['Signaturschlüssel', 'm'],
  'statement-key': ['Schlüssel für Zugriffstoken', 'm'],
  setting: ['Einstellung', 'f'],
  session: ['Sitzung', 'f'],
  invitation: ['Einladung', 'f'],
  model: ['Modell', 'n'],
  grant: ['Zugriff', 'm'],
  resource: ['API', 'f'],
  view: ['Ansicht', 'f'],
}

const NAMELESS = {
  you: 'Sie',
  operator: 'der Betreiber an der Kommandozeile',
  system: 'Claviger',
  unknown: 'ein unbekannter Aufrufer',
} as const
const GONE: Record<'user' | 'client', Noun> = {
  user: ['gelöschtes Konto', 'n'],
  client: ['gelöschte Anwendung', 'f'],
}
const HIDDEN: Record<'user' | 'client', Noun> = { user: ['andere Person', 'f'], client: ['Anwendung', 'f'] }

function party(one: Party | undefined, otherwise: Noun, inCase: Case): Piece {
  if (!one) return noun(otherwise, inCase, 'ein')
  if (!('known' in one)) return inCase === 'dative' && one.is === 'you' ? 'Ihnen' : NAMELESS[one.is]
  if (one.known === 'gone') return noun(GONE[one.is], inCase, 'ein')
  return one.known === 'hidden' ? noun(HIDDEN[one.is], inCase, 'ein') : one.known
}
const user = ({ user }: EntryFacts, inCase: Case = 'nominative'): Piece => party(user, ['Person', 'f'], inCase)
const client = ({ client }: EntryFacts, inCase: Case = 'nominative'): Piece => party(client, ['Anwendung', 'f'], inCase)

/** The actor with the auxiliary verb: "ada hat", "Sie haben". */
const did = ({ by }: EntryFacts): Sentence =>
  say`${party(by, ['Aufrufer', 'm'], 'nominative')} ${by.is === 'you' ? 'haben' : 'hat'}`
const userDid = (facts: EntryFacts): Sentence => say`${user(facts)} ${isYours(facts) ? 'haben' : 'hat'}`
const isYours = ({ user }: EntryFacts): boolean => user?.is === 'you'

function credential(facts: EntryFacts, inCase: Case, { owner = true }: { owner?: boolean } = {}): Sentence {
  const { kind, known } = facts.credential ?? {}
  const word: Noun = kind ? KINDS[kind] : ['Token', 'n']
  const article = !known ? 'ein' : isYours(facts) && owner ? 'Ihr' : 'der'
  const itself = known ? say`${nounWith(word, inCase, article)} „${known}“` : say`${noun(word, inCase, article)}`
  if (!owner || (known && isYours(facts))) return itself
  const ofClient = facts.client ? say` von ${client(facts, 'dative')}` : undefined
  if (!facts.user) return say`${itself}${ofClient}`
  return say`${itself}${ofClient}${facts.client ? ' für ' : ' von '}${user(facts, facts.client ? 'accusative' : 'dative')}`
}

/** Omits the owner if they are the actor, except for the reader's own things ("Ihr ..."). */
const ownedBy = (facts: EntryFacts) => ({ owner: !facts.ownDeed || isYours(facts) })

const at = ({ api }: EntryFacts): Piece => (api ? say` bei ${api}` : undefined)

function because(facts: EntryFacts): Sentence {
  const { scopes, entry } = facts
  if (!scopes) return say`${reasonWordsDe(entry.reason)}${found(facts)}`
  if (!scopes.held) return say`es braucht ${codes(scopes.needed)}`
  return say`es braucht ${codes(scopes.needed)} und hat ${scopes.held.length === 0 ? 'keine Rechte' : codes(scopes.held)}`
}

function found({ entry: { reason, detail } }: EntryFacts): Piece {
  const [seen, needed] = [detail?.['found'], detail?.['needed']]
  if (reason === 'network_not_allowed' && typeof seen === 'string' && typeof needed === 'string')
    return ` (aus ${seen}; erlaubt: ${needed})`
  return isOfUnknownClient(detail?.['rule']) && detail?.['parameter'] ? ` (${String(detail['parameter'])})` : undefined
}

function refused(facts: EntryFacts): Sentence {
  const { entry } = facts
  if (entry.about === 'journal') return say`einige Ablehnungen wurden nicht einzeln vermerkt: ${because(facts)}`
  if (entry.about === 'credential' && !facts.credential)
    return say`ein unbekanntes Token wurde${at(facts)} abgewiesen: ${because(facts)}`
  const route =
    entry.about === 'request' && entry.aboutId ? say` bei ${{ text: entry.aboutId, is: 'code' }}` : undefined
  const place = route ?? at(facts)
  if (facts.credential) return say`${credential(facts, 'nominative')} wurde${place} abgewiesen: ${because(facts)}`
  if (facts.client) return say`${client(facts)} wurde${place} abgewiesen: ${because(facts)}`
  const whom = facts.user ?? facts.by
  const verb = whom.is === 'you' ? 'wurden' : 'wurde'
  return say`${party(whom, ['Aufrufer', 'm'], 'nominative')} ${verb}${place} abgewiesen: ${because(facts)}`
}

/** The subject of an entry other than a credential. */
function thing(facts: EntryFacts): Sentence {
  const { about, aboutId, detail } = facts.entry
  if (about === 'credential' || about === 'refresh-token') return credential(facts, 'accusative')
  const name = (field: string): string | undefined => (typeof detail?.[field] === 'string' ? detail[field] : undefined)
  if (about === 'user')
    return facts.ownDeed && isYours(facts)
      ? say`Ihr Konto`
      : say`das Konto von ${name('handle') ?? user(facts, 'dative')}`
  if (about === 'client') return say`die Anwendung ${name('name') ?? client(facts)}`
  if (about === 'resource' && facts.client?.is === 'api') return say`die API ${client(facts)}`
  const word = THINGS[about] ?? ([about, 'n'] as const)
  const code = aboutId === undefined ? undefined : say` ${{ text: aboutId, is: 'code' }}`
  return say`${nounWith(word, 'accusative', 'der')}${code}`
}

function issued(facts: EntryFacts): Sentence {
  const { entry } = facts
  if (entry.about === 'session') return say`${userDid(facts)} eine Sitzung begonnen`
  if (entry.about === 'interaction')
    return say`${userDid(facts)} das richtige Passwort eingegeben; der zweite Faktor wurde verlangt`
  if (entry.about === 'invitation') return say`${did(facts)} eine Einladung gemacht`
  if (entry.detail?.['kind'] === 'setup-link') return say`${did(facts)} einen Einrichtungslink gemacht`
  if (entry.reason === 'derived elsewhere')
    return say`${credential(facts, 'nominative')} wurde übernommen: ${because(facts)}`
  const { tokens } = entry.detail ?? {}
  if (typeof tokens === 'number')
    return say`${client(facts)} hat ${String(tokens)} Zugriffstoken für sich selbst bekommen`
  if (facts.client) {
    const whom = facts.user ? say` für ${user(facts, 'accusative')}` : undefined
    return say`${client(facts)} hat ${credential(facts, 'accusative', { owner: false })}${whom} bekommen`
  }
  const owner = facts.ownDeed || !facts.user ? undefined : say` für ${user(facts, 'accusative')}`
  return say`${did(facts)} ${credential(facts, 'accusative', { owner: false })}${owner} gemacht`
}

function revoked(facts: EntryFacts): Sentence {
  const { entry } = facts
  const why = entry.reason === undefined ? undefined : say`: ${because(facts)}`
  if (entry.about === 'user')
    return say`${did(facts)} alle Tokens und Schlüssel von ${user(facts, 'dative')} widerrufen`
  if (entry.about === 'client') return say`${did(facts)} alle Tokens von ${client(facts, 'dative')} widerrufen`
  if (entry.about === 'session') return say`${did(facts)} alle anderen Browser abgemeldet`
  if (entry.about === 'grant') {
    const whose = facts.ownDeed || !facts.user ? undefined : say` auf das Konto von ${user(facts, 'dative')}`
    return say`${did(facts)} ${client(facts, 'dative')} den Zugriff${whose} entzogen${why}`
  }
  if (!facts.credential) return say`${did(facts)} alle Tokens, Schlüssel, Sitzungen und Zustimmungen widerrufen`
  return say`${did(facts)} ${credential(facts, 'accusative', ownedBy(facts))} widerrufen${why}`
}

function rotated(facts: EntryFacts): Sentence {
  const seconds = facts.entry.detail?.['overlapSeconds']
  const old = facts.entry.about === 'client' ? 'frühere gelten' : 'der alte Wert gilt'
  const overlap =
    typeof seconds !== 'number'
      ? ''
      : seconds === 0
        ? '; der alte Wert gilt nicht mehr'
        : `; ${old} noch ${spanWords(seconds, 'de')}`
  if (facts.entry.about === 'client')
    return say`${did(facts)} ein neues Geheimnis für ${client(facts, 'accusative')} gemacht${overlap}`
  return say`${did(facts)} ${credential(facts, 'accusative', ownedBy(facts))} ersetzt${overlap}`
}

function changed(facts: EntryFacts): Sentence {
  const { entry } = facts
  const { what, active, fields } = entry.detail ?? {}
  if (entry.about === 'revocation-log')
    return say`das Widerrufsprotokoll wurde neu begonnen, weil die Datenbank älter ist als das, was daraus gelesen wurde`
  if (typeof what === 'string')
    return say`${did(facts)} ${entry.aboutId === undefined ? 'alle Konten' : thing(facts)} geändert: ${STEP_WORDS_DE[what] ?? what}`
  if (typeof active === 'boolean') return say`${did(facts)} ${thing(facts)} ${active ? 'freigegeben' : 'gesperrt'}`
  const names = Array.isArray(fields) ? fields.filter(one => typeof one === 'string') : []
  if (entry.reason === 'client-registration') return say`${client(facts)} hat die eigene Registrierung geändert`
  if (entry.reason === 'client-document')
    return say`das Metadaten-Dokument von ${client(facts, 'dative')} hat sich geändert: ${fieldWordsDe(names)}`
  return say`${did(facts)} ${thing(facts)} geändert${names.length > 0 ? `: ${fieldWordsDe(names)}` : ''}`
}

function created(facts: EntryFacts): Sentence {
  const { about } = facts.entry
  if (about === 'user' && facts.ownDeed) return say`${userDid(facts)} ein Konto registriert`
  if (facts.entry.reason === 'client-document')
    return say`das Metadaten-Dokument von ${client(facts, 'dative')} wurde zum ersten Mal gelesen`
  if (facts.entry.reason === 'client-registration') {
    const network = facts.entry.detail?.['network']
    const from = typeof network === 'string' ? say` aus ${{ text: network, is: 'code' }}` : undefined
    return say`${client(facts)} hat sich${from} selbst registriert`
  }
  if (about === 'registration-block') return say`${did(facts)} Registrierungen von ${place(facts)} gesperrt`
  if (about === 'client') return say`${did(facts)} ${thing(facts)} registriert`
  return say`${did(facts)} ${thing(facts)} angelegt`
}

function deleted(facts: EntryFacts): Sentence {
  const { about, reason, detail } = facts.entry
  const name = detail?.['name']
  if (reason === 'client-registration')
    return say`${typeof name === 'string' ? name : client(facts)} hat die eigene Registrierung gelöscht`
  if (about === 'registration-block') return say`${did(facts)} Registrierungen von ${place(facts)} wieder zugelassen`
  return say`${did(facts)} ${thing(facts)} gelöscht`
}

const place = ({ entry: { aboutId } }: EntryFacts): Piece =>
  aboutId === undefined ? 'einem Ort' : { text: aboutId, is: 'code' }

function again(facts: EntryFacts): Sentence {
  const what = facts.entry.reason === 'code-spent' ? 'ein Autorisierungscode' : 'ein Refresh-Token'
  const whom = facts.user ? say` für ${user(facts, 'accusative')}` : undefined
  return say`${what} von ${client(facts, 'dative')}${whom} wurde ein zweites Mal vorgelegt; alles daraus wurde widerrufen`
}

export const german: EntryWords = {
  issued,
  used: facts => say`${credential(facts, 'nominative')} wurde zum ersten Mal angenommen${at(facts)}`,
  refused,
  revoked,
  rotated,
  'reuse-detected': again,
  'signed-in': facts => say`${userDid(facts)} sich angemeldet`,
  'sign-in-failed': facts =>
    say`eine Anmeldung${facts.user ? say` als ${user(facts)}` : ''} misslang: ${because(facts)}`,
  'signed-out': facts => say`${userDid(facts)} sich abgemeldet`,
  granted: facts =>
    say`${userDid(facts)} ${client(facts, 'accusative')}${facts.credential?.kind ? say` mit ${credential(facts, 'dative', { owner: false })}` : ''} zugelassen`,
  denied: facts => say`${userDid(facts)} ${client(facts, 'accusative')} nicht zugelassen`,
  created,
  changed,
  deleted,
}
