import type { Credential, CredentialKind, Fingerprint } from '../model/credential.ts'
import type { Scope } from '../model/scope.ts'

/* What the store is asked to change of credentials. */

/** A key that is present is written; `null` takes it away. */
export type CredentialChange = {
  name?: string
  scopes?: readonly Scope[] | null
  expiresAt?: number | null
  /** Since when and by whom it is disabled. */
  disabled?: { at: number; by: string } | null
  networks?: readonly string[] | null
  note?: string | null
  metadata?: Readonly<Record<string, string>> | null
}

export type Spend = {
  fingerprint: Fingerprint
  kind: CredentialKind
  at: number
  /** What is issued in return. Stored only if the spending won and the grant, if any, is alive. */
  issues: readonly Credential[]
  /** A grant to mark active with it (code redemption). */
  activatesGrant?: string
}

/** The step from `generation` to the next; `sealedAnswer` is what a repeated request will be given. */
export type Rotation = {
  grantId: string
  generation: number
  at: number
  spends: Fingerprint
  issues: readonly Credential[]
  sealedAnswer: string
  /** A repeat within this many milliseconds of the step, by the clock of the store, gets the same answer; 0: none does. */
  replayWithin: number
}
export type RotationOutcome =
  | { outcome: 'rotated' }
  | { outcome: 'repeated'; sealedAnswer: string }
  | { outcome: 'reused' }
  | { outcome: 'revoked' }

/** `data` is what the old one carries from now on: its limits, and who came after it. */
export type Replacement = {
  id: string
  at: number
  overlapEndsAt: number
  successor: Credential
}
