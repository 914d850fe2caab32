import { readsAsSource } from '../../model/credentials/counted-by.ts'
import { type CredentialKind, KINDS } from '../../model/credentials/credential.ts'
import { type LogPlace, NOWHERE } from '../../model/credentials/validity.ts'
import { type Principal, REASONS, readReason, type Verdict } from '../../model/credentials/verdict.ts'
import {
  exactly,
  isCount,
  isName,
  isSeconds,
  isText,
  listOf,
  nullable,
  objectOf,
  optional,
  type TypeOf,
} from '../../model/refusals/typed.ts'
import { Unavailable } from '../answer/auth-error.ts'
import type { GuardAsk } from './checker.ts'

/** `place`: the last entry of the revocation log that the server had read when it answered. */
export type VerifyAnswer = { verdict: Verdict; place: LogPlace }

export type VerifyCall = (ask: GuardAsk) => Promise<VerifyAnswer>

/** Sends one question to `POST /v1/verify`. An unreadable answer counts as an outage and never as a yes; `active: false` always counts as a refusal. */
export function verifyCall(options: { url: string; authorization: string; timeoutMilliseconds: number }): VerifyCall {
  const headers = {
    authorization: options.authorization,
    'content-type': 'application/json',
    'claviger-reasons': REASONS.join(' '),
  }
  return async ({ presented, scopes, audience, dialects, ip, requestId }) => {
    const body = JSON.stringify({
      credential: presented.secret,
      scopes,
      audience,
      dialects: dialects === 'any' ? ANY : dialects,
      // The request reports the place of the key, because the operator of the server may forbid keys in addresses.
      key_in_address: presented.place === 'key-parameter' || undefined,
      ip,
    })
    // The server journals a refusal under the id of the refused request. Older servers ignore the header.
    const named = requestId ? { ...headers, 'x-request-id': requestId() } : headers
    let answer: Response
    let text: string
    try {
      const signal = AbortSignal.timeout(options.timeoutMilliseconds)
      answer = await fetch(`${options.url}/v1/verify`, {
        method: 'POST',
        headers: named,
        body,
        signal,
        redirect: 'error',
      })
      text = await answer.text()
    } catch (error) {
      throw new Unavailable('the server that checks credentials cannot be reached', 1, { cause: error })
    }
    if (answer.status !== 200) {
      const wait = Number(answer.headers.get('retry-after'))
      throw new Unavailable(`verify answered ${answer.status}: ${text.slice(0, 300)}`, wait > 0 ? wait : 1)
    }
    return parseAnswer(text, answer.headers.get('claviger-incarnation') ?? '')
  }
}

const ANY = ['native', 'zocial', 'apikey', 'zebbra', 'tokenapi', 'mastodon'] as const

const KIND_SHOWN = new Map<string, CredentialKind>(
  (Object.keys(KINDS) as CredentialKind[]).map(kind => [KINDS[kind].shown, kind]),
)

function parseAnswer(text: string, incarnation: string): VerifyAnswer {
  try {
    const body: unknown = JSON.parse(text)
    if (isNo(body)) return { verdict: refusalFrom(body), place: NOWHERE }
    if (isYes(body)) return { verdict: goodFrom(body), place: { seq: body.feed_position, incarnation } }
  } catch (error) {
    throw new Unavailable('verify gave an answer that cannot be read', 1, { cause: error })
  }
  throw new Unavailable('verify gave an answer that cannot be read')
}

const refusalFrom = ({ reason, credential_id, counted_by }: No): Verdict & { active: false } => ({
  active: false,
  reason: readReason(reason),
  ...(isName(credential_id) && { credentialId: credential_id }),
  ...(readsAsSource(counted_by) && { countedBy: counted_by }),
})

/** A kind that only newer servers know is not accepted. */
function goodFrom(body: Yes): Verdict {
  const kind = KIND_SHOWN.get(body.kind)
  return kind
    ? { active: true, principal: principalFrom(kind, body) }
    : { active: false, reason: 'dialect-wrong', credentialId: body.credential_id }
}

function principalFrom(kind: CredentialKind, body: Yes): Principal {
  const principal: Principal = {
    kind,
    credentialId: body.credential_id,
    scopes: body.scopes,
    audience: body.audience,
    issuedAt: body.issued_at * 1000,
  }
  if (body.subject) principal.subject = body.subject
  if (body.client) principal.client = { id: body.client.client_id, name: body.client.name }
  if (body.expires_at !== null) principal.expiresAt = body.expires_at * 1000
  if (body.grant_id) principal.grantId = body.grant_id
  if (body.networks) principal.networks = body.networks
  if (readsAsSource(body.counted_by)) principal.countedBy = body.counted_by
  return principal
}

const isNo = objectOf({ active: exactly(false) })
const isYes = objectOf({
  active: exactly(true),
  kind: isName,
  credential_id: isName,
  subject: nullable(objectOf({ id: isName, number: isCount, handle: isText })),
  client: nullable(objectOf({ client_id: isName, name: isText })),
  scopes: listOf(isText),
  audience: listOf(isText),
  issued_at: isSeconds,
  expires_at: nullable(isSeconds),
  grant_id: optional(isName),
  networks: optional(listOf(isName)),
  /** Older servers do not send this field. */
  counted_by: optional(isText),
  feed_position: isCount,
})
type No = { active: false; reason?: unknown; credential_id?: unknown; counted_by?: unknown }
type Yes = TypeOf<typeof isYes>
