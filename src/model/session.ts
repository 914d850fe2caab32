import type { Act, Anonymous, UserActor } from './actor.ts'
import type { Credential } from './credential.ts'
import type { User } from './user.ts'

/** A signed-in browser. Its secret lives in a cookie; a session is a credential like any other and is revoked like one. */
export type Session = {
  credential: Credential
  user: User
  authenticatedAt: number
  /** Proves that a form came from our own page. */
  csrf: string
}

/** The browser that a request came from: perhaps signed in, and known by a cookie that only says "the same browser". */
export type Browser = { session?: Session; browser: string }

/** What is done in a browser, signed in or not. */
export type BrowserAct = Act<UserActor | Anonymous> & Browser
/** What a person does in a signed-in browser. */
export type SessionAct = Act<UserActor> & { session: Session }
