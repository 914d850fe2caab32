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

export type StoredJournalEntry = JournalEntry & { id: number }

/** One line of the ordered revocation log: who follows it knows what stopped holding. */
export type Revocation = {
  seq: number
  at: number
  /** `credential`, `grant`, `client`, `user`, `resource`, `gate`, `signing-key`, or `everything` (after a restore). */
  subject: RevocationSubject
  subjectId: string
  /** `revoked`: never again. `changed`: forget what you cached and ask again. */
  effect: 'revoked' | 'changed'
}
export type RevocationSubject =
  | 'credential'
  | 'grant'
  | 'client'
  | 'user'
  | 'resource'
  | 'gate'
  | 'signing-key'
  | 'everything'
