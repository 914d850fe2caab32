import type { CredentialKind } from '../../model/credentials/credential.ts'
import type { Principal } from '../../model/credentials/verdict.ts'
import { covers, type Scope } from '../../model/scopes/scope.ts'
import type { AuthError } from '../answer/auth-error.ts'
import type { Carried } from '../request/presented.ts'

/*
 * The principal of a request that passed. The type is a union by `kind`, so TypeScript knows which kinds always have a
 * user and which have an application.
 */

export type Subject = { id: string; number: number; handle: string }
export type Application = { id: string; name: string }

type Common = {
  /** The public id of the credential, safe to log. The secret is in `raw`. */
  readonly credentialId: string
  readonly scopes: Scopes
  /** Resource servers that the credential names; empty: the credential is valid at each resource server that is not strict. */
  readonly audience: readonly string[]
  readonly issuedAt: Date
  readonly expiresAt?: Date
  /** The secret as presented. Not enumerable, so logs and JSON do not contain it. */
  readonly raw: string
}
type Owned<Kind> = Common & { readonly kind: Kind; readonly subject: Subject; readonly client?: Application }

export type Auth =
  /** If there is no subject, the application acts for itself (client credentials). */
  | (Common & { readonly kind: 'access-token'; readonly subject?: Subject; readonly client: Application })
  | Owned<'api-key'>
  | Owned<'application-token'>
  | Owned<'user-token'>
  | Owned<'token-pair'>

export type AuthKind = Auth['kind']

/** The scopes of a credential. `has` follows the declared hierarchy: `read` covers `read:accounts`, but `read:accounts` does not cover `read`. */
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

/**
 * Functions of the guard for a request that it has admitted: `deny` makes a refusal in the format of the route,
 * `keep` watches the credential.
 */
export type Further = {
  deny(problem: 'scope-insufficient' | 'dialect-wrong', admission: Admission, scopes?: readonly Scope[]): AuthError
  keep(admission: Admission, tell: (error: AuthError) => void): () => void
}
/** The admitted request, and the number of changes that the watch had counted before the check. */
export type Admission = {
  principal: Principal
  carried: Carried
  ip: string | undefined
  since: number
  requestId: () => string
}

/** A class with private fields, so that logs, JSON and copies contain neither the secret nor the state of the guard. */
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

  /** Returns a value only for an `Auth` that a guard made, so a look-alike object is rejected. */
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
