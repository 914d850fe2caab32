import type { WireRequest } from '../../http/request.ts'
import type { Refusal, RefusalCode } from '../../model/refusals/refusal.ts'
import type { WireAnswer } from '../dialect.ts'
import { bearerChallenge, clientChallenge } from './challenges.ts'
import { noStore } from './tokens.ts'

/**
 * Statuses and errors of the standards: RFC 6749 sections 4.1.2.1 and 5.2, RFC 6750 section 3.1, RFC 7591 section 3.2.2, RFC 8707 section 2, OpenID Connect Core section
 * 3.1.2.6.
 */
export const REFUSALS = {
  'request-malformed': { status: 400, error: 'invalid_request' },
  'parameter-missing': { status: 400, error: 'invalid_request' },
  'parameter-repeated': { status: 400, error: 'invalid_request' },
  'parameter-invalid': { status: 400, error: 'invalid_request' },
  'media-type-unsupported': { status: 400, error: 'invalid_request' },
  'answer-unacceptable': { status: 406, error: 'invalid_request' },
  'body-too-large': { status: 413, error: 'invalid_request' },
  'headers-too-large': { status: 431, error: 'invalid_request' },
  'request-too-slow': { status: 408, error: 'invalid_request' },
  'not-found': { status: 404, error: 'not_found' },
  'method-not-allowed': { status: 405, error: 'invalid_request' },
  'client-unknown': { status: 401, error: 'invalid_client' },
  'client-proof-missing': { status: 401, error: 'invalid_client' },
  'client-proof-wrong': { status: 401, error: 'invalid_client' },
  'client-disabled': { status: 401, error: 'invalid_client' },
  'client-document-not-allowed': { status: 400, error: 'unauthorized_client' },
  'client-document-unfit': { status: 400, error: 'invalid_request' },
  'client-document-withdrawn': { status: 400, error: 'unauthorized_client' },
  'client-document-unreachable': { status: 503, error: 'temporarily_unavailable' },
  'client-methods-mixed': { status: 400, error: 'invalid_request' },
  'client-named-twice': { status: 400, error: 'invalid_request' },
  'session-missing': { status: 401, error: 'login_required' },
  'form-foreign': { status: 403, error: 'access_denied' },
  'form-outdated': { status: 403, error: 'access_denied' },
  'cookie-missing': { status: 403, error: 'access_denied' },
  'login-failed': { status: 401, error: 'access_denied' },
  'one-time-code-wrong': { status: 401, error: 'access_denied' },
  'second-factor-not-set-up': { status: 400, error: 'invalid_request' },
  'user-disabled': { status: 403, error: 'access_denied' },
  'redirect-missing': { status: 400, error: 'invalid_request' },
  'registration-blocked': { status: 403, error: 'access_denied' },
  'redirect-unfit': { status: 400, error: 'invalid_redirect_uri' },
  'client-metadata-unfit': { status: 400, error: 'invalid_client_metadata' },
  'software-statement-unsupported': { status: 400, error: 'invalid_software_statement' },
  'redirect-not-registered': { status: 400, error: 'invalid_request' },
  'response-type-unsupported': { status: 400, error: 'unsupported_response_type' },
  'pkce-required': { status: 400, error: 'invalid_request' },
  'pkce-method-unsupported': { status: 400, error: 'invalid_request' },
  'request-object-unfit': { status: 400, error: 'invalid_request_object' },
  'request-uri-unfit': { status: 400, error: 'invalid_request_uri' },
  'push-required': { status: 400, error: 'invalid_request' },
  'pushed-request-unknown': { status: 400, error: 'invalid_request_uri' },
  'device-code-unknown': { status: 400, error: 'invalid_grant' },
  'device-code-expired': { status: 400, error: 'expired_token' },
  'authorization-pending': { status: 400, error: 'authorization_pending' },
  'slow-down': { status: 400, error: 'slow_down' },
  'user-code-unknown': { status: 400, error: 'invalid_request' },
  'user-code-elsewhere': { status: 400, error: 'invalid_request' },
  'interaction-unknown': { status: 400, error: 'invalid_request' },
  'interaction-expired': { status: 400, error: 'invalid_request' },
  'interaction-answered': { status: 400, error: 'invalid_request' },
  'interaction-elsewhere': { status: 400, error: 'invalid_request' },
  'login-required': { status: 400, error: 'login_required' },
  'consent-required': { status: 400, error: 'consent_required' },
  'interaction-required': { status: 400, error: 'interaction_required' },
  'account-selection-required': { status: 400, error: 'account_selection_required' },
  'acr-unmet': { status: 400, error: 'unmet_authentication_requirements' },
  'consent-denied': { status: 400, error: 'access_denied' },
  'grant-type-unknown': { status: 400, error: 'unsupported_grant_type' },
  'grant-type-not-allowed': { status: 400, error: 'unauthorized_client' },
  'code-unknown': { status: 400, error: 'invalid_grant' },
  'code-spent': { status: 400, error: 'invalid_grant' },
  'redirect-mismatch': { status: 400, error: 'invalid_grant' },
  'verifier-missing': { status: 400, error: 'invalid_grant' },
  'verifier-wrong': { status: 400, error: 'invalid_grant' },
  'refresh-unknown': { status: 400, error: 'invalid_grant' },
  'refresh-reused': { status: 400, error: 'invalid_grant' },
  'grant-revoked': { status: 400, error: 'invalid_grant' },
  'scope-unknown': { status: 400, error: 'invalid_scope' },
  'key-consent-off': { status: 403, error: 'access_denied' },
  'scope-too-wide': { status: 400, error: 'invalid_scope' },
  'audience-unknown': { status: 400, error: 'invalid_target' },
  'credential-missing': { status: 401, error: 'invalid_token' },
  'credential-malformed': { status: 401, error: 'invalid_token' },
  'credential-unknown': { status: 401, error: 'invalid_token' },
  'credential-expired': { status: 401, error: 'invalid_token' },
  'credential-revoked': { status: 401, error: 'invalid_token' },
  'credential-disabled': { status: 401, error: 'invalid_token' },
  'credential-not-yours': { status: 400, error: 'invalid_grant' },
  'credentials-mixed': { status: 400, error: 'invalid_request' },
  'owner-disabled': { status: 403, error: 'access_denied' },
  'audience-wrong': { status: 401, error: 'invalid_token' },
  'scope-insufficient': { status: 403, error: 'insufficient_scope' },
  'dialect-wrong': { status: 403, error: 'access_denied' },
  'network-not-allowed': { status: 403, error: 'access_denied' },
  'user-required': { status: 403, error: 'access_denied' },
  'permission-missing': { status: 403, error: 'access_denied' },
  'user-unknown': { status: 404, error: 'not_found' },
  'name-taken': { status: 409, error: 'invalid_request' },
  'password-unfit': { status: 400, error: 'invalid_request' },
  'registration-closed': { status: 403, error: 'access_denied' },
  'invite-unknown': { status: 400, error: 'invalid_request' },
  'invite-expired': { status: 400, error: 'invalid_request' },
  'workspace-unclear': { status: 400, error: 'invalid_request' },
  'workspace-name-taken': { status: 409, error: 'invalid_request' },
  'workspace-unknown': { status: 400, error: 'invalid_request' },
  'administers-workspace': { status: 409, error: 'invalid_request' },
  'administers-model': { status: 409, error: 'invalid_request' },
  'state-conflict': { status: 409, error: 'invalid_request' },
  'idempotency-mismatch': { status: 409, error: 'invalid_request' },
  'rate-limited': { status: 429, error: 'temporarily_unavailable' },
  overloaded: { status: 503, error: 'temporarily_unavailable' },
  unavailable: { status: 503, error: 'temporarily_unavailable' },
  bug: { status: 500, error: 'server_error' },
} as const satisfies Record<RefusalCode, { status: number; error: string }>

export type StandardError = (typeof REFUSALS)[RefusalCode]['error']

/**
 * Builds the table of a dialect with its own words. A code uses its row in `byCode`, otherwise the row of its standard
 * error in `byError`. Missing fields come from the standard. The result covers all codes, because a new code does not
 * compile without a standard row.
 */
export function inOwnWords<Row extends object>(words: {
  byError: Partial<Record<StandardError, Row>>
  byCode: Partial<Record<RefusalCode, Row>>
}): Record<RefusalCode, Standard & Row> {
  const rows = Object.entries(REFUSALS).map(([code, standard]) => {
    const own = words.byCode[code as RefusalCode] ?? words.byError[standard.error]
    return [code, { ...standard, ...own }] as const
  })
  return Object.fromEntries(rows) as Record<RefusalCode, Standard & Row>
}
type Standard = { status: number; error: string }

export function refuseStandard(refusal: Refusal, request: WireRequest): WireAnswer {
  const { status, error }: Standard = REFUSALS[refusal.code]
  const challenge = error === 'invalid_client' ? clientChallenge(request) : bearerChallenge(refusal.code)
  return {
    status,
    headers: { ...noStore, ...(status === 401 && { 'www-authenticate': challenge }), ...factHeaders(refusal) },
    body: { error, error_description: describable(refusal.text) },
  }
}

/** Replaces characters that RFC 6749 section 5.2 forbids in `error_description`. */
export const describable = (text: string): string => text.replace(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/g, "'")

/** Headers for the facts of a refusal: allowed methods (RFC 9110 section 10.2.1) and the time to retry (section 10.2.3). */
export const factHeaders = ({ facts: { allow, retryAfterSeconds } }: Refusal): Record<string, string> => ({
  ...(allow && { allow: allow.join(', ') }),
  ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
})
