import type { Credential, CredentialKind, Fingerprint } from '../model/credentials/credential.ts'
import type { Scope } from '../model/scopes/scope.ts'

/* The changes of credentials that the store can make. */

/** Present keys are written; `null` clears a value. */
export type CredentialChange = {
  name?: string
  scopes?: readonly Scope[] | null
  expiresAt?: number | null
  /** When and by whom the credential was disabled. */
  disabled?: { at: number; by: string } | null
  networks?: readonly string[] | null
  note?: string | null
  metadata?: Readonly<Record<string, string>> | null
}

export type Spend = {
  fingerprint: Fingerprint
  kind: CredentialKind
  at: number
  /** Credentials issued in exchange. They are stored only if this call spent the credential and the grant, if any, is alive. */
  issues: readonly Credential[]
  /** A grant that becomes active in the same transaction (code redemption). */
  activatesGrant?: string
}

/** Moves a family from `generation` to the next one; a repeated request gets `sealedAnswer`. */
export type Rotation = {
  grantId: string
  generation: number
  at: number
  spends: Fingerprint
  issues: readonly Credential[]
  sealedAnswer: string
  /** A repeated request within this many milliseconds of the step, by the clock of the store, gets the same answer; 0: no request does. */
  replayWithin: number
}
export type RotationOutcome =
  | { outcome: 'rotated' }
  | { outcome: 'repeated'; sealedAnswer: string }
  | { outcome: 'reused' }
  | { outcome: 'revoked' }

/** `data` is written into the replaced credential: its limits and the id of its successor. */
export type Replacement = {
  id: string
  at: number
  overlapEndsAt: number
  successor: Credential
}
