import type { RefusalCode } from '../refusals/refusal.ts'
import type { Scope } from '../scopes/scope.ts'
import type { CountedBy } from './counted-by.ts'
import { type CredentialKind, KINDS } from './credential.ts'

/**
 * The reasons why a credential does not pass: each refusal code with its name in verdicts (`POST /v1/verify`), the
 * journal and counts. The closed list is part of the contract.
 */
export const REASON_NAMES = {
  'credential-missing': 'missing',
  'credential-malformed': 'malformed',
  'credential-unknown': 'unknown',
  'credential-expired': 'expired',
  'credential-revoked': 'revoked',
  'credential-disabled': 'disabled',
  'owner-disabled': 'owner_disabled',
  'client-disabled': 'client_disabled',
  'audience-wrong': 'wrong_audience',
  'scope-insufficient': 'insufficient_scope',
  'dialect-wrong': 'wrong_dialect',
  'network-not-allowed': 'network_not_allowed',
  'rate-limited': 'rate_limited',
} as const satisfies Partial<Record<RefusalCode, string>>

export type Reason = keyof typeof REASON_NAMES
export type ReasonName = (typeof REASON_NAMES)[Reason]
export const REASONS: readonly ReasonName[] = Object.values(REASON_NAMES)
export const isReason = (text: string): text is Reason => Object.hasOwn(REASON_NAMES, text)

/** All names of a reason in entries: the name in verdicts and the refusal code. */
export function namesOfReason(name: string): string[] {
  const twins = Object.entries(REASON_NAMES).find(pair => pair.includes(name as ReasonName))
  return twins ? [...twins] : [name]
}

/** Reasons added after the first version; a caller gets them only if it lists them in `Claviger-Reasons`. */
const LATER: ReadonlySet<ReasonName> = new Set(['disabled'])
const FIRST_NAMES = REASONS.filter(name => !LATER.has(name))
/** The older reason with the nearest meaning; by default `credential-unknown`. */
const NEAREST: Partial<Record<Reason, Reason>> = {
  'credential-expired': 'credential-revoked',
  'credential-disabled': 'credential-revoked',
  'client-disabled': 'owner-disabled',
}

/** The name of a reason for a caller that knows the names in `known`. The default is the names of the first version. */
export function reasonFor(reason: Reason, known: readonly string[] = FIRST_NAMES): ReasonName {
  if (known.includes(REASON_NAMES[reason])) return REASON_NAMES[reason]
  const nearest = NEAREST[reason]
  return nearest ? reasonFor(nearest, known) : 'unknown'
}

/** Maps the reason of another version of Claviger. An unknown name still counts as a refusal. */
export const readReason = (name: unknown): Reason =>
  (Object.keys(REASON_NAMES) as Reason[]).find(reason => REASON_NAMES[reason] === name) ?? 'credential-unknown'

/** The result of a check, for counting. */
export type Outcome = 'valid' | Reason
export const nameOfOutcome = (outcome: Outcome): 'valid' | ReasonName =>
  outcome === 'valid' ? outcome : REASON_NAMES[outcome]
export const readOutcome = (name: string): Outcome => (name === 'valid' ? name : readReason(name))

/** The families of credential shapes; a guard names the families it accepts. `native` is Claviger's own. */
export const DIALECT_NAMES = ['zocial', 'apikey', 'zebbra', 'tokenapi', 'mastodon'] as const
export type CredentialFamily = (typeof DIALECT_NAMES)[number]

/** The kinds of each dialect. Mastodon clients and native clients both use access tokens. */
export const KINDS_OF: Record<CredentialFamily, readonly CredentialKind[]> = {
  zocial: ['application-token'],
  apikey: ['api-key'],
  zebbra: ['user-token'],
  tokenapi: ['token-pair'],
  mastodon: ['access-token'],
}

/** The accepted families. Absent: the native kinds; `any`: every kind that a guarded API can accept. */
export type AcceptedDialects = readonly (CredentialFamily | 'native')[] | 'any' | undefined

export function acceptsKind(dialects: AcceptedDialects, kind: CredentialKind): boolean {
  if (!KINDS[kind].bearer) return false
  if (dialects === 'any') return true
  if (!dialects) return KINDS[kind].native
  return dialects.some(dialect => (dialect === 'native' ? KINDS[kind].native : KINDS_OF[dialect].includes(kind)))
}

/** The user and client of a credential, in the same shape for every kind. */
export type Principal = {
  kind: CredentialKind
  credentialId: string
  subject?: { id: string; number: number; handle: string }
  /** Replaces `subject` for a pairwise client, which must not learn the account. */
  pairwiseSubject?: string
  client?: { id: string; name: string }
  /** The scopes of the credential, limited to requested and known scopes. */
  scopes: Scope[]
  /** The credential has no own scopes, so it has all rights of its owner. */
  allScopes?: true
  audience: string[]
  /** Milliseconds since 1970. */
  issuedAt: number
  expiresAt?: number
  /**
   * Data that caches need: the grant whose end also ends the credential, and the networks from which the credential
   * may be used.
   */
  grantId?: string
  networks?: string[]
  /** The key under which use is counted, if the token has no row. */
  countedBy?: CountedBy
}

/** One rule of the check, its result, and the value that would have passed; the basis of "explain". */
export type Finding = { rule: string; passed: boolean; found?: string; needed?: string }

export type Verdict =
  | { active: true; principal: Principal; findings?: Finding[] }
  | { active: false; reason: Reason; credentialId?: string; countedBy?: CountedBy; findings?: Finding[] }

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)

/** A principal as JSON, for `POST /v1/verify`, `GET /v1/whoami` and the command line. */
export function principalFields({
  kind,
  credentialId,
  subject,
  client,
  pairwiseSubject,
  scopes,
  allScopes,
  audience,
  ...times
}: Principal) {
  return {
    kind: KINDS[kind].shown,
    credential_id: credentialId,
    subject: pairwiseSubject === undefined ? (subject ?? null) : { id: pairwiseSubject },
    client: client ? { client_id: client.id, name: client.name } : null,
    scopes,
    ...(allScopes && { all_scopes: true }),
    audience,
    issued_at: seconds(times.issuedAt),
    expires_at: times.expiresAt === undefined ? null : seconds(times.expiresAt),
  }
}
