import type { AuthenticationMethod } from '../../../model/credentials/credential.ts'
import type { Act, NamedActor } from '../../../model/users/actor.ts'
import type { Authenticator, MethodName } from '../../../model/users/authenticator.ts'
import type { User } from '../../../model/users/user.ts'
import type { World } from '../../world.ts'

/** A method to authenticate a user. The user's secrets are rows of `authenticators`; `sign-in-methods.ts` lists all methods. */
export type SignInMethod = {
  name: MethodName
  /** The name in sessions (OpenID Connect Core section 2: `amr`, RFC 8176). */
  amr: AuthenticationMethod
  /** `second`: required after the first step from users who have set it up. */
  step: 'first' | 'second'
  /**
   * True if the text has the form of this method's secrets. One field accepts all methods, and this function selects
   * one.
   */
  fits(presented: string): boolean
  /**
   * Verifies the text and spends a single-use secret. Takes the same time for unknown users and users without this method.
   */
  prove(needs: ProveNeeds, act: Act<NamedActor>, ask: AuthenticationAttempt): Promise<Proven>
}

/** The presented text, and the account's stored values to compare it with. */
export type AuthenticationAttempt = {
  user: User | undefined
  own: readonly Authenticator[]
  presented: string | undefined
}
export type Proven =
  /** `outdated`: the stored value should be replaced by one in the current format. */
  { is: 'right'; by: Authenticator; outdated?: boolean } | { is: 'missing' | 'not-set-up' | 'wrong' | 'used-before' }
export type ProveNeeds = Pick<World, 'users' | 'authenticators' | 'passwords' | 'vault' | 'now'>

/** The active authenticator of a method that allows one per user. */
export const activeOf = (own: readonly Authenticator[], method: MethodName): Authenticator | undefined =>
  own.find(one => one.method === method && one.state === 'active')
