import type { Acr, ClaimsRequest } from '../../../model/clients/openid.ts'
import type { Refusal } from '../../../model/refusals/refusal.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import type { Way } from '../ways/way.ts'

/** The parameters of an authorization request, before any check. */
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
  /** RFC 8707: the requested resource servers. */
  resources: string[]
  /** The request as a signed JWT (RFC 9101), by value or by address. */
  object?: RequestObject
  /** The reference of a pushed request (RFC 9126 section 4), which replaces all other parameters. */
  pushed?: string
  /** OpenID Connect Core section 3.1.2.1: comes back in the id token. */
  nonce?: string
  /** The name that the person may sign in with. */
  loginHint?: string
  /** Language tags for the pages, with spaces between them. */
  uiLocales?: string
  idTokenHint?: string
  /** JSON (section 5.5). */
  claims?: string
  acrValues?: string
  /** Asks for consent even if it is remembered. */
  askAgain?: boolean
  /** The first invalid parameter. The application gets the refusal after its address was checked. */
  unreadable?: Refusal
}

/** A checked request, independent of the way of its answer. */
export type AccessRequest = {
  clientId: string
  scopes: Scope[]
  resources: string[]
  /** OpenID Connect Core section 3.1.2.1: conditions on the sign-in. Times count from the time of the request. */
  signIn: {
    /** The largest age of the sign-in in seconds. If the sign-in is older, the person must sign in again. */
    maxAge?: number
    /** Forbids all pages (`prompt=none`). */
    silent: boolean
    /** Requires a new sign-in despite a session. */
    anew: boolean
    loginHint?: string
  }
  /** The `sub` of the person who must answer (sections 3.1.2.2 and 5.5.1). */
  subject?: string
  /** The wanted classes of the sign-in; `essential`: one of them must be met. */
  context?: { values: Acr[]; essential: boolean }
  /** The claims that the request names individually and the client may read. */
  claims?: ClaimsRequest
  /** Asks for consent even if it is remembered. */
  askAgain: boolean
}

/** A request that waits for a person, with the way of its answer. */
export type AuthorizationRequest = AccessRequest & {
  way: Way
  /** RFC 7636, method S256. */
  challenge?: string
  nonce?: string
}

/** A request object: its text or its address. `read` parses its members in the same way as the parameters of a form. */
export type RequestObject = {
  text?: string
  uri?: string
  read(members: Readonly<Record<string, string | string[]>>): AuthorizeAsk
}
