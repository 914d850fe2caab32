import type { World } from '../../core/world.ts'
import { header, type WireRequest } from '../../http/request.ts'
import { challenge, SCHEMES } from '../../model/credentials/scheme.ts'
import { REFUSALS, type Refusal, type RefusalCode } from '../../model/refusals/refusal.ts'
import type { WireAnswer } from '../dialect.ts'
import { bearerChallenge } from '../oauth/challenges.ts'
import { factHeaders, REFUSALS as STANDARD } from '../oauth/standard-refusals.ts'
import { chooseLanguage, type Language } from '../ui/words/choose.ts'
import { refusalsDe } from '../ui/words/refusals-de.ts'
import { refusedDe } from '../ui/words/refused-de.ts'

/** Codes for which this API uses another status than the OAuth endpoints. */
const OWN: Partial<Record<RefusalCode, number>> = {
  'media-type-unsupported': 415,
  'login-required': 401,
  'login-failed': 403,
  'one-time-code-wrong': 403,
  'dialect-wrong': 401,
  'owner-disabled': 409,
  'client-disabled': 409,
  'idempotency-mismatch': 422,
}
export const statusOf = (code: RefusalCode): number => OWN[code] ?? STANDARD[code].status

/** The language of sentences for people in an answer (RFC 9110 section 12.5.4). */
export const languageOf = (request: WireRequest): Language =>
  chooseLanguage(undefined, undefined, header(request, 'accept-language'))

/** RFC 9457: `code` is for programs, `detail` for people, and `request_id` for staff to find the journal entry. */
export function refuseAdmin(refusal: Refusal, request: WireRequest, { rules }: Pick<World, 'rules'>): WireAnswer {
  const { code, facts } = refusal
  const status = statusOf(code)
  const language = languageOf(request)
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'content-language': language,
    ...factHeaders(refusal),
  }
  const challenge = challengeFor(refusal, status)
  if (challenge) headers['www-authenticate'] = challenge
  const docs = `${rules.issuer}/docs/errors#${code}`
  const body = {
    type: docs,
    title: language === 'de' ? refusalsDe[code] : REFUSALS[code],
    status,
    code,
    detail: language === 'de' ? germanOf(refusal) : refusal.text,
    request_id: request.id,
    docs,
    ...(facts.parameter !== undefined && { parameter: facts.parameter }),
    ...(status === 403 && facts.scopes && { scope: facts.scopes.join(' ') }),
  }
  return { status, headers, body: JSON.stringify(body) }
}

/** Particulars without German follow as they are. */
function germanOf({ code, facts: { parameter }, text }: Refusal): string {
  const of = { code, ...(parameter !== undefined && { parameter }) }
  if (text === REFUSALS[code]) return refusedDe(of)
  const said = refusedDe({ ...of, sentence: text })
  return said === refusedDe(of) ? `${said} ${text}` : said
}

function challengeFor({ code, facts }: Refusal, status: number): string | undefined {
  if (code === 'scope-insufficient')
    return challenge(SCHEMES.bearer.written, {
      realm: 'claviger',
      error: 'insufficient_scope',
      scope: (facts.scopes ?? []).join(' '),
    })
  return status === 401 ? bearerChallenge(code) : undefined
}
