import type { WireRequest } from '../../../http/request.ts'
import type { Refusal } from '../../../model/refusals/refusal.ts'
import type { WireAnswer } from '../../dialect.ts'
import { inOwnWords } from '../../oauth/standard-refusals.ts'
import { answer } from './answers.ts'

/** The status and the text of `errors`, which by default is the refusal's sentence. */
type Row = { status: number; errors?: string }

/** The text of the documentation; the original's code adds a full stop. */
const wrongLogin: Row = { status: 401, errors: 'Unable to log you in, please try again' }
const wrongPair: Row = { status: 401, errors: 'Token did not match user.' }
const incomplete: Row = { status: 401, errors: "Must include 'username' and 'password' as POST parameters." }
const notPost: Row = { status: 405, errors: 'Must access via a POST request.' }

export const REFUSALS = inOwnWords<Row>({
  byError: { invalid_token: wrongPair },
  byCode: {
    'parameter-missing': incomplete,
    'media-type-unsupported': incomplete,
    'client-disabled': wrongPair,
    'login-failed': wrongLogin,
    'one-time-code-wrong': wrongLogin,
    'user-disabled': wrongLogin,
    'password-unfit': wrongLogin,
    'user-unknown': wrongPair,
    'credential-not-yours': wrongPair,
    'owner-disabled': wrongPair,
    'scope-insufficient': wrongPair,
    'dialect-wrong': wrongPair,
    'network-not-allowed': wrongPair,
    'user-required': wrongPair,
  },
})

/** Converts a refusal to an answer of this dialect. Like the original, it sends neither a challenge nor `Allow`. */
export function refuseTokenapi(refusal: Refusal, request: WireRequest): WireAnswer {
  const postOnly = refusal.code === 'method-not-allowed' && request.path.startsWith('/token/new.json')
  const { status, errors = refusal.text } = postOnly ? notPost : REFUSALS[refusal.code]
  const { retryAfterSeconds } = refusal.facts
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  return answer(status, { success: false, errors }, headers)
}
