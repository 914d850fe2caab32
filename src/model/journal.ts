import type { Credential, Grant } from './credentials/credential.ts'
import { type Act, type NamedActor, nameOf } from './users/actor.ts'

/** The events that the journal records, one entry for each. No entry contains a secret. */
export const EVENTS = [
  'issued', // a credential was created
  'used', // the first use of a credential; later uses are only counted
  'refused', // a credential or request was refused; `reason` tells why
  'revoked', // a right ended
  'rotated', // a key or token was replaced
  'reuse-detected', // a spent code or refresh token was presented again
  'signed-in',
  'sign-in-failed',
  'signed-out',
  'granted', // a user consented to an application
  'denied', // a user refused consent
  'created', // users, clients, resource servers, scopes
  'changed',
  'deleted',
] as const
export type EventName = (typeof EVENTS)[number]

/** Events grouped by outcome, for filters. */
export const OUTCOMES = {
  accepted: ['used', 'signed-in', 'granted'],
  refused: ['refused', 'sign-in-failed', 'denied', 'reuse-detected'],
  changed: ['issued', 'revoked', 'rotated', 'signed-out', 'created', 'changed', 'deleted'],
} as const satisfies Record<string, readonly EventName[]>
export type OutcomeName = keyof typeof OUTCOMES
export const OUTCOME_NAMES = Object.keys(OUTCOMES) as OutcomeName[]

export type JournalEntry = {
  at: number
  event: EventName
  /** The type of the thing: `user`, `client`, `credential`, `grant`, `resource`, `gate`, `scope`, `signing-key`, `setting`. */
  about: string
  /** Id of that thing. */
  aboutId?: string
  /** The actor: a user id, a client id, `operator` (command line) or `system`. */
  actor: string
  userId?: string
  clientId?: string
  credentialId?: string
  /** Refusal code or reason. */
  reason?: string
  requestId?: string
  ip?: string
  detail?: Record<string, unknown>
}

/** The thing that an entry is about, and the ids by which the entry is found. */
export type Thing = {
  [K in 'about' | 'aboutId' | 'userId' | 'clientId' | 'credentialId']?: JournalEntry[K] | undefined
} & {
  about: string
}
/** The time, the reason and further details of an event. */
export type Circumstances = {
  at: number
  reason?: string | undefined
  detail?: Record<string, unknown> | undefined
}

/** Makes every entry of the journal. */
export function entry(act: Act<NamedActor>, event: EventName, thing: Thing, when: Circumstances): JournalEntry {
  const { requestId, ip } = act.from
  const made: JournalEntry = { at: when.at, event, about: thing.about, actor: actorIn(act.by, thing) }
  if (thing.aboutId !== undefined) made.aboutId = thing.aboutId
  if (thing.userId !== undefined) made.userId = thing.userId
  if (thing.clientId !== undefined) made.clientId = thing.clientId
  if (thing.credentialId !== undefined) made.credentialId = thing.credentialId
  if (when.reason !== undefined) made.reason = when.reason
  if (requestId !== undefined) made.requestId = requestId
  if (ip !== undefined) made.ip = ip
  if (when.detail !== undefined) made.detail = when.detail
  return made
}

/** An unauthenticated actor has no id, so the entry names the account that is created or attempted, if any. */
function actorIn(by: NamedActor, { userId }: Thing): string {
  if (by.is === 'self-registration') return userId ?? 'anonymous'
  return by.is === 'anonymous' ? (userId ?? 'unknown') : nameOf(by)
}

export const aboutUser = ({ id }: { id: string }): Thing => ({ about: 'user', aboutId: id, userId: id })
export const aboutClient = ({ id }: { id: string }): Thing => ({ about: 'client', aboutId: id, clientId: id })
/** A credential of a user, of a client, or of a client for a user. */
export const aboutCredential = ({ id, userId, clientId }: Pick<Credential, 'id' | 'userId' | 'clientId'>): Thing => ({
  about: 'credential',
  aboutId: id,
  credentialId: id,
  userId,
  clientId,
})
export const aboutGrant = ({ id, userId, clientId }: Pick<Grant, 'id' | 'userId' | 'clientId'>): Thing => ({
  about: 'grant',
  aboutId: id,
  userId,
  clientId,
})

/** The used credential; for a statement its grant or client (model/credentials/counted-by.ts). */
export function aboutUse(credential: Pick<Credential, 'id' | 'stated' | 'grantId' | 'userId' | 'clientId'>): Thing {
  const { stated, grantId, userId, clientId } = credential
  if (!stated) return aboutCredential(credential)
  return grantId === undefined
    ? { about: 'client', aboutId: clientId, clientId }
    : { about: 'grant', aboutId: grantId, userId, clientId }
}

export type StoredJournalEntry = JournalEntry & { id: number }

/** One line of the ordered revocation log, from which followers learn what is no longer valid. */
export type Revocation = {
  seq: number
  at: number
  subject: RevocationSubject
  subjectId: string
  /** `revoked`: permanently invalid. `changed`: cached data must be fetched again. */
  effect: 'revoked' | 'changed'
}
/** `everything`: after a restore. */
export const REVOCATION_SUBJECTS = [
  'credential',
  'grant',
  'client',
  'user',
  'resource',
  'gate',
  'signing-key',
  'everything',
] as const
export type RevocationSubject = (typeof REVOCATION_SUBJECTS)[number]
