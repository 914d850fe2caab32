import type { World } from '../../../core/world.ts'
import { readParams, type WireRequest } from '../../../http/request.ts'
import { challenge, SCHEMES } from '../../../model/credentials/scheme.ts'
import type { Refusal } from '../../../model/refusals/refusal.ts'
import type { WireAnswer } from '../../dialect.ts'
import { factHeaders, inOwnWords } from '../../oauth/standard-refusals.ts'
import { limitHeaders } from './api-rules.ts'

// Doorkeeper's sentences, which clients show to people.
const CLIENT =
  'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.'
const GRANT =
  'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.'
const GRANT_TYPE = 'The authorization grant type is not supported by the authorization server.'
const TOKEN = 'The access token is invalid'
const SCOPE = 'This action is outside the authorized scopes'
const DISABLED = 'Your login is currently disabled'
const NOT_ALLOWED = 'This action is not allowed'

/** GoToSocial's sentence, which contains the requested value. */
const notCovered = (parameter: string, called: string) => (request: WireRequest) =>
  `requested ${called} ${asked(request, parameter)} was not covered by client ${called}${called === 'scope' ? '' : 's'}`
const asked = (request: WireRequest, name: string): string => {
  const given = readParams(request, 'form', 'multipart', 'json').one(name) ?? ''
  return given.length > 200 ? `${given.slice(0, 200)}…` : given
}

type Text = string | ((request: WireRequest) => string)
type Row = { status: number; error: string; api?: number; text?: Text }

/**
 * Refusals of this family: one status and one sentence per code. Paths below `/oauth` answer an RFC 6749 error, all
 * others `{"error": sentence}`. A code without its own sentence uses the refusal's.
 */
export const REFUSALS = inOwnWords<Partial<Row>>({
  byError: { invalid_client: { text: CLIENT }, invalid_grant: { text: GRANT }, invalid_token: { text: TOKEN } },
  byCode: {
    'parameter-missing': { api: 422 },
    'parameter-repeated': { api: 422 },
    'parameter-invalid': { api: 422 },
    'media-type-unsupported': { status: 415 },
    'not-found': { text: 'Not Found' },
    'method-not-allowed': { text: 'Method Not Allowed' },
    'client-named-twice': { status: 401, error: 'invalid_client' },
    'session-missing': { error: 'access_denied' },
    'login-failed': { text: 'Unauthorized: old password was incorrect' },
    'user-disabled': { text: DISABLED },
    'redirect-missing': { text: 'Missing required parameter: redirect_uri.' },
    'redirect-not-registered': { error: 'invalid_grant', text: notCovered('redirect_uri', 'redirect URI') },
    'login-required': { status: 401, error: 'access_denied' },
    'consent-required': { error: 'access_denied' },
    'grant-type-unknown': { text: GRANT_TYPE },
    'grant-type-not-allowed': { error: 'unsupported_grant_type', text: GRANT_TYPE },
    'verifier-missing': { error: 'invalid_request', text: 'Missing required parameter: code_verifier.' },
    'scope-unknown': { api: 422 },
    'scope-too-wide': { text: notCovered('scope', 'scope') },
    'credential-expired': { text: 'The access token expired' },
    'credential-revoked': { text: 'The access token was revoked' },
    'credential-disabled': { text: 'The access token was revoked' },
    'credential-not-yours': { status: 403, error: 'unauthorized_client' },
    'owner-disabled': { text: DISABLED },
    'scope-insufficient': { text: SCOPE },
    'dialect-wrong': { status: 401, error: 'invalid_token', text: TOKEN },
    'user-required': { status: 422, error: 'invalid_request', text: 'This method requires an authenticated user' },
    'permission-missing': { text: NOT_ALLOWED },
    'user-unknown': { text: 'Not Found' },
    'name-taken': { status: 422, text: 'Username has already been taken' },
    'registration-closed': { text: NOT_ALLOWED },
    'invite-unknown': { status: 422 },
    'invite-expired': { status: 422 },
    'workspace-unclear': { status: 422 },
    'workspace-name-taken': { status: 422 },
    'workspace-unknown': { status: 404, error: 'not_found', text: 'Not Found' },
    'rate-limited': { text: 'Too many requests' },
  },
})

export function refuseMastodon(
  refusal: Refusal,
  request: WireRequest,
  world: Pick<World, 'throttle' | 'now'>,
): WireAnswer {
  const row = REFUSALS[refusal.code]
  const own = typeof row.text === 'function' ? row.text(request) : (refusal.facts.sentence ?? row.text)
  const answer = speaksOAuth(request) ? asOAuth(row, own ?? refusal.text, request) : asApi(row, own ?? refusal.text)
  const limits = limitHeaders(world, request)
  const headers = { 'cache-control': 'no-store, no-cache', ...answer.headers, ...factHeaders(refusal), ...limits }
  return { ...answer, headers }
}

const speaksOAuth = ({ path }: WireRequest): boolean => /^\/oauth(\/|$)(?!userinfo|applications)/.test(path)
const givesBack = ({ path }: WireRequest): boolean => /^\/oauth\/revoke\/?$/.test(path)

/** The answer for every reason why a caller may not revoke a token (RFC 7009 says 401). */
const NOT_YOURS = { status: 403, error: 'unauthorized_client' }
const NOT_YOURS_TEXT = 'Forbidden: You are not authorized to revoke this token'

function asOAuth(row: Row, sentence: string, request: WireRequest): WireAnswer {
  const notYours = givesBack(request) && (row.status === 401 || row.status === 403)
  const { status, error } = notYours ? NOT_YOURS : row
  const text = notYours ? NOT_YOURS_TEXT : sentence
  return { status, headers: challenged(error, text), body: { error, error_description: text } }
}

/** Applications in a browser must be able to read the reason. */
const ANY_ORIGIN = { 'access-control-allow-origin': '*' }

function asApi({ status, api, error }: Row, sentence: string): WireAnswer {
  const shown = api === 422 ? `Validation failed: ${sentence.replace(/\.$/, '')}` : sentence
  const wanted = status === 401 || error === 'insufficient_scope'
  const headers = { ...ANY_ORIGIN, ...(wanted && challenged(error, shown)) }
  return { status: api ?? status, headers, body: { error: shown } }
}

/** RFC 6750 section 3, with the original's realm and only characters that are valid in a header. */
const challenged = (error: string, text: string) => ({
  'www-authenticate': challenge(SCHEMES.bearer.written, {
    realm: 'Doorkeeper',
    error,
    error_description: text.slice(0, 500).replace(/[^\x20-\x7E]|["\\]/g, "'"),
  }),
})
