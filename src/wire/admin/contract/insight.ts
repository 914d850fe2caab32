import { z } from 'zod'
import { EVENTS } from '../../../model/journal.ts'
import { credential, credentialKind } from './credentials.ts'
import { id, mention, owner, pageQuery, scopes, text, time, uri } from './shapes.ts'

/* What happened, how much of it, and why something was refused. */

export const eventName = z.enum(EVENTS)
export const journalEntry = z
  .object({
    id,
    at: time,
    event: eventName,
    about: z
      .string()
      .meta({ description: 'user, client, credential, grant, resource, scope, signing-key, request ...' }),
    about_id: z.string().nullable(),
    actor: mention.meta({ description: 'A user or client; or `operator` (command line), `system`.' }),
    user_id: id.nullable(),
    client_id: id.nullable(),
    credential_id: id.nullable(),
    reason: z.string().nullable(),
    request_id: z.string().nullable(),
    ip: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'JournalEntry' })

const when = z.coerce.number().int().min(0).max(8_640_000_000_000)
export const journalQuery = z.strictObject({
  ...pageQuery,
  event: eventName.optional(),
  owner: owner.optional().meta({ description: 'Entries about this user; `me` for your own.' }),
  client: id.optional(),
  credential: id.optional(),
  actor: id.optional(),
  about: text(40).optional(),
  reason: text(60).optional(),
  request_id: text(100).optional(),
  ip: text(64).optional(),
  since: when.optional(),
  until: when.optional(),
})

export const journalCountsQuery = z.strictObject({
  since: when.optional().meta({ description: 'Default: 24 hours before `until`.' }),
  until: when.optional().meta({ description: 'Default: now.' }),
  bucket: z.enum(['minute', 'hour', 'day']).default('hour'),
  events: text(300).meta({
    description: 'One or several events, separated by commas.',
    examples: ['signed-in,sign-in-failed'],
  }),
})
/** Only buckets in which something happened; of the newest 50 000 entries. */
export const journalCounts = z
  .object({
    since: time,
    until: time,
    bucket_seconds: z.int(),
    items: z.array(z.object({ at: time, event: eventName, count: z.int() })),
  })
  .meta({ id: 'JournalCounts' })

export const usageQuery = z.strictObject({
  since: when.optional().meta({ description: 'Default: 24 hours before `until`.' }),
  until: when.optional().meta({ description: 'Default: now.' }),
  bucket: z.enum(['minute', 'hour', 'day']).default('hour'),
  credential: id.optional(),
  owner: owner.optional(),
  client: id.optional(),
})
/** Only buckets in which something happened; fill the gaps with zero. */
export const usage = z
  .object({
    since: time,
    until: time,
    bucket_seconds: z.int(),
    items: z.array(
      z.object({
        at: time,
        kind: credentialKind,
        outcome: z.string().meta({ description: '`valid`, or the reason it was refused.' }),
        count: z.int(),
      }),
    ),
  })
  .meta({ id: 'Usage' })

export const checkTimesQuery = z.strictObject({
  since: when.optional().meta({ description: 'Default: 24 hours before `until`.' }),
  until: when.optional().meta({ description: 'Default: now.' }),
  bucket: z.enum(['minute', 'hour', 'day']).default('hour').meta({ description: 'Minutes are kept for two days.' }),
})
const checkTime = z
  .number()
  .nullable()
  .meta({ description: 'Milliseconds, read from counts in steps of a factor of 1.4. null: no checks.' })
const spread = { checks: z.int(), p50_ms: checkTime, p95_ms: checkTime, p99_ms: checkTime }
/** Only buckets with checks. The outer figures are of the whole range, not an average of the buckets. */
export const checkTimes = z
  .object({
    since: time,
    until: time,
    bucket_seconds: z.int(),
    ...spread,
    items: z.array(z.object({ at: time, ...spread })),
  })
  .meta({ id: 'CheckTimes' })

/** Live API keys and application tokens, all of them. Only groups that have any. */
export const ages = z
  .object({
    used_within_days: z.int().meta({ description: 'What `recent` means.' }),
    items: z.array(
      z.object({
        from_days: z.int(),
        to_days: z.int().nullable().meta({ description: 'null: and older.' }),
        kind: credentialKind,
        use: z.enum(['recent', 'lapsed', 'never']),
        count: z.int(),
      }),
    ),
  })
  .meta({ id: 'CredentialAges' })

export const topQuery = z.strictObject({
  since: when.optional(),
  until: when.optional(),
  by: z.enum(['uses', 'refusals']).default('uses'),
  limit: z.coerce.number().int().min(1).max(50).default(10),
})
export const top = z.object({ items: z.array(z.object({ credential, count: z.int() })) }).meta({ id: 'TopCredentials' })

export const sparklinesQuery = z.strictObject({
  credentials: text(5000).meta({ description: 'Up to 200 ids, separated by commas.' }),
})
/** 36 hours, oldest first; the last bucket is the hour under way. */
export const sparklines = z
  .object({
    since: time,
    bucket_seconds: z.int(),
    items: z.array(z.object({ credential_id: id, valid: z.array(z.int()), refused: z.array(z.int()) })),
  })
  .meta({ id: 'Sparklines' })

/** Exactly one of `credential` and `request_id`. */
export const explainBody = z.strictObject({
  credential: text(8192)
    .optional()
    .meta({ description: 'The secret as it was presented. It is not stored or logged.' }),
  request_id: text(100).optional().meta({ description: 'From an error body or the header x-request-id.' }),
  scopes: scopes.optional(),
  audience: uri.optional(),
  dialects: z.array(text(40)).max(10).optional().meta({ description: 'As in POST /v1/verify; default: native kinds.' }),
  ip: text(64).optional(),
})
export const explanation = z
  .object({
    active: z.boolean().nullable().meta({ description: 'null when only a request was asked about.' }),
    reason: z.string().nullable().meta({ description: 'Of a request: what was said then.' }),
    refused_by: z
      .object({ rule: z.string(), found: z.string().nullable(), needed: z.string().nullable() })
      .nullable()
      .meta({ description: 'Of a request: the rule that said no then, where a rule of the check did.' }),
    now: z
      .object({ active: z.boolean(), reason: z.string().nullable() })
      .nullable()
      .meta({ description: 'Of a request: what the same question is answered at this moment; `findings` say why.' }),
    credential: credential.nullable(),
    findings: z.array(
      z.object({
        rule: z.string(),
        passed: z.boolean(),
        found: z.string().nullable(),
        needed: z.string().nullable(),
      }),
    ),
    entries: z.array(journalEntry),
  })
  .meta({ id: 'Explanation' })

export const overview = z
  .object({
    version: z.string(),
    issuer: z.string(),
    database: z.enum(['sqlite', 'postgres']),
    dialects: z.array(z.string()),
    started_at: time,
    uptime_seconds: z.int(),
    counts: z.object({
      users: z.int(),
      clients: z.int(),
      resource_servers: z.int(),
      active_credentials: z.int().meta({ description: 'Of the kinds that APIs accept.' }),
      active_sessions: z.int(),
    }),
    last_24h: z.object({ uses: z.int(), refusals: z.int() }),
    day_before: z.object({ uses: z.int(), refusals: z.int() }),
    attention: z.array(
      z.object({
        kind: z.enum(['expires_soon', 'unused', 'refusals', 'signing_key_old', 'sign_in_failures']),
        sentence: z.string(),
        about: z.enum(['credential', 'user', 'signing-key', 'journal']),
        id: id.nullable(),
        at: time.nullable(),
      }),
    ),
  })
  .meta({ id: 'Overview' })

export const setting = z
  .object({
    name: z.string(),
    variable: z.string(),
    value: z.string().nullable().meta({ description: 'null: not set, or secret.' }),
    origin: z.enum(['flag', 'environment', 'file', 'default']),
    secret: z.boolean(),
    meaning: z.string(),
  })
  .meta({ id: 'Setting' })
