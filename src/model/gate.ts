import type { Scope } from './scope.ts'
import { type CredentialFamily, DIALECT_NAMES } from './verdict.ts'

/** What a proxy asks for on behalf of the API behind it, at `/forward-auth/gates/NAME`. Only staff define it. */
export type Gate = {
  /** One segment of a path, compared byte by byte. */
  name: string
  /** Absent: only credentials that name no audience pass. */
  audience?: string
  /** All of them must be held. */
  scopes: Scope[]
  /** Which credentials are accepted, and how a refusal is said. */
  profile: GateProfile
  preflights: Preflights
  createdAt: number
}

export const GATE_PROFILES = ['oauth', ...DIALECT_NAMES] as const
export type GateProfile = 'oauth' | CredentialFamily

/**
 * What becomes of a preflight of a browser (Fetch section 4.8), which never carries a credential. It is known by the
 * method of the check itself, or by X-Forwarded-Method where the proxy always writes that one.
 */
export const PREFLIGHTS = ['check', 'pass-by-method', 'pass-by-header'] as const
export type Preflights = (typeof PREFLIGHTS)[number]

/** Characters that no proxy encodes, decodes or takes for a dot segment (RFC 3986 sections 2.3 and 3.3). */
export const isGateName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._~-]{0,63}$/.test(name)
