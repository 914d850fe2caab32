import type { Act, Anonymous, UserActor } from './actor.ts'
import type { Authentication, Credential } from './credential.ts'
import type { User } from './user.ts'

/** A signed-in browser. Its secret lives in a cookie; a session is a credential like any other and is revoked like one. */
export type Session = {
  credential: Credential<'session'>
  user: User
  authentication: Authentication
  /** When its person last proved who they are: at the sign-in, or when they were asked again since. */
  provenAt: number
  /** Proves that a form came from our own page. */
  csrf: string
}

/** The browser that a request came from, perhaps signed in. */
export type Browser = {
  session?: Session
  /**
   * Cookies that only say "the same browser". Tabs that opened in the same moment were given one each, and any of them
   * will do; what is new is marked with the first.
   */
  marks: readonly [string, ...string[]]
  /** `missing`: the mark is new, because this request came without one. */
  cookie: 'sent' | 'missing'
}

/** What is done in a browser, signed in or not. */
export type BrowserAct = Act<UserActor | Anonymous> & Browser
/** What a person does in a signed-in browser. */
export type SessionAct = Act<UserActor> & { session: Session }
