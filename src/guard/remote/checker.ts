import type { Revocation } from '../../model/journal.ts'
import type { Presented } from '../../model/presented.ts'
import type { Scope } from '../../model/scope.ts'
import type { AcceptedDialects, Verdict } from '../../model/verdict.ts'

/** What can judge a credential: the server itself, a connection to it, or a test's issuer. */
export type Checker = {
  /** At once, where the answer is remembered. Rejects with `Unavailable` when no server can be asked. */
  check(ask: GuardAsk): Verdict | Promise<Verdict>
  /**
   * Tells what the revocation log says has fallen, and `undefined` when nothing that was good can be relied on without
   * asking again. Returns what stops it.
   */
  onChange?(listener: (revoked: RevokedSubject | undefined) => void): () => void
  close?(): void | Promise<void>
}

export type RevokedSubject = Pick<Revocation, 'subject' | 'subjectId'>

export type GuardAsk = {
  presented: Presented
  scopes?: readonly Scope[]
  audience?: string
  dialects?: AcceptedDialects
  /** Address of the caller, for credentials that are bound to networks. */
  ip?: string
  /** The id of the request, under which a refusal is noted. */
  requestId?: () => string
}
