import type { Client, ResourceServer } from '../clients/client.ts'
import type { Scope } from '../scopes/scope.ts'
import type { Source } from '../source.ts'
import type { User } from './user.ts'

/** The actor of a request. Permissions depend only on the kind of the actor (core/authority.ts). */
export type Actor = OperatorActor | SystemActor | UserActor | ClientActor | SelfRegistration | Anonymous

/** A person at the command line of the server's machine; has every permission. */
export type OperatorActor = { is: 'operator' }
/** The server itself: retention, start, checks without an API. Has no permission. */
export type SystemActor = { is: 'system' }
/** A user. With `scopes` the user acts through a credential with these scopes; without, on pages of this server with all rights of the role. */
export type UserActor<Known = User> = {
  is: 'user'
  user: Known
  scopes?: readonly Scope[]
  credentialId?: string
  /** The time of the latest authentication, for this session or before this token was issued. */
  signedInAt?: number
  /** The application that acts for the user. */
  clientId?: string
}
/** An authenticated client, or one of its own tokens with `scopes`. */
export type ClientActor<Known = Client> = {
  is: 'client'
  client: Known
  scopes?: readonly Scope[]
  credentialId?: string
}
/** A client that acts for the resource server to which it belongs. */
export type ResourceActor = ClientActor & { resource: ResourceServer }
/** Creates an account or an application if registration is open. This actor cannot assign a management scope or a role. */
export type SelfRegistration = { is: 'self-registration' }
/** A caller before authentication, who signs in or follows a link. Has no permission. */
export type Anonymous = { is: 'anonymous' }

/** A user in decisions about the user's own things; only the id counts. */
export type Oneself = UserActor<Pick<User, 'id'>>
/** The part of an actor that the journal needs. */
export type NamedActor = Exclude<Actor, UserActor | ClientActor> | Oneself | ClientActor<Pick<Client, 'id'>>

/** The second argument of every decision: the actor and the source of the request. */
export type Act<By extends NamedActor = Actor> = { by: By; from: Source }

export const OPERATOR: Act<OperatorActor> = { by: { is: 'operator' }, from: {} }
export const SYSTEM: Act<SystemActor> = { by: { is: 'system' }, from: {} }

/** Returns the name of an actor in logs and the journal. */
export function nameOf(by: NamedActor): string {
  if (by.is === 'user') return by.user.id
  return by.is === 'client' ? by.client.id : by.is
}
