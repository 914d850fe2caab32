import type { Act, NamedActor } from '../../../model/actor.ts'
import type { Authenticator, MethodName } from '../../../model/authenticator.ts'
import type { AuthenticationMethod } from '../../../model/credential.ts'
import type { User } from '../../../model/user.ts'
import type { World } from '../../world.ts'

/** A way to prove who signs in. What a user has of it are rows of `authenticators`; the list of all is `sign-in-methods.ts`. */
export type SignInMethod = {
  name: MethodName
  /** How sessions name it (OpenID Connect Core section 2: `amr`, RFC 8176). */
  amr: AuthenticationMethod
  /** `second`: asked for after the first, of those who have set one up. */
  step: 'first' | 'second'
  /** Whether a text has the form of its secrets: the person types into one field, and one method judges it. */
  fits(presented: string): boolean
  /** Compares, and uses up what is good once. Takes as long for a user who has nothing of this method, or does not exist. */
  prove(needs: ProveNeeds, act: Act<NamedActor>, ask: AuthenticationAttempt): Promise<Proven>
}

/** What a claimant of this account presents, and what the account has to compare it with. */
export type AuthenticationAttempt = {
  user: User | undefined
  own: readonly Authenticator[]
  presented: string | undefined
}
export type Proven =
  /** `outdated`: what is stored should be stored anew in the form of today. */
  { is: 'right'; by: Authenticator; outdated?: boolean } | { is: 'missing' | 'not-set-up' | 'wrong' | 'used-before' }
export type ProveNeeds = Pick<World, 'users' | 'authenticators' | 'passwords' | 'vault' | 'now'>

/** The one that counts now, of a method of which a user has one. */
export const activeOf = (own: readonly Authenticator[], method: MethodName): Authenticator | undefined =>
  own.find(one => one.method === method && one.state === 'active')
