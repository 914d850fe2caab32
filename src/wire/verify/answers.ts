import { PROBLEMS } from '../../guard/answer/problems.ts'
import type { Problem } from '../../guard/decide/judge.ts'
import { header, type WireRequest } from '../../http/request.ts'
import type { CountedBy } from '../../model/credentials/counted-by.ts'
import { challenge, SCHEMES } from '../../model/credentials/scheme.ts'
import { isReason, type Principal, principalFields, type Reason, reasonFor } from '../../model/credentials/verdict.ts'
import { EVERYTHING, scopesInWords } from '../../model/scopes/scope.ts'
import type { WireAnswer } from '../dialect.ts'
import { noStore } from '../oauth/tokens.ts'
import type { Checked } from './check.ts'

/** The answer of `POST /v1/verify`: the verdict for a guard, and the place in the log up to which it is true. */
export function showVerdict({ judgement, place }: Checked, request: WireRequest): WireAnswer {
  const body = judgement.passed
    ? {
        active: true,
        ...principalBody(judgement.verdict.principal),
        ...showCounting(judgement.verdict.principal),
        feed_position: place.seq,
      }
    : {
        active: false,
        reason: reasonFor(reasonOf(judgement.problem), announced(request)),
        ...(judgement.verdict?.credentialId && { credential_id: judgement.verdict.credentialId }),
        ...showCounting(judgement.verdict ?? {}),
        ...(!isReason(judgement.problem) && { hint: PROBLEMS[judgement.problem].text }),
      }
  const findings = judgement.verdict?.findings
  const headers = { ...noStore, 'claviger-incarnation': place.incarnation }
  return { status: 200, headers, body: findings ? { ...body, findings } : body }
}

/** The field `counted_by`, for guards that report use. Older guards ignore it. */
const showCounting = ({ countedBy }: { countedBy?: CountedBy }) =>
  countedBy === undefined ? {} : { counted_by: countedBy }

/** The reasons that the caller knows (`Claviger-Reasons: missing malformed ...`). */
const announced = (request: WireRequest): string[] | undefined => header(request, 'claviger-reasons')?.split(/[\s,]+/)

/** Adds the fields that a cache needs for dropping the verdict at the right time. */
const principalBody = (principal: Principal) => ({
  ...principalFields(principal),
  ...(principal.grantId && { grant_id: principal.grantId }),
  ...(principal.networks && { networks: principal.networks }),
})

/** The closed list of reasons has none for a badly written request, so these count as malformed. */
const reasonOf = (problem: Problem): Reason => (isReason(problem) ? problem : 'credential-malformed')

/** The answer of `GET /v1/whoami`: the verdict for the holder, with advice in words. */
export function showWhoami({ judgement }: Checked, request: WireRequest): WireAnswer {
  const headers = { ...noStore, vary: 'authorization, x-api-key' }
  if (judgement.passed) {
    const { principal } = judgement.verdict
    return { status: 200, headers, body: { active: true, ...principalBody(principal), hint: nextStep(principal) } }
  }
  const { problem } = judgement
  const reason = reasonOf(problem)
  const { status, error, text } = PROBLEMS[problem]
  const body = {
    active: false,
    reason: reasonFor(reason, announced(request)),
    ...(error && { error, error_description: text }),
    hint: isReason(problem) ? HINTS[problem] : PROBLEMS[problem].text,
  }
  const wanted = challenge(SCHEMES.bearer.written, {
    realm: 'claviger',
    ...(error && { error, error_description: text }),
  })
  // Like the guard, this sends Retry-After and no challenge to a caller over the limit.
  const how = status >= 429 ? { 'retry-after': '1' } : { 'www-authenticate': wanted }
  return { status, headers: { ...headers, ...how }, body }
}

function nextStep({ kind, scopes, allScopes, expiresAt }: Principal): string {
  const may = `It may do ${allScopes ? EVERYTHING : scopesInWords(scopes)}.`
  const ends =
    expiresAt === undefined ? 'It works until it is revoked.' : `It works until ${new Date(expiresAt).toISOString()}.`
  const next =
    kind === 'access-token' ? 'Send it to your API as Authorization: Bearer.' : 'Send it to your API the same way.'
  return `${may} ${ends} ${next} To protect that API, npm install @claviger/guard, and import { guard } from '@claviger/guard/express'.`
}

const HINTS: Record<Reason, string> = {
  'credential-missing':
    "Send a credential: curl -H 'Authorization: Bearer TOKEN', or -H 'X-API-Key: KEY'. Make one with: claviger token create --user HANDLE --name NAME",
  'credential-malformed':
    'Send one credential, whole, as it was shown when it was made; a cut or mistyped one cannot be read.',
  'credential-unknown':
    'Nothing here matches it. Check that the whole credential was copied, and that it comes from this server.',
  'credential-expired': 'It has ended. Refresh it, or make a new one.',
  'credential-revoked': 'It was revoked and will never work again. Make a new one.',
  'credential-disabled':
    'It was disabled. Its owner or an operator can enable it again: claviger credential update ID --enable',
  'owner-disabled': 'Its owner is disabled. An operator can change that: claviger user enable HANDLE',
  'client-disabled': 'Its application is disabled or gone. Ask the operator of this server.',
  'audience-wrong': 'It was made for another API. Ask for one that names this API (parameter resource).',
  'scope-insufficient': 'It lacks a scope. Ask for a new one with more scopes.',
  'dialect-wrong': 'It was sent in a place that is made for another kind: X-API-Key and api_key take API keys alone.',
  'network-not-allowed': 'It may only be used from the networks that were set for it.',
  'rate-limited': 'Wait a moment and try again.',
}

/** The answer of `POST /v1/verify/usage`: the number of items that were counted. */
export const showCounted = (fact: { counted: number }): WireAnswer => ({ status: 200, headers: noStore, body: fact })
