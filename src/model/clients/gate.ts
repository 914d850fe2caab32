import { type CredentialFamily, DIALECT_NAMES } from '../credentials/verdict.ts'
import type { Scope } from '../scopes/scope.ts'

/** The requirements that a proxy checks for the API behind it, at `/forward-auth/gates/NAME`. Only staff can define a gate. */
export type Gate = {
  /** One segment of a path, compared byte by byte. */
  name: string
  /** The audience that a credential must name; absent: only credentials without an audience pass. */
  audience?: string
  /** A credential must have all of these scopes. */
  scopes: Scope[]
  /** The accepted credentials and the format of refusals. */
  profile: GateProfile
  preflights: Preflights
  createdAt: number
}

export const GATE_PROFILES = ['oauth', ...DIALECT_NAMES] as const
export type GateProfile = 'oauth' | CredentialFamily

/**
 * How a gate treats a browser's preflight (Fetch section 4.8), which has no credential. The gate recognises a preflight
 * by the method of the check request, or by X-Forwarded-Method if the proxy always sets it.
 */
export const PREFLIGHTS = ['check', 'pass-by-method', 'pass-by-header'] as const
export type Preflights = (typeof PREFLIGHTS)[number]

/** Characters that no proxy encodes, decodes or treats as a dot segment (RFC 3986 sections 2.3 and 3.3). */
export const isGateName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._~-]{0,63}$/.test(name)
