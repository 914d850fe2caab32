import type { WireRequest } from '../../http/request.ts'
import { challenge, SCHEMES } from '../../model/credentials/scheme.ts'
import type { Refusal } from '../../model/refusals/refusal.ts'
import type { WireAnswer } from '../dialect.ts'
import { REALM } from '../oauth/challenges.ts'
import { refuseStandard } from '../oauth/standard-refusals.ts'

/** Refuses as OAuth does. If a scope is missing, the challenge names the scope (RFC 6750 section 3.1). */
export function refuseOpenid(refusal: Refusal, request: WireRequest): WireAnswer {
  const answer = refuseStandard(refusal, request)
  if (refusal.code !== 'scope-insufficient') return answer
  const missing = { ...REALM, error: 'insufficient_scope', scope: (refusal.facts.scopes ?? []).join(' ') }
  return {
    ...answer,
    headers: { ...answer.headers, 'www-authenticate': challenge(SCHEMES.bearer.written, missing) },
  }
}
