import type { ReturnAddress } from '../../core/oauth/ways/way.ts'
import type { Refusal } from '../../model/refusals/refusal.ts'
import { describable, REFUSALS, type StandardError } from './standard-refusals.ts'

/*
 * The response to an application through the browser: RFC 6749 sections 4.1.2 and 4.1.2.1. It always contains the issuer
 * (RFC 9207), so that an application with several servers knows which one answered.
 */

/** Errors of this response: RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6 and RFC 8707 section 2. */
const ERRORS: ReadonlySet<StandardError> = new Set([
  'unsupported_response_type',
  'unauthorized_client',
  'invalid_scope',
  'invalid_target',
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
  'unmet_authentication_requirements',
  'invalid_request_object',
  'invalid_request_uri',
  'access_denied',
  'temporarily_unavailable',
  'server_error',
] as const)
export function errorFor({ code }: Refusal): string {
  const { error } = REFUSALS[code]
  return ERRORS.has(error) ? error : 'invalid_request'
}

/**
 * Appends the response to the registered address and keeps the query of the address (section 3.1.2). `state` is returned
 * unchanged.
 */
export function returnTo(issuer: string, to: ReturnAddress, answer: Answer): string {
  const pairs = answerPairs(issuer, to, answer)
  const glue = !to.redirectUri.includes('?') ? '?' : /[?&]$/.test(to.redirectUri) ? '' : '&'
  return to.redirectUri + glue + pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
}

/** The parameters of the response, in the same form for every way to send it. */
export function answerPairs(issuer: string, to: ReturnAddress, answer: Answer): [string, string][] {
  const pairs: [string, string][] =
    'code' in answer
      ? [['code', answer.code]]
      : [
          ['error', errorFor(answer.refusal)],
          ['error_description', describable(answer.refusal.text)],
        ]
  if (to.state !== undefined) pairs.push(['state', to.state])
  pairs.push(['iss', issuer])
  return pairs
}

type Answer = { code: string } | { refusal: Refusal }

/** The host for display; empty for a private scheme. */
export const hostOf = (redirectUri: string): string =>
  /^https?:/i.test(redirectUri) && URL.canParse(redirectUri) ? new URL(redirectUri).host : ''
