import type { CredentialKind } from './credential.ts'
import type { Scope } from './scope.ts'

/** Why a credential did not pass: a closed list, part of the contract of `POST /v1/verify`. */
export const REASONS = [
  'missing',
  'malformed',
  'unknown',
  'expired',
  'revoked',
  'owner_disabled',
  'client_disabled',
  'wrong_audience',
  'insufficient_scope',
  'wrong_dialect',
  'network_not_allowed',
  'rate_limited',
] as const
export type Reason = (typeof REASONS)[number]

/** The families of credential shapes; a guard names those it accepts. `native` is Claviger's own. */
export const DIALECT_NAMES = ['zocial', 'apikey', 'zebbra', 'tokenapi', 'mastodon'] as const
export type DialectName = (typeof DIALECT_NAMES)[number]

/** Who stands behind a credential, the same shape for every kind. */
export type Principal = {
  kind: CredentialKind
  credentialId: string
  subject?: { id: string; number: number; handle: string }
  client?: { id: string; name: string }
  scopes: Scope[]
  audience: string[]
  /** Milliseconds since the epoch. */
  issuedAt: number
  expiresAt?: number
}

/** One rule of the check, its outcome, and what would have passed: the material of "explain". */
export type Finding = { rule: string; passed: boolean; found?: string; needed?: string }

export type Verdict =
  | { active: true; principal: Principal; findings?: Finding[] }
  | { active: false; reason: Reason; credentialId?: string; findings?: Finding[] }
