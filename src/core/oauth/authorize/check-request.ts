import type { Client } from '../../../model/clients/client.ts'
import type { RefusalCode } from '../../../model/refusals/refusal.ts'
import * as openid from './openid-checks.ts'
import type { AuthorizationRequest, AuthorizeAsk } from './request.ts'
import * as check from './request-checks.ts'

/** Endpoints for authorization requests: by the browser (RFC 6749), pushed (RFC 9126), for a device (RFC 8628). */
export type Endpoint = 'authorize' | 'par' | 'device'

/** A check with its endpoints, its possible refusals, and a function that returns fields of the checked request. */
export type Check = {
  name: string
  at: readonly Endpoint[]
  refuses: readonly RefusalCode[]
  check: check.RequestCheck
}

const EVERYWHERE = ['authorize', 'par', 'device'] as const
/** Endpoints whose answer goes through the browser. */
const REDIRECTING = ['authorize', 'par'] as const

/**
 * All checks, in the order in which they run. Client and address were checked before, so every refusal is an answer
 * to the application.
 */
export const CHECKS: readonly Check[] = [
  {
    name: 'every parameter stands once and is a text',
    at: EVERYWHERE,
    refuses: ['parameter-repeated', 'parameter-invalid'],
    check: check.readable,
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
  { name: 'nonce', at: REDIRECTING, refuses: ['parameter-invalid'], check: openid.nonce },
  { name: 'hint of an id token', at: REDIRECTING, refuses: ['parameter-invalid'], check: openid.hint },
  { name: 'claims and context', at: REDIRECTING, refuses: ['parameter-invalid', 'acr-unmet'], check: openid.claims },
  { name: 'prompt and age of the sign-in', at: REDIRECTING, refuses: ['parameter-invalid'], check: check.signIn },
]

/** Runs the checks of an endpoint. Their results together are the request to store and answer. */
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

/** The checked request, without the way of its answer. */
export type CheckedRequest = Omit<AuthorizationRequest, 'way'>
