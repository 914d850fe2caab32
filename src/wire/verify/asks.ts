import { z } from 'zod'
import type { FollowFeed } from '../../core/check/follow-feed.ts'
import type { ReportUsage } from '../../core/check/report-usage.ts'
import { header, readJson, type WireRequest } from '../../http/request.ts'
import { readsAsSource } from '../../model/credentials/counted-by.ts'
import { DIALECT_NAMES, readOutcome } from '../../model/credentials/verdict.ts'
import { parseNode } from '../../model/networks.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { readRequestId } from '../../model/request-id.ts'
import { parseScopes } from '../../model/scopes/scope.ts'
import { carrierOf, reportedCarrier } from '../callers/carriers.ts'
import type { Check } from './check.ts'

/** The caller's address as frameworks report it; some include the port. */
const callerIp = z
  .string()
  .max(100)
  .transform((text, context) => {
    const address = parseNode(text)
    if (address === undefined) context.addIssue('it is no IP address')
    return address
  })

/** The body of `POST /v1/verify`: the credential itself, or the request that contained it. */
export const verifyBody = z.strictObject({
  credential: z.string().max(8192).optional(),
  headers: z.record(z.string().max(256), z.union([z.string(), z.array(z.string())])).optional(),
  url: z.string().max(65_536).optional(),
  audience: z.string().min(1).max(2048).optional(),
  scopes: z.union([z.array(z.string().min(1).max(128)).max(100), z.string().max(4096)]).optional(),
  dialects: z
    .array(z.enum(['native', ...DIALECT_NAMES]))
    .max(20)
    .optional(),
  ip: callerIp.optional(),
  key_in_address: z.boolean().optional(),
  explain: z.boolean().optional(),
})

export function readVerify(request: WireRequest): Check {
  const parsed = verifyBody.safeParse(readJson(request))
  if (!parsed.success) throw unreadable(parsed.error)
  const { credential, headers, url, audience, scopes, dialects, key_in_address, ip, explain } = parsed.data
  const asSent = headers !== undefined || url !== undefined
  if (credential !== undefined && asSent)
    throw new Refusal('parameter-invalid', 'credential and headers at once', {
      parameter: 'credential',
      sentence: 'Send either credential, or headers and url.',
    })
  const ask: Check = {}
  if (asSent) ask.carrier = reportedCarrier(headers ?? {}, url ?? '/')
  else if (credential) ask.credential = { secret: credential, ...(key_in_address && { place: 'key-parameter' }) }
  if (audience !== undefined) ask.audience = audience
  if (scopes !== undefined) ask.scopes = typeof scopes === 'string' ? parseScopes(scopes) : scopes
  if (dialects && dialects.length > 0) ask.dialects = dialects
  if (ip !== undefined) ask.ip = ip
  if (explain) ask.explain = true
  const requestId = broughtId(request)
  if (requestId !== undefined) ask.requestId = requestId
  return ask
}

/** The length of time and process id, with which our own request ids begin. */
const OWN_START = 16

/**
 * The request id that an API or a proxy reports for the original request. Ignores an id with the prefix of this process:
 * a later request here could get the same id, and its refusal would not be recorded.
 */
export function broughtId(request: WireRequest): string | undefined {
  const brought = readRequestId([request.headers['x-request-id'] ?? []].flat())
  return brought?.startsWith(request.id.slice(0, OWN_START)) ? undefined : brought
}

/** The body of `POST /v1/verify/usage`: counts of checks that a guard answered from its cache. */
const usageBody = z.strictObject({
  items: z
    .array(
      // Unknown fields of newer guards are ignored, so that the other items still count.
      z.object({
        credential_id: z
          .string()
          .regex(/^[0-9a-f]{24}$/)
          .optional(),
        counted_by: z.string().max(256).optional(),
        /** Unknown reasons of newer guards count as `unknown`, so that the other items still count. */
        outcome: z.string().max(64).transform(readOutcome),
        count: z.int().min(1).max(1_000_000_000),
        last_at: z.int().min(0),
      }),
    )
    .max(1000),
})

export function readUsage(request: WireRequest): ReportUsage {
  const parsed = usageBody.safeParse(readJson(request))
  if (!parsed.success) throw unreadable(parsed.error)
  return {
    items: parsed.data.items.flatMap(({ credential_id, counted_by, outcome, count, last_at }) => {
      const countedBy = readsAsSource(counted_by) ? counted_by : credential_id
      return countedBy === undefined ? [] : [{ countedBy, outcome, count, lastAt: last_at * 1000 }]
    }),
  }
}

function unreadable(error: z.ZodError): Refusal {
  const issue = error.issues[0]
  const at = issue?.path.join('.') ?? ''
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : undefined
  const parameter = unknown ?? at
  return new Refusal('parameter-invalid', issue?.message ?? 'unreadable', {
    ...(parameter && { parameter }),
    sentence: unknown
      ? `This endpoint does not know ${unknown}.`
      : at
        ? `${at} cannot be used: ${issue?.message}.`
        : 'The body must be a JSON object.',
  })
}

/** The credential of this request itself, of every kind and in every place. */
export const readWhoami = (request: WireRequest): Check => ({
  carrier: carrierOf(request),
  dialects: 'any',
  ip: request.address.caller,
})

/** A browser's EventSource sends `Last-Event-ID` when it reconnects (WHATWG HTML section 9.2.4). */
export function readFeed(request: WireRequest): FollowFeed {
  const last = header(request, 'last-event-id') ?? request.query.one('after')
  if (last === undefined) return {}
  const [, seq, incarnation] = /^(\d{1,15})(?:-([\w.]{1,64}))?$/.exec(last) ?? []
  if (seq === undefined)
    throw new Refusal('parameter-invalid', `Last-Event-ID ${last.slice(0, 40)}`, {
      parameter: 'Last-Event-ID',
      sentence: 'Last-Event-ID must be an id that this feed sent.',
    })
  return { after: { seq: Number(seq), ...(incarnation && { incarnation }) } }
}
