import type { CredentialKind } from '../../model/credential.ts'
import { covers, type Scope } from '../../model/scope.ts'
import type { Principal } from '../../model/verdict.ts'

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

export function authOf(principal: Principal, raw: string): Auth {
  const { kind, subject, client, credentialId, audience, issuedAt, expiresAt } = principal
  const whole = kind === 'access-token' ? client !== undefined : subject !== undefined
  if (!KINDS_OF_AUTH.includes(kind) || !whole) throw new Error(`a credential of kind ${kind} opens no API`)
  const auth = {
    kind,
    credentialId,
    scopes: new Scopes(principal.scopes),
    audience,
    issuedAt: new Date(issuedAt),
    ...(subject && { subject }),
    ...(client && { client }),
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }),
  }
  return Object.defineProperty(auth, 'raw', { value: raw, enumerable: false }) as unknown as Auth
}
