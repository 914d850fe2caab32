import { copySentence } from '../../model/credentials/copied-secret.ts'
import { REASON_NAMES } from '../../model/credentials/verdict.ts'
import type { Problem } from '../decide/judge.ts'

/** Status and error code of each problem (RFC 6750 section 3.1), and the text that clients may see. */
export const PROBLEMS: Record<Problem, { status: number; error?: string; text: string }> = {
  'credential-missing': { status: 401, text: 'This needs a credential.' },
  unreadable: { status: 400, error: 'invalid_request', text: 'The credential cannot be read.' },
  'scheme-inside': { status: 400, error: 'invalid_request', text: copySentence('scheme-inside', 'The credential') },
  'line-break': { status: 400, error: 'invalid_request', text: copySentence('line-break', 'The credential') },
  empty: { status: 400, error: 'invalid_request', text: 'The Authorization header holds no credential.' },
  'credentials-mixed': { status: 400, error: 'invalid_request', text: 'More than one credential was sent; send one.' },
  'basic-format': { status: 400, error: 'invalid_request', text: 'The Authorization header cannot be read.' },
  'basic-encoding': { status: 400, error: 'invalid_request', text: 'The Authorization header cannot be read.' },
  'credential-malformed': { status: 401, error: 'invalid_token', text: 'The credential is mistyped or cut short.' },
  'credential-unknown': { status: 401, error: 'invalid_token', text: 'The credential is not valid.' },
  'credential-expired': { status: 401, error: 'invalid_token', text: 'The credential has expired.' },
  'credential-revoked': { status: 401, error: 'invalid_token', text: 'The credential has been revoked.' },
  'credential-disabled': { status: 401, error: 'invalid_token', text: 'The credential has been disabled.' },
  'client-disabled': { status: 401, error: 'invalid_token', text: 'The application of this credential is disabled.' },
  'audience-wrong': { status: 401, error: 'invalid_token', text: 'The credential is meant for another API.' },
  'owner-disabled': { status: 403, error: 'access_denied', text: 'The owner of this credential is disabled.' },
  'dialect-wrong': { status: 403, error: 'access_denied', text: 'This kind of credential is not accepted here.' },
  'network-not-allowed': {
    status: 403,
    error: 'access_denied',
    text: 'The credential may not be used from this network.',
  },
  'scope-insufficient': {
    status: 403,
    error: 'insufficient_scope',
    text: 'The credential does not have the scope this needs.',
  },
  'user-required': { status: 403, error: 'access_denied', text: 'This needs a credential that acts for a user.' },
  'rate-limited': { status: 429, error: 'rate_limited', text: 'Too many requests. Wait a moment and try again.' },
  unavailable: {
    status: 503,
    error: 'temporarily_unavailable',
    text: 'Credentials cannot be checked at the moment. Try again.',
  },
}

const NAMES = {
  ...REASON_NAMES,
  'credentials-mixed': 'mixed',
  'user-required': 'user_required',
  unavailable: 'unavailable',
  unreadable: 'unreadable',
  empty: 'empty',
  'basic-format': 'basic-format',
  'basic-encoding': 'basic-encoding',
  'scheme-inside': 'scheme-inside',
  'line-break': 'line-break',
} as const satisfies Record<Problem, string>

/** The name of a problem in an `AuthError`: a reason as in a verdict. */
export type ProblemName = (typeof NAMES)[Problem]
export const nameOfProblem = (problem: Problem): ProblemName => NAMES[problem]
