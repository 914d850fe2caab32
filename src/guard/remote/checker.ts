import type { Presented } from '../../model/credentials/presented.ts'
import type { AcceptedDialects, Verdict } from '../../model/credentials/verdict.ts'
import type { Revocation } from '../../model/journal.ts'
import type { Scope } from '../../model/scopes/scope.ts'

/** The interface that judges a credential: a server in this process, a connection to a server, or the issuer of a test. */
export type Checker = {
  /** Returns a cached verdict synchronously. Rejects with `Unavailable` if no server answers. */
  check(ask: GuardAsk): Verdict | Promise<Verdict>
  /**
   * Calls `listener` for each entry of the revocation log; with `undefined` if every earlier verdict must be asked for
   * again. Returns a function that stops the calls.
   */
  onChange?(listener: (revoked: RevokedSubject | undefined) => void): () => void
  /** The issuer of the tokens, for the document of an API (RFC 9728). Rejects with `Unavailable` if no server can be asked. */
  readonly issuer?: string | (() => string | Promise<string>)
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
  /** The id of the request, under which the server journals a refusal. */
  requestId?: () => string
}
