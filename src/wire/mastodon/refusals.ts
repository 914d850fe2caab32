import type { Refusal, RefusalCode } from '../../model/refusal.ts'
import type { WireAnswer } from '../dialect.ts'
import { readParams, type WireRequest } from '../kit/request.ts'

// Doorkeeper's sentences, which clients have been showing to people for years.
const CLIENT =
  'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.'
const GRANT =
  'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.'
const GRANT_TYPE = 'The authorization grant type is not supported by the authorization server.'
const TOKEN = 'The access token is invalid'
const SCOPE = 'This action is outside the authorized scopes'
const DISABLED = 'Your login is currently disabled'
const NOT_ALLOWED = 'This action is not allowed'

/** GoToSocial's, which names what was asked for. */
const notCovered = (parameter: string, called: string) => (request: WireRequest) =>
  `requested ${called} ${asked(request, parameter)} was not covered by client ${called}${called === 'scope' ? '' : 's'}`
const asked = (request: WireRequest, name: string): string => {
  const given = readParams(request, 'form', 'multipart', 'json').one(name) ?? ''
  return given.length > 200 ? `${given.slice(0, 200)}…` : given
}

type Text = string | ((request: WireRequest) => string)

/**
 * How this family says no. One status and one sentence for each code; on `/oauth` they come as an error of RFC 6749,
 * everywhere else as `{"error": sentence}`. Without a sentence of its own, a refusal speaks for itself.
 */
export const REFUSALS: Record<RefusalCode, { status: number; error: string; api?: number; text?: Text }> = {
  'request-malformed': { status: 400, error: 'invalid_request' },
  'parameter-missing': { status: 400, error: 'invalid_request', api: 422 },
  'parameter-repeated': { status: 400, error: 'invalid_request', api: 422 },
  'parameter-invalid': { status: 400, error: 'invalid_request', api: 422 },
  'media-type-unsupported': { status: 415, error: 'invalid_request' },
  'body-too-large': { status: 413, error: 'invalid_request' },
  'not-found': { status: 404, error: 'not_found', text: 'Not Found' },
  'method-not-allowed': { status: 405, error: 'invalid_request', text: 'Method Not Allowed' },
  'client-unknown': { status: 401, error: 'invalid_client', text: CLIENT },
  'client-proof-missing': { status: 401, error: 'invalid_client', text: CLIENT },
  'client-proof-wrong': { status: 401, error: 'invalid_client', text: CLIENT },
  'client-disabled': { status: 401, error: 'invalid_client', text: CLIENT },
  'client-methods-mixed': { status: 400, error: 'invalid_request' },
  'session-missing': { status: 401, error: 'access_denied' },
  'forgery-suspected': { status: 403, error: 'access_denied' },
  'login-failed': { status: 401, error: 'access_denied', text: 'Unauthorized: old password was incorrect' },
  'one-time-code-wrong': { status: 401, error: 'access_denied' },
  'second-factor-not-set-up': { status: 400, error: 'invalid_request' },
  'user-disabled': { status: 403, error: 'access_denied', text: DISABLED },
  'redirect-missing': { status: 400, error: 'invalid_request', text: 'Missing required parameter: redirect_uri.' },
  'redirect-not-registered': { status: 400, error: 'invalid_grant', text: notCovered('redirect_uri', 'redirect URI') },
  'response-type-unsupported': { status: 400, error: 'unsupported_response_type' },
  'pkce-required': { status: 400, error: 'invalid_request' },
  'pkce-method-unsupported': { status: 400, error: 'invalid_request' },
  'interaction-unknown': { status: 400, error: 'invalid_request' },
  'login-required': { status: 401, error: 'access_denied' },
  'consent-required': { status: 400, error: 'access_denied' },
  'consent-denied': { status: 400, error: 'access_denied' },
  'grant-type-unknown': { status: 400, error: 'unsupported_grant_type', text: GRANT_TYPE },
  'grant-type-not-allowed': { status: 400, error: 'unsupported_grant_type', text: GRANT_TYPE },
  'code-unknown': { status: 400, error: 'invalid_grant', text: GRANT },
  'code-spent': { status: 400, error: 'invalid_grant', text: GRANT },
  'redirect-mismatch': { status: 400, error: 'invalid_grant', text: GRANT },
  'verifier-missing': { status: 400, error: 'invalid_request', text: 'Missing required parameter: code_verifier.' },
  'verifier-wrong': { status: 400, error: 'invalid_grant', text: GRANT },
  'refresh-unknown': { status: 400, error: 'invalid_grant', text: GRANT },
  'refresh-reused': { status: 400, error: 'invalid_grant', text: GRANT },
  'grant-revoked': { status: 400, error: 'invalid_grant', text: GRANT },
  'scope-unknown': { status: 400, error: 'invalid_scope', api: 422 },
  'scope-too-wide': { status: 400, error: 'invalid_scope', text: notCovered('scope', 'scope') },
  'audience-unknown': { status: 400, error: 'invalid_target' },
  'credential-missing': { status: 401, error: 'invalid_token', text: TOKEN },
  'credential-malformed': { status: 401, error: 'invalid_token', text: TOKEN },
  'credential-unknown': { status: 401, error: 'invalid_token', text: TOKEN },
  'credential-expired': { status: 401, error: 'invalid_token', text: 'The access token expired' },
  'credential-revoked': { status: 401, error: 'invalid_token', text: 'The access token was revoked' },
  'credential-not-yours': { status: 403, error: 'unauthorized_client' },
  'credentials-mixed': { status: 400, error: 'invalid_request' },
  'owner-disabled': { status: 403, error: 'access_denied', text: DISABLED },
  'audience-wrong': { status: 401, error: 'invalid_token', text: TOKEN },
  'scope-insufficient': { status: 403, error: 'insufficient_scope', text: SCOPE },
  'dialect-wrong': { status: 401, error: 'invalid_token', text: TOKEN },
  'network-not-allowed': { status: 403, error: 'access_denied' },
  'user-required': { status: 422, error: 'invalid_request', text: 'This method requires an authenticated user' },
  'permission-missing': { status: 403, error: 'access_denied', text: NOT_ALLOWED },
  'user-unknown': { status: 404, error: 'not_found', text: 'Not Found' },
  'name-taken': { status: 422, error: 'invalid_request', text: 'Username has already been taken' },
  'password-unfit': { status: 400, error: 'invalid_request' },
  'registration-closed': { status: 403, error: 'access_denied', text: NOT_ALLOWED },
  'invite-unknown': { status: 422, error: 'invalid_request' },
  'invite-expired': { status: 422, error: 'invalid_request' },
  'workspace-unclear': { status: 422, error: 'invalid_request' },
  'workspace-name-taken': { status: 422, error: 'invalid_request' },
  'workspace-unknown': { status: 404, error: 'not_found', text: 'Not Found' },
  'administers-workspace': { status: 409, error: 'invalid_request' },
  'administers-model': { status: 409, error: 'invalid_request' },
  'state-conflict': { status: 409, error: 'invalid_request' },
  'idempotency-mismatch': { status: 409, error: 'invalid_request' },
  'rate-limited': { status: 429, error: 'temporarily_unavailable', text: 'Too many requests' },
  overloaded: { status: 503, error: 'temporarily_unavailable' },
  unavailable: { status: 503, error: 'temporarily_unavailable' },
  bug: { status: 500, error: 'server_error' },
}

export function refuseMastodon(refusal: Refusal, request: WireRequest): WireAnswer {
  const row = REFUSALS[refusal.code]
  const own = typeof row.text === 'function' ? row.text(request) : (refusal.facts.sentence ?? row.text)
  const answer = speaksOAuth(request) ? asOAuth(row, own ?? refusal.text, request) : asApi(row, own ?? refusal.text)
  const headers: Record<string, string> = { 'cache-control': 'no-store, no-cache', ...answer.headers }
  if (refusal.facts.allow) headers['allow'] = refusal.facts.allow.join(', ')
  if (refusal.facts.retryAfterSeconds !== undefined) headers['retry-after'] = String(refusal.facts.retryAfterSeconds)
  return { ...answer, headers }
}

const speaksOAuth = ({ path }: WireRequest): boolean => /^\/oauth(\/|$)(?!userinfo|applications)/.test(path)
const givesBack = ({ path }: WireRequest): boolean => /^\/oauth\/revoke\/?$/.test(path)

type Row = (typeof REFUSALS)[RefusalCode]

/** Who may not give back a token is told so in these words, whatever was wrong about them (RFC 7009 says 401). */
const NOT_YOURS = { status: 403, error: 'unauthorized_client' }
const NOT_YOURS_TEXT = 'Forbidden: You are not authorized to revoke this token'

function asOAuth(row: Row, sentence: string, request: WireRequest): WireAnswer {
  const notYours = givesBack(request) && (row.status === 401 || row.status === 403)
  const { status, error } = notYours ? NOT_YOURS : row
  const text = notYours ? NOT_YOURS_TEXT : sentence
  return { status, headers: challenge(error, text), body: { error, error_description: text } }
}

/** Applications in a browser must be able to read why. */
const ANY_ORIGIN = { 'access-control-allow-origin': '*' }

function asApi({ status, api, error }: Row, sentence: string): WireAnswer {
  const shown = api === 422 ? `Validation failed: ${sentence.replace(/\.$/, '')}` : sentence
  const challenged = status === 401 || error === 'insufficient_scope'
  const headers = { ...ANY_ORIGIN, ...(challenged && challenge(error, shown)) }
  return { status: api ?? status, headers, body: { error: shown } }
}

/** RFC 6750 section 3, with the realm of the original and the alphabet of a header. */
const challenge = (error: string, text: string) => ({
  'www-authenticate': `Bearer realm="Doorkeeper", error="${error}", error_description="${text.slice(0, 500).replace(/[^\x20-\x7E]|["\\]/g, "'")}"`,
})
