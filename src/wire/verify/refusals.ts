import type { WireRequest } from '../../http/request.ts'
import type { Refusal } from '../../model/refusal.ts'
import type { WireAnswer } from '../dialect.ts'
import { REFUSALS, refuseStandard } from '../oauth/standard-refusals.ts'

/** The words are the standard ones; a caller who must prove itself is told how (RFC 9110 section 11.6.1). */
export function refuseVerify(refusal: Refusal, request: WireRequest): WireAnswer {
  const answer = refuseStandard(refusal, request)
  if (REFUSALS[refusal.code].error === 'invalid_client')
    answer.headers = { ...answer.headers, 'www-authenticate': 'Basic realm="claviger", charset="UTF-8"' }
  return answer
}
