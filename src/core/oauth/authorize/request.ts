import type { Refusal } from '../../../model/refusal.ts'
import type { Scope } from '../../../model/scope.ts'
import type { Way } from '../ways/way.ts'

/** What an application asked for, as read. Nothing here has been judged yet. */
export type AuthorizeAsk = {
  clientId: string
  redirectUri?: string
  state?: string
  responseType?: string
  responseMode?: string
  scopes?: Scope[]
  challenge?: string
  challengeMethod?: string
  /** OpenID Connect Core section 3.1.2.1: `none`, `login`, `consent`, `select_account`. */
  prompt: string[]
  maxAge?: string
  /** RFC 8707: the resource servers the token is for. */
  resources: string[]
  /** A parameter that carries the request by itself (RFC 9101), which is not supported. */
  wrapped?: 'request' | 'request_uri'
  /** The reference of a request that was pushed (RFC 9126 section 4); nothing else of the ask counts then. */
  pushed?: string
  /** Ask for consent even where it is remembered. */
  askAgain?: boolean
  /** The first parameter that could not be read. The refusal goes to the application, once its address is known to be right. */
  unreadable?: Refusal
}

/** What an application asks a person for, whichever way the answer goes; every check has passed. */
export type AccessRequest = {
  clientId: string
  scopes: Scope[]
  resources: string[]
  /** OpenID Connect Core section 3.1.2.1: what is asked of the sign-in. Times count from when the request was made. */
  signIn: {
    /** Seconds; an older sign-in is repeated. */
    maxAge?: number
    /** No page may be shown (`prompt=none`). */
    silent: boolean
    /** Sign in once more, however young the session is. */
    anew: boolean
  }
  /** Ask for consent even where it is remembered. */
  askAgain: boolean
}

/** A request that waits for a person, with the way on which its answer goes. */
export type AuthorizationRequest = AccessRequest & {
  way: Way
  /** RFC 7636, method S256. */
  challenge?: string
}
