import type { Refusal, RefusalCode } from '../../model/refusal.ts'
import type { WireAnswer } from '../dialect.ts'
import type { WireRequest } from '../kit/request.ts'
import { answer } from './answers.ts'

/** Status and `errors`; without words of the original's own, the refusal's sentence is said. */
type Row = { status: number; errors?: string }

/** As the documentation prints it; the original's code had a full stop at the end. */
const wrongLogin: Row = { status: 401, errors: 'Unable to log you in, please try again' }
const wrongPair: Row = { status: 401, errors: 'Token did not match user.' }
const incomplete: Row = { status: 401, errors: "Must include 'username' and 'password' as POST parameters." }
const notPost: Row = { status: 405, errors: 'Must access via a POST request.' }
/** What no row of this dialect brings about; said plainly if it ever happens. */
const plain: Row = { status: 400 }

export const REFUSALS: Record<RefusalCode, Row> = {
  'request-malformed': plain,
  'parameter-missing': incomplete,
  'parameter-repeated': plain,
  'parameter-invalid': plain,
  'media-type-unsupported': incomplete,
  'body-too-large': { status: 413 },
  'not-found': { status: 404 },
  'method-not-allowed': { status: 405 },
  'client-unknown': plain,
  'client-proof-missing': plain,
  'client-proof-wrong': plain,
  'client-disabled': wrongPair,
  'client-methods-mixed': plain,
  'session-missing': plain,
  'forgery-suspected': { status: 403 },
  'login-failed': wrongLogin,
  'one-time-code-wrong': wrongLogin,
  'second-factor-not-set-up': plain,
  'user-disabled': wrongLogin,
  'redirect-missing': plain,
  'redirect-not-registered': plain,
  'response-type-unsupported': plain,
  'pkce-required': plain,
  'pkce-method-unsupported': plain,
  'interaction-unknown': plain,
  'login-required': plain,
  'consent-required': plain,
  'consent-denied': plain,
  'grant-type-unknown': plain,
  'grant-type-not-allowed': plain,
  'code-unknown': plain,
  'code-spent': plain,
  'redirect-mismatch': plain,
  'verifier-missing': plain,
  'verifier-wrong': plain,
  'refresh-unknown': plain,
  'refresh-reused': plain,
  'grant-revoked': plain,
  'scope-unknown': plain,
  'scope-too-wide': plain,
  'audience-unknown': plain,
  'credential-missing': wrongPair,
  'credential-malformed': wrongPair,
  'credential-unknown': wrongPair,
  'credential-expired': wrongPair,
  'credential-revoked': wrongPair,
  'credential-not-yours': wrongPair,
  'credentials-mixed': plain,
  'owner-disabled': wrongPair,
  'audience-wrong': wrongPair,
  'scope-insufficient': wrongPair,
  'dialect-wrong': wrongPair,
  'network-not-allowed': wrongPair,
  'user-required': wrongPair,
  'permission-missing': { status: 403 },
  'user-unknown': wrongPair,
  'name-taken': { status: 409 },
  'password-unfit': wrongLogin,
  'registration-closed': { status: 403 },
  'invite-unknown': plain,
  'invite-expired': plain,
  'workspace-unclear': plain,
  'workspace-name-taken': { status: 409 },
  'workspace-unknown': plain,
  'administers-workspace': { status: 409 },
  'administers-model': { status: 409 },
  'state-conflict': { status: 409 },
  'idempotency-mismatch': { status: 409 },
  'rate-limited': { status: 429 },
  overloaded: { status: 503 },
  unavailable: { status: 503 },
  bug: { status: 500 },
}

/** No challenge and no `Allow`: the original had neither anywhere (WIRE 5.1). */
export function refuseTokenapi(refusal: Refusal, request: WireRequest): WireAnswer {
  const postOnly = refusal.code === 'method-not-allowed' && request.path.startsWith('/token/new.json')
  const { status, errors = refusal.text } = postOnly ? notPost : REFUSALS[refusal.code]
  const { retryAfterSeconds } = refusal.facts
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  return answer(status, { success: false, errors }, headers)
}
