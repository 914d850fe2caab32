import type { Authentication, Credential } from '../credentials/credential.ts'
import type { Act, Anonymous, UserActor } from './actor.ts'
import type { User } from './user.ts'

/** A signed-in browser. A cookie contains its secret; a session is a credential and can be revoked like one. */
export type Session = {
  credential: Credential<'session'>
  user: User
  authentication: Authentication
  /** The latest authentication of the user: at sign-in, or later when the server asked again. */
  provenAt: number
  /** Proves that a form came from a page of this server. */
  csrf: string
}

/** The id that stays the same when the person signs in again in the same browser. Grants and the claim `sid` use it. */
export const rootOf = ({ id, data }: Credential<'session'>): string => data.root ?? id

/** The browser of a request, signed in or not. */
export type Browser = {
  session?: Session
  /**
   * Cookies that recognise the same browser. Tabs opened at the same moment each got a cookie. The server accepts each
   * of these cookies, and uses the first for new data.
   */
  marks: readonly [string, ...string[]]
  /** `missing`: the mark is new, because the request had no cookie. */
  cookie: 'sent' | 'missing'
}

/** An action in a browser, signed in or not. */
export type BrowserAct = Act<UserActor | Anonymous> & Browser
/** An action of a user in a signed-in browser. */
export type SessionAct = Act<UserActor> & { session: Session }
