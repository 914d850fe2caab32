import type { Client, ResourceServer } from './client.ts'
import type { Scope } from './scope.ts'
import type { Source } from './source.ts'
import type { User } from './user.ts'

/** Who acts. The kind decides what is permitted (core/authority.ts); the type of an argument never does. */
export type Actor = OperatorActor | SystemActor | UserActor | ClientActor | SelfRegistration | Anonymous

/** The command line at the machine itself: every permission. */
export type OperatorActor = { is: 'operator' }
/** The server on its own account: retention, start, checks that no API asked for. No permission. */
export type SystemActor = { is: 'system' }
/** A person: with `scopes` through a credential that carries them, without on our own pages, with the whole role. */
export type UserActor<Known = User> = {
  is: 'user'
  user: Known
  scopes?: readonly Scope[]
  credentialId?: string
  /** When they proved who they are, for this session or to get this token. */
  signedInAt?: number
  /** The application that acts in their name. */
  clientId?: string
}
/** A client that proved itself, or a token of its own that carries `scopes`. */
export type ClientActor<Known = Client> = {
  is: 'client'
  client: Known
  scopes?: readonly Scope[]
  credentialId?: string
}
/** A client that asks for the resource server it belongs to. */
export type ResourceActor = ClientActor & { resource: ResourceServer }
/** Makes an account or an application where registration is open. Never a management scope, never a role. */
export type SelfRegistration = { is: 'self-registration' }
/** A caller before any proof: signing in, following a link. No permission. */
export type Anonymous = { is: 'anonymous' }

/** A user, in decisions about what is theirs: the id alone counts. */
export type Oneself = UserActor<Pick<User, 'id'>>
/** An actor as far as the journal names it. */
export type NamedActor = Exclude<Actor, UserActor | ClientActor> | Oneself | ClientActor<Pick<Client, 'id'>>

/** The second argument of every decision: who acts, and from where. */
export type Act<By extends NamedActor = Actor> = { by: By; from: Source }

export const OPERATOR: Act<OperatorActor> = { by: { is: 'operator' }, from: {} }
export const SYSTEM: Act<SystemActor> = { by: { is: 'system' }, from: {} }

/** How logs and the journal name an actor. */
export function nameOf(by: NamedActor): string {
  if (by.is === 'user') return by.user.id
  return by.is === 'client' ? by.client.id : by.is
}
