import type { ReturnAddress } from '../../core/oauth/authorize/request.ts'
import type { Refusal, RefusalCode } from '../../model/refusal.ts'
import { describable } from './standard-refusals.ts'

/*
 * The answer that travels to the application through the browser: RFC 6749 sections 4.1.2 and 4.1.2.1, with the issuer
 * in every one of them (RFC 9207), so that an application with several servers knows who answered.
 */

/** Codes of RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6 and RFC 8707 section 2. */
const ERRORS: Partial<Record<RefusalCode, string>> = {
  'response-type-unsupported': 'unsupported_response_type',
  'grant-type-not-allowed': 'unauthorized_client',
  'scope-unknown': 'invalid_scope',
  'scope-too-wide': 'invalid_scope',
  'audience-unknown': 'invalid_target',
  'login-required': 'login_required',
  'consent-required': 'consent_required',
  'consent-denied': 'access_denied',
  overloaded: 'temporarily_unavailable',
  unavailable: 'temporarily_unavailable',
  'rate-limited': 'temporarily_unavailable',
  bug: 'server_error',
}
const WRAPPED: Partial<Record<string, string>> = {
  request: 'request_not_supported',
  request_uri: 'request_uri_not_supported',
}

export const errorFor = ({ code, facts }: Refusal): string =>
  WRAPPED[facts.parameter ?? ''] ?? ERRORS[code] ?? 'invalid_request'

/** The registered address with the answer appended; a query that it has is kept (section 3.1.2). `state` comes back as it came. */
export function returnTo(issuer: string, to: ReturnAddress, answer: { code: string } | { refusal: Refusal }): string {
  const pairs: [string, string][] =
    'code' in answer
      ? [['code', answer.code]]
      : [
          ['error', errorFor(answer.refusal)],
          ['error_description', describable(answer.refusal.text)],
        ]
  if (to.state !== undefined) pairs.push(['state', to.state])
  pairs.push(['iss', issuer])
  const glue = !to.redirectUri.includes('?') ? '?' : /[?&]$/.test(to.redirectUri) ? '' : '&'
  return to.redirectUri + glue + pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
}

/** The host a person may recognise; empty for an application's own scheme. */
export const hostOf = (redirectUri: string): string =>
  /^https?:/i.test(redirectUri) && URL.canParse(redirectUri) ? new URL(redirectUri).host : ''
