import type { CredentialKind } from '../../model/credential.ts'
import { covers, type Scope } from '../../model/scope.ts'
import type { Principal } from '../../model/verdict.ts'
import type { AuthError } from '../answer/auth-error.ts'
import type { Carried } from '../request/presented.ts'

/*
 * Who stands behind a request that passed. A union by `kind`, so that TypeScript knows which kinds always have a
 * person behind them and which have an application.
 */

export type Subject = { id: string; number: number; handle: string }
export type Application = { id: string; name: string }

type Common = {
  /** Public and safe to log; never the secret. */
  readonly credentialId: string
  readonly scopes: Scopes
  /** Resource servers it names; empty: good for every one that is not strict. */
  readonly audience: readonly string[]
  readonly issuedAt: Date
  readonly expiresAt?: Date
  /** The secret as it was presented. Not enumerable: it shows in no log and no JSON. */
  readonly raw: string
}
type Owned<Kind> = Common & { readonly kind: Kind; readonly subject: Subject; readonly client?: Application }

export type Auth =
  /** Without a subject the application acts for itself (client credentials). */
  | (Common & { readonly kind: 'access-token'; readonly subject?: Subject; readonly client: Application })
  | Owned<'api-key'>
  | Owned<'application-token'>
  | Owned<'user-token'>
  | Owned<'token-pair'>

export type AuthKind = Auth['kind']

/** The scopes of a credential, with the declared hierarchy: `read` has `read:accounts`, never the other way round. */
export class Scopes implements Iterable<Scope> {
  readonly #held: readonly Scope[]

  constructor(held: readonly Scope[]) {
    this.#held = held
  }

  has(scope: Scope): boolean {
    return covers(this.#held, scope)
  }

  every(scopes: readonly Scope[]): boolean {
    return scopes.every(scope => covers(this.#held, scope))
  }

  some(scopes: readonly Scope[]): boolean {
    return scopes.some(scope => covers(this.#held, scope))
  }

  [Symbol.iterator](): Iterator<Scope> {
    return this.#held[Symbol.iterator]()
  }

  toJSON(): readonly Scope[] {
    return this.#held
  }

  toString(): string {
    return this.#held.join(' ')
  }
}

export const KINDS_OF_AUTH: readonly CredentialKind[] = [
  'access-token',
  'api-key',
  'application-token',
  'user-token',
  'token-pair',
] satisfies AuthKind[]

/** What the guard that admitted a request does later: refuses in the words of its route, and watches its credential. */
export type Further = {
  deny(problem: 'scope-insufficient' | 'dialect-wrong', admission: Admission, scopes?: readonly Scope[]): AuthError
  keep(admission: Admission, tell: (error: AuthError) => void): () => void
}
/** Of which request, and how much had changed before it was checked. */
export type Admission = {
  principal: Principal
  carried: Carried
  ip: string | undefined
  since: number
  requestId: () => string
}

/** A class for its private fields: the secret and what the guard keeps show in no log, no JSON and no copy. */
class Admitted {
  readonly kind: CredentialKind
  readonly credentialId: string
  readonly scopes: Scopes
  readonly audience: readonly string[]
  readonly issuedAt: Date
  declare readonly subject?: Subject
  declare readonly client?: Application
  declare readonly expiresAt?: Date
  readonly #raw: string
  readonly #further: Further
  readonly #admission: Admission

  constructor(raw: string, further: Further, admission: Admission) {
    const { kind, subject, client, credentialId, scopes, audience, issuedAt, expiresAt } = admission.principal
    this.kind = kind
    this.credentialId = credentialId
    this.scopes = new Scopes(scopes)
    this.audience = audience
    this.issuedAt = new Date(issuedAt)
    if (subject) this.subject = subject
    if (client) this.client = client
    if (expiresAt !== undefined) this.expiresAt = new Date(expiresAt)
    this.#raw = raw
    this.#further = further
    this.#admission = admission
  }

  get raw(): string {
    return this.#raw
  }

  /** Of what a guard let through, and of nothing that looks like it. */
  static further(auth: object | null | undefined): { further: Further; admission: Admission } | undefined {
    return auth && #further in auth ? { further: auth.#further, admission: auth.#admission } : undefined
  }
}

export const furtherOf = Admitted.further

export function authOf(raw: string, further: Further, admission: Admission): Auth {
  const { kind, client, subject } = admission.principal
  const whole = kind === 'access-token' ? client !== undefined : subject !== undefined
  if (!KINDS_OF_AUTH.includes(kind) || !whole) throw new Error(`a credential of kind ${kind} opens no API`)
  return new Admitted(raw, further, admission) as Auth
}
