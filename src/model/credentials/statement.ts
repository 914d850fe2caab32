import type { Scope } from '../scopes/scope.ts'
import { DAY } from '../span.ts'

/** The longest lifetime of a statement, so that an early end need not be remembered longer than that. */
export const LONGEST_STATED = DAY

/** The content of an access token that contains its own record and has no row. */
export type Statement = {
  /** The id of the token, 24 hex digits, which is also its credential id. */
  id: string
  /** The times of issue and expiry in milliseconds since 1970; their difference is a whole number of seconds. */
  issuedAt: number
  expiresAt: number
  /** The grant from which the token was issued, or the client that acts for itself. */
  of: { grantId: string } | { clientNumber: number }
  /** The epoch of its client at the time of issue: the line of the revocation log that last ended everything of that client. */
  clientEpoch: number
  /** The scopes and audiences, present only if they differ from those of the grant or the client. */
  scopes?: Scope[]
  audience?: string[]
}

/** A sentence next to every count of revoked credentials. */
export const UNCOUNTED = 'Access tokens without a row ended with them; they are not counted.'
