import { type CredentialKind, KINDS } from './credential.ts'
import type { Scope } from './scope.ts'

/** Why a credential did not pass, as the first version had it: every caller of `POST /v1/verify` knows these. */
const FIRST_REASONS = [
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
/** The closed list, part of the contract of `POST /v1/verify`. What is added here goes only to callers that announce it. */
export const REASONS = [...FIRST_REASONS] as const
export type Reason = (typeof REASONS)[number]

/** The older reason that says nearly the same; without a line here it is `unknown`. */
const NEAREST: Partial<Record<Reason, Reason>> = { expired: 'revoked', client_disabled: 'owner_disabled' }

/** The reason for a caller that knows these; one that announced none is of the first version. */
export function reasonFor(reason: Reason, known: readonly string[] = FIRST_REASONS): Reason {
  if (known.includes(reason)) return reason
  const nearest = NEAREST[reason]
  return nearest ? reasonFor(nearest, known) : 'unknown'
}

/** The reason that another version of Claviger gave. One that is not known here is a refusal all the same. */
export const readReason = (text: unknown): Reason => REASONS.find(reason => reason === text) ?? 'unknown'

/** The families of credential shapes; a guard names those it accepts. `native` is Claviger's own. */
export const DIALECT_NAMES = ['zocial', 'apikey', 'zebbra', 'tokenapi', 'mastodon'] as const
export type CredentialFamily = (typeof DIALECT_NAMES)[number]

/** Which kinds speak which dialect. An access token serves Mastodon's clients and ours alike. */
export const KINDS_OF: Record<CredentialFamily, readonly CredentialKind[]> = {
  zocial: ['application-token'],
  apikey: ['api-key'],
  zebbra: ['user-token'],
  tokenapi: ['token-pair'],
  mastodon: ['access-token'],
}

/** The families somebody accepts. Absent: the native kinds; `any`: every kind that opens an API at all. */
export type AcceptedDialects = readonly (CredentialFamily | 'native')[] | 'any' | undefined

export function acceptsKind(dialects: AcceptedDialects, kind: CredentialKind): boolean {
  if (!KINDS[kind].bearer) return false
  if (dialects === 'any') return true
  if (!dialects) return KINDS[kind].native
  return dialects.some(dialect => (dialect === 'native' ? KINDS[kind].native : KINDS_OF[dialect].includes(kind)))
}

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
  /** What it falls with, and where it may be used from: for caches, who must know when they are wrong. */
  grantId?: string
  networks?: string[]
}

/** One rule of the check, its outcome, and what would have passed: the material of "explain". */
export type Finding = { rule: string; passed: boolean; found?: string; needed?: string }

export type Verdict =
  | { active: true; principal: Principal; findings?: Finding[] }
  | { active: false; reason: Reason; credentialId?: string; findings?: Finding[] }
