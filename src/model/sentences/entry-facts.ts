import type { CredentialKind } from '../credentials/credential.ts'
import type { EventName, JournalEntry } from '../journal.ts'
import { EVERYTHING, NOTHING, notCovered } from '../scopes/scope.ts'
import type { Mention, Sentence } from './say.ts'

/** The name of a thing. `gone`: the thing was deleted. `hidden`: the reader may not see the name. */
export type Naming = { name: string } | 'gone' | 'hidden'
/** Names of all things that a list of entries mentions. */
export type EntryNames = {
  user(id: string): Naming
  client(id: string): { name: string } | 'gone'
  /** The kind and name of a credential that is still stored. */
  credential(id: string): { kind: CredentialKind; name?: string } | undefined
  /** The API of a client or of an audience; this server itself is an API without a client. */
  api(of: { clientId?: string; audience?: string }): { name: string; clientId?: string } | undefined
  /** The id of the reader, if users read their own entries. */
  self?: string
}

/** A person or application in a sentence. */
export type Party =
  | { is: 'you' | 'operator' | 'system' | 'unknown' }
  | { is: 'user' | 'client' | 'api'; known: Mention }
  | { is: 'user' | 'client'; known: 'gone' | 'hidden' }

/** The facts for a sentence about an entry, independent of language. */
export type EntryFacts = {
  entry: JournalEntry
  by: Party
  user?: Party
  client?: Party
  credential?: { kind?: CredentialKind; known?: Mention }
  /** The API at which the credential was presented. */
  api?: Mention
  /** The actor is the owner, so the sentence names only one of them. */
  ownDeed: boolean
  /** The scopes of a refusal because of scopes; absent in other entries. */
  scopes?: { needed: readonly string[]; held?: readonly string[] }
}

/** The sentences of one language, one for every event. */
export type EntryWords = Record<EventName, (facts: EntryFacts) => Sentence>

/** True for rules about clients that are not stored yet: at their registration, or in their document. */
export const isOfUnknownClient = (rule: unknown): boolean => rule === 'registration' || rule === 'client document'

export function factsOf(entry: JournalEntry, names: EntryNames): EntryFacts {
  const facts: EntryFacts = { entry, by: actorOf(entry, names), ownDeed: entry.actor === entry.userId }
  if (entry.userId !== undefined) facts.user = userParty(entry.userId, names)
  if (entry.clientId !== undefined) facts.client = clientParty(entry.clientId, names)
  const credential = credentialOf(entry, names)
  if (credential) facts.credential = credential
  const api = apiOf(entry, names)
  if (api) facts.api = api
  const scopes = scopesOf(entry)
  if (scopes) facts.scopes = scopes
  return facts
}

const NAMELESS: Readonly<Record<string, Exclude<Party['is'], 'user' | 'client' | 'api' | 'you'>>> = {
  operator: 'operator',
  system: 'system',
  unknown: 'unknown',
  anonymous: 'unknown',
  'self-registration': 'unknown',
}

function actorOf({ actor }: JournalEntry, names: EntryNames): Party {
  const nameless = Object.hasOwn(NAMELESS, actor) ? NAMELESS[actor] : undefined
  if (nameless !== undefined) return { is: nameless }
  if (/^[0-9a-f]{24}$/.test(actor) && names.client(actor) === 'gone') return userParty(actor, names)
  return clientParty(actor, names)
}

function userParty(id: string, names: EntryNames): Party {
  if (names.self === id) return { is: 'you' }
  const naming = names.user(id)
  if (typeof naming === 'string') return { is: 'user', known: naming }
  return { is: 'user', known: { text: naming.name, is: 'user', id } }
}

function clientParty(id: string, names: EntryNames): Party {
  const api = names.api({ clientId: id })
  if (api) return { is: 'api', known: { text: api.name, is: 'api', id } }
  const naming = names.client(id)
  return { is: 'client', known: naming === 'gone' ? 'gone' : { text: naming.name, is: 'client', id } }
}

function credentialOf({ credentialId: id }: JournalEntry, names: EntryNames): EntryFacts['credential'] {
  if (id === undefined) return undefined
  const kept = names.credential(id)
  if (!kept) return {}
  return { kind: kept.kind, ...(kept.name !== undefined && { known: { text: kept.name, is: 'credential', id } }) }
}

type Asked = { scopes?: unknown; anyScope?: unknown; audiences?: unknown }
const askedOf = ({ detail }: JournalEntry): Asked => (detail?.['asked'] ?? {}) as Asked
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

function apiOf(entry: JournalEntry, names: EntryNames): Mention | undefined {
  const audience = texts(askedOf(entry).audiences).find(one => one !== '')
  const api = names.api({ clientId: entry.actor }) ?? (audience === undefined ? undefined : names.api({ audience }))
  if (api) return { text: api.name, is: 'api', ...(api.clientId !== undefined && { id: api.clientId }) }
  return audience === undefined ? undefined : { text: audience, is: 'code' }
}

const BY_SCOPE = new Set(['insufficient_scope', 'scope-insufficient', 'permission-missing'])
/** Reads the needed and held scopes from the finding in the entry (core/check/check-rules.ts). */
function scopesOf(entry: JournalEntry): EntryFacts['scopes'] {
  const { reason = '', detail } = entry
  if (!BY_SCOPE.has(reason)) return undefined
  const asked = askedOf(entry)
  const wanted = [...texts(asked.scopes), ...texts(asked.anyScope)]
  const found = detail?.['found']
  // A refusal by this server itself names only the needed scopes.
  if (typeof found !== 'string' || found === 'not enough') return wanted.length > 0 ? { needed: wanted } : undefined
  // Older versions wrote `no scopes`.
  const none = found === NOTHING || found === 'no scopes'
  const held = none ? [] : found.startsWith(EVERYTHING) ? [EVERYTHING] : found.split(' ')
  const lacking = notCovered(held, wanted)
  return { needed: lacking.length > 0 ? lacking : wanted, held }
}
