import { sourceOf, type WireRequest } from '../../http/request.ts'
import type { Act, Anonymous, SelfRegistration } from '../../model/users/actor.ts'
import type { Caller } from '../dialect.ts'

/* Callers without authentication. */

/** The caller of documents that have the same content for everyone. */
export const anyone: Caller<undefined> = { name: 'anyone', prove: () => ({ who: undefined, concerns: {} }) }

/** The caller of requests before authentication: signing in, questions about a name, following a link. */
export const anonymous: Caller<Act<Anonymous>> = {
  name: 'anyone',
  prove: (_world, request) => ({ who: anonymousAct(request), concerns: {} }),
}

export const anonymousAct = (request: WireRequest): Act<Anonymous> => ({
  by: { is: 'anonymous' },
  from: sourceOf(request),
})

/** Registers an account or an application, if registration is open. */
export const selfRegistration: Caller<Act<SelfRegistration>> = {
  name: 'anyone',
  prove: (_world, request) => ({ who: registrationAct(request), concerns: {} }),
}

export const registrationAct = (request: WireRequest): Act<SelfRegistration> => ({
  by: { is: 'self-registration' },
  from: sourceOf(request),
})
