import type { Client } from '../../../model/client.ts'
import type { RefusalCode } from '../../../model/refusal.ts'
import type { AuthorizationRequest, AuthorizeAsk } from './request.ts'
import * as check from './request-checks.ts'

/** Where applications ask for access: by the browser (RFC 6749), pushed before it (RFC 9126), for a device (RFC 8628). */
export type Endpoint = 'authorize' | 'par' | 'device'

/** One check: where it is made, the refusals it can end in, and what it adds to the request that is being understood. */
export type Check = {
  name: string
  at: readonly Endpoint[]
  refuses: readonly RefusalCode[]
  check: check.RequestCheck
}

const EVERYWHERE = ['authorize', 'par', 'device'] as const
/** Where the answer goes back through the browser. */
const REDIRECTING = ['authorize', 'par'] as const

/** In order. Client and address are known by now, so every refusal here is told to the application at its own address. */
export const CHECKS: readonly Check[] = [
  {
    name: 'every parameter stands once and is a text',
    at: EVERYWHERE,
    refuses: ['parameter-repeated', 'parameter-invalid'],
    check: check.readable,
  },
  {
    name: 'the request stands in its parameters',
    at: REDIRECTING,
    refuses: ['parameter-invalid'],
    check: check.unwrapped,
  },
  {
    name: 'pushed, where that is required',
    at: ['authorize'],
    refuses: ['push-required'],
    check: check.pushed,
  },
  {
    name: 'response type',
    at: REDIRECTING,
    refuses: ['parameter-missing', 'response-type-unsupported'],
    check: check.responseType,
  },
  { name: 'response mode', at: REDIRECTING, refuses: ['parameter-invalid'], check: check.responseMode },
  { name: 'grant type of the client', at: REDIRECTING, refuses: ['grant-type-not-allowed'], check: check.grantType },
  {
    name: 'PKCE',
    at: REDIRECTING,
    refuses: ['pkce-required', 'pkce-method-unsupported', 'parameter-invalid'],
    check: check.pkce,
  },
  { name: 'scope', at: EVERYWHERE, refuses: ['scope-unknown', 'scope-too-wide'], check: check.scope },
  { name: 'resource', at: EVERYWHERE, refuses: ['audience-unknown'], check: check.resource },
  { name: 'prompt and age of the sign-in', at: REDIRECTING, refuses: ['parameter-invalid'], check: check.signIn },
]

/** Runs the checks of an endpoint; what they return is the request as it will be stored and answered. */
export async function checkRequest(
  needs: check.CheckNeeds,
  at: Endpoint,
  client: Client,
  ask: AuthorizeAsk,
): Promise<CheckedRequest> {
  const request: CheckedRequest = {
    clientId: client.id,
    scopes: [],
    resources: [],
    signIn: { silent: false, anew: false },
    askAgain: ask.askAgain ?? false,
  }
  for (const one of CHECKS) if (one.at.includes(at)) Object.assign(request, await one.check(needs, client, ask))
  return request
}

/** All of a request but where the answer goes. */
export type CheckedRequest = Omit<AuthorizationRequest, 'way'>
