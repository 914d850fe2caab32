import { type Act, type NamedActor, nameOf } from './actor.ts'
import type { Credential, Grant } from './credential.ts'

/** What the journal records: one entry for each thing that happened, never a secret. */
export const EVENTS = [
  'issued', // a credential was made
  'used', // a new credential was accepted: noted when it begins, later uses are counted
  'refused', // a credential or request was turned away; `reason` says why
  'revoked', // power was taken away
  'rotated', // a key or token was replaced
  'reuse-detected', // a spent code or refresh token came back
  'signed-in',
  'sign-in-failed',
  'signed-out',
  'granted', // a user allowed an application
  'denied', // a user did not
  'created', // users, clients, resource servers, scopes
  'changed',
  'deleted',
] as const
export type EventName = (typeof EVENTS)[number]

/** How it came out, for people who look for one of them. */
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
  /** What the event is about: `user`, `client`, `credential`, `grant`, `resource`, `gate`, `scope`, `signing-key`, `setting`. */
  about: string
  /** Id of that thing. */
  aboutId?: string
  /** Who did it: a user id, a client id, `operator` (command line) or `system`. */
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

/** What an entry is about, and the ids under which it is found. */
export type Thing = {
  [K in 'about' | 'aboutId' | 'userId' | 'clientId' | 'credentialId']?: JournalEntry[K] | undefined
} & {
  about: string
}
/** When it happened, why, and what else is worth keeping. */
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

/** Before any proof an actor has no id: the entry names the account that is made or asked for, where there is one. */
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

/** What was used: a credential, or what a statement came from (model/counted-by.ts). */
export function aboutUse(credential: Pick<Credential, 'id' | 'stated' | 'grantId' | 'userId' | 'clientId'>): Thing {
  const { stated, grantId, userId, clientId } = credential
  if (!stated) return aboutCredential(credential)
  return grantId === undefined
    ? { about: 'client', aboutId: clientId, clientId }
    : { about: 'grant', aboutId: grantId, userId, clientId }
}

export type StoredJournalEntry = JournalEntry & { id: number }

/** One line of the ordered revocation log: who follows it knows what stopped holding. */
export type Revocation = {
  seq: number
  at: number
  subject: RevocationSubject
  subjectId: string
  /** `revoked`: never again. `changed`: forget what you cached and ask again. */
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
