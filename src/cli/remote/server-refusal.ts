import { REFUSALS, Refusal, type RefusalCode, type RefusalFacts } from '../../model/refusals/refusal.ts'
import { notClaviger, type Reply } from './ask-server.ts'

/** A refusal by a server. Its operator finds the journal entry by the request id. */
export class ServerRefusal extends Refusal {
  readonly requestId: string | undefined
  constructor(code: RefusalCode, facts: RefusalFacts, requestId: string | undefined) {
    super(code, facts.sentence, facts)
    this.requestId = requestId
  }
}

/** Parses an RFC 9457 answer of our servers. Any other answer comes from another program. */
export function refusalIn(url: string, reply: Reply): Refusal {
  const { code, detail, request_id, parameter, scope } = (reply.json ?? {}) as Partial<Record<string, unknown>>
  if (reply.status < 400 || typeof code !== 'string' || typeof detail !== 'string') return notClaviger(url, reply)
  const known = Object.hasOwn(REFUSALS, code) ? (code as RefusalCode) : codeFor(reply.status)
  const facts = {
    ...(detail !== REFUSALS[known] && { sentence: detail }),
    ...(known === 'scope-insufficient' && typeof scope === 'string' && { sentence: `${detail} It needs: ${scope}.` }),
    ...(typeof parameter === 'string' && { parameter }),
  }
  return new ServerRefusal(known, facts, typeof request_id === 'string' ? request_id : undefined)
}

/** The nearest code for a code that only newer servers know. */
function codeFor(status: number): RefusalCode {
  if (status === 401) return 'credential-unknown'
  if (status === 403) return 'permission-missing'
  if (status === 404) return 'not-found'
  if (status === 409) return 'state-conflict'
  if (status === 429) return 'rate-limited'
  return status >= 500 ? 'unavailable' : 'parameter-invalid'
}
