import type { TokenRequest } from '../../src/core/oauth/issue-tokens.ts'
import { Params } from '../../src/http/params.ts'
import type { Client } from '../../src/model/clients/client.ts'
import type { Act, Anonymous, ClientActor, SelfRegistration, UserActor } from '../../src/model/users/actor.ts'
import type { BrowserAct, Session, SessionAct } from '../../src/model/users/session.ts'
import type { User } from '../../src/model/users/user.ts'
import { tokenRequest as readRequest } from '../../src/wire/oauth/tokens.ts'

/* Who acts, for tests that call a decision without a request. */

export const ANONYMOUS: Act<Anonymous> = { by: { is: 'anonymous' }, from: {} }

export const SELF_REGISTRATION: Act<SelfRegistration> = { by: { is: 'self-registration' }, from: {} }

/** A person; with `scopes` through a credential that carries these. */
export const asUser = (user: User, scopes?: readonly string[]): Act<UserActor> => ({
  by: { is: 'user', user, ...(scopes && { scopes }) },
  from: {},
})

export const asClient = (client: Client): Act<ClientActor> => ({ by: { is: 'client', client }, from: {} })

/** A browser in which nobody is signed in. */
export const inBrowser = (mark: string): BrowserAct => ({ ...ANONYMOUS, marks: [mark], cookie: 'sent' })

/** A browser in which this person is signed in. */
export const signedIn = (mark: string, session: Session): BrowserAct & SessionAct => ({
  ...asUser(session.user),
  marks: [mark],
  cookie: 'sent',
  session,
})

/** A request to the token endpoint, as it is decoded from a form. */
export const tokenRequest = (grant_type: string, more: Record<string, string | string[]> = {}): TokenRequest =>
  readRequest(new Params({ grant_type, ...more }))
