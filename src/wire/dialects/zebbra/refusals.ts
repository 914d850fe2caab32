import type { WireRequest } from '../../../http/request.ts'
import { SCHEMES } from '../../../model/credentials/scheme.ts'
import type { Fault, Refusal } from '../../../model/refusals/refusal.ts'
import type { WireAnswer } from '../../dialect.ts'
import { factHeaders, inOwnWords } from '../../oauth/standard-refusals.ts'
import { answer } from './answers.ts'

const BEARER = SCHEMES.bearer.written

/**
 * The status, `detail` (by default the refusal's sentence) and challenge of an answer. An answer 422 has a list of
 * fields as `detail`. An answer 401 has the challenge `Bearer` without parameters, as measured; `null` stands for no
 * challenge, where the original has none.
 */
type Row = { status: number; detail?: string; challenge?: string | null }

const notValid: Row = { status: 401, detail: 'Could not validate credentials' }
const wrongLogin: Row = { status: 401, detail: 'Incorrect username or password' }
const fields: Row = { status: 422 }

export const REFUSALS = inOwnWords<Row>({
  byError: { invalid_token: notValid },
  byCode: {
    'request-malformed': { status: 400, detail: 'There was an error parsing the body' },
    'parameter-missing': fields,
    'parameter-repeated': fields,
    'parameter-invalid': fields,
    'media-type-unsupported': { status: 415 },
    'not-found': { status: 404, detail: 'Not Found' },
    'method-not-allowed': { status: 405, detail: 'Method Not Allowed' },
    'client-disabled': notValid,
    'login-failed': wrongLogin,
    // RFC 9470 section 3; clients of this dialect sign in again after 401.
    'login-required': {
      status: 401,
      detail: 'Expired token: this needs one that is less than ten minutes old. Sign in again.',
      challenge: `${BEARER} error="insufficient_user_authentication", max_age=600`,
    },
    'one-time-code-wrong': { status: 401, detail: 'OTP of Two-Factor Authentication is invalid', challenge: null },
    'second-factor-not-set-up': { status: 400, detail: 'OTP not set up.' },
    'user-disabled': wrongLogin,
    'credential-missing': { status: 401, detail: 'Not authenticated' },
    'credential-revoked': { status: 401, detail: 'Expired token' },
    'credential-disabled': { status: 401, detail: 'Expired token' },
    'credential-not-yours': notValid,
    'owner-disabled': { status: 400, detail: 'Inactive user' },
    'dialect-wrong': notValid,
    'network-not-allowed': notValid,
    'user-required': notValid,
    'permission-missing': { status: 403, detail: 'User is not admin.' },
    'user-unknown': notValid,
    'name-taken': { status: 409, detail: 'Username already exists' },
    'password-unfit': fields,
    'invite-unknown': { status: 400, detail: 'Invite code does not exist' },
    'invite-expired': { status: 400, detail: 'Invite code has expired' },
    'workspace-unclear': {
      status: 400,
      detail: 'Exactly one of workspace_id and new_workspace_name must be specified.',
    },
    'workspace-name-taken': { status: 409, detail: 'Workspace name already exists' },
    'workspace-unknown': { status: 400, detail: 'Workspace does not exist' },
    'administers-workspace': {
      status: 400,
      detail: 'Attempting to delete workspace admin. Set another admin first.',
    },
    'administers-model': { status: 400, detail: 'Attempting to delete model admin. Set another admin first.' },
    bug: { status: 500, detail: 'Internal Server Error' },
  },
})

export function refuseZebbra(refusal: Refusal, request: WireRequest): WireAnswer {
  const { code, facts, text } = refusal
  if (code === 'request-malformed' && facts.position !== undefined)
    return answer(422, { detail: [broken(facts.position)] })

  const { status, detail, challenge = BEARER } = REFUSALS[code]
  const headers = { ...(status === 401 && challenge && { 'www-authenticate': challenge }), ...factHeaders(refusal) }
  if (status !== 422) return answer(status, { detail: detail ?? text }, headers)
  const faults = facts.faults?.map(told)
  const place = request.path.startsWith('/user') || request.path.startsWith('/workspace') ? 'query' : 'body'
  const field = { loc: facts.parameter ? [place, facts.parameter] : [place], msg: text, type: 'value_error' }
  return answer(422, { detail: faults ?? [field] })
}

/** The texts of pydantic 1 for each kind of fault. */
const TOLD: Record<Fault['problem'], { msg: string; type: string; ctx?: object }> = {
  missing: { msg: 'field required', type: 'value_error.missing' },
  null: { msg: 'none is not an allowed value', type: 'type_error.none.not_allowed' },
  'not-a-text': { msg: 'str type expected', type: 'type_error.str' },
  'not-an-object': { msg: 'value is not a valid dict', type: 'type_error.dict' },
  'not-an-email': { msg: 'value is not a valid email address', type: 'value_error.email' },
  'not-allowed': {
    msg: 'string does not match regex "password"',
    type: 'value_error.str.regex',
    ctx: { pattern: 'password' },
  },
}
const told = ({ place, parameter, problem }: Fault) => ({
  loc: parameter === undefined ? [place] : [place, parameter],
  ...TOLD[problem],
})

/** The original repeats the whole body here, including the password; this server does not. */
const broken = (position: number) => ({
  loc: ['body', position],
  msg: `Expecting value: line 1 column ${position + 1} (char ${position})`,
  type: 'value_error.jsondecode',
})
