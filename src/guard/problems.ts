import type { Problem } from './judge.ts'

/** What each problem is called in the standards (RFC 6750 section 3.1), and the sentence that may be shown to anybody. */
export const PROBLEMS: Record<Problem, { status: number; error?: string; text: string }> = {
  missing: { status: 401, text: 'This needs a credential.' },
  unreadable: { status: 400, error: 'invalid_request', text: 'The credential cannot be read.' },
  empty: { status: 400, error: 'invalid_request', text: 'The Authorization header holds no credential.' },
  mixed: { status: 400, error: 'invalid_request', text: 'More than one credential was sent; send one.' },
  'basic-format': { status: 400, error: 'invalid_request', text: 'The Authorization header cannot be read.' },
  'basic-encoding': { status: 400, error: 'invalid_request', text: 'The Authorization header cannot be read.' },
  malformed: { status: 401, error: 'invalid_token', text: 'The credential is mistyped or cut short.' },
  unknown: { status: 401, error: 'invalid_token', text: 'The credential is not valid.' },
  expired: { status: 401, error: 'invalid_token', text: 'The credential has expired.' },
  revoked: { status: 401, error: 'invalid_token', text: 'The credential has been revoked.' },
  client_disabled: { status: 401, error: 'invalid_token', text: 'The application of this credential is disabled.' },
  wrong_audience: { status: 401, error: 'invalid_token', text: 'The credential is meant for another API.' },
  owner_disabled: { status: 403, error: 'access_denied', text: 'The owner of this credential is disabled.' },
  wrong_dialect: { status: 403, error: 'access_denied', text: 'This kind of credential is not accepted here.' },
  network_not_allowed: {
    status: 403,
    error: 'access_denied',
    text: 'The credential may not be used from this network.',
  },
  insufficient_scope: {
    status: 403,
    error: 'insufficient_scope',
    text: 'The credential does not have the scope this needs.',
  },
  user_required: { status: 403, error: 'access_denied', text: 'This needs a credential that acts for a user.' },
  rate_limited: { status: 429, error: 'rate_limited', text: 'Too many requests. Wait a moment and try again.' },
  unavailable: {
    status: 503,
    error: 'temporarily_unavailable',
    text: 'Credentials cannot be checked at the moment. Try again.',
  },
}
