import type { ReturnAddress } from '../../core/oauth/ways/way.ts'
import type { Refusal } from '../../model/refusal.ts'
import { describable, REFUSALS, type StandardError } from './standard-refusals.ts'

/*
 * The answer that travels to the application through the browser: RFC 6749 sections 4.1.2 and 4.1.2.1, with the issuer
 * in every one of them (RFC 9207), so that an application with several servers knows who answered.
 */

/** The errors of this answer: RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6 and RFC 8707 section 2. */
const ERRORS: ReadonlySet<StandardError> = new Set([
  'unsupported_response_type',
  'unauthorized_client',
  'invalid_scope',
  'invalid_target',
  'login_required',
  'consent_required',
  'access_denied',
  'temporarily_unavailable',
  'server_error',
] as const)
const WRAPPED: Partial<Record<string, string>> = {
  request: 'request_not_supported',
  request_uri: 'request_uri_not_supported',
}

export function errorFor({ code, facts }: Refusal): string {
  const { error } = REFUSALS[code]
  return WRAPPED[facts.parameter ?? ''] ?? (ERRORS.has(error) ? error : 'invalid_request')
}

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
