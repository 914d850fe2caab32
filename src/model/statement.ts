import type { Scope } from './scope.ts'
import { DAY } from './span.ts'

/** None lives longer, so what was ended early need not be remembered for ever. */
export const LONGEST_STATED = DAY

/** What an access token says that carries its own record, and is not stored. */
export type Statement = {
  /** 24 hex digits; also its credential id. */
  id: string
  /** Milliseconds since the epoch, both; the life between them is a whole number of seconds. */
  issuedAt: number
  expiresAt: number
  /** The grant it came from, or the client that acts for itself. */
  of: { grantId: string } | { clientNumber: number }
  /** Of its client at the time it was issued: the number of the line in the revocation log that last ended all of that client. */
  clientEpoch: number
  /** Where they differ from those of the grant or the client. */
  scopes?: Scope[]
  audience?: string[]
}

/** Beside every count of what was revoked. */
export const UNCOUNTED = 'Access tokens without a row ended with them; they are not counted.'
