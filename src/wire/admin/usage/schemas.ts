import { z } from 'zod'
import { credential, credentialKind } from '../credentials/schemas.ts'
import { grant } from '../grants/schemas.ts'
import { id, mention, owner, text, time } from '../shapes.ts'

const checkTime = z
  .number()
  .nullable()
  .meta({ description: 'Milliseconds, read from counts in steps of a factor of 1.4. null: no checks.' })
const spread = { checks: z.int(), p50_ms: checkTime, p95_ms: checkTime, p99_ms: checkTime }

const when = z.coerce.number().int().min(0).max(8_640_000_000_000)

export const usageQuery = z.strictObject({
  since: when.optional().meta({ description: 'Default: 24 hours before `until`.' }),
  until: when.optional().meta({ description: 'Default: now.' }),
  bucket: z.enum(['minute', 'hour', 'day']).default('hour'),
  credential: id.optional(),
  owner: owner.optional(),
  client: id.optional(),
  grant: id.optional(),
})

/** Buckets without use are omitted; charts must fill the gaps with zero. */
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

export const networksQuery = z.strictObject({
  credential: id.optional(),
  client: id.optional(),
  grant: id.optional(),
  owner: owner.optional(),
})

/** Networks from which the credential was accepted, latest first. Deleted after a while. */
export const networks = z
  .object({
    items: z.array(z.object({ network: z.string().meta({ description: 'IPv4 /24 or IPv6 /48.' }), last_at: time })),
  })
  .meta({ id: 'UsageNetworks' })

export const checkTimesQuery = z.strictObject({
  since: when.optional().meta({ description: 'Default: 24 hours before `until`.' }),
  until: when.optional().meta({ description: 'Default: now.' }),
  bucket: z.enum(['minute', 'hour', 'day']).default('hour').meta({ description: 'Minutes are kept for two days.' }),
})

/**
 * Buckets without checks are omitted. The outer figures are percentiles of the whole range, not an average of the
 * buckets.
 */
export const checkTimes = z
  .object({
    since: time,
    until: time,
    bucket_seconds: z.int(),
    ...spread,
    items: z.array(z.object({ at: time, ...spread })),
  })
  .meta({ id: 'CheckTimes' })

/** Counts of all active API keys and application tokens. Groups with the count zero are omitted. */
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

/**
 * Each item is a credential, a grant or a client. Tokens without a row are counted by grant, or by client without one.
 */
export const top = z
  .object({
    items: z.array(
      z.object({
        credential: credential.nullable(),
        grant: grant.nullable(),
        client: mention.nullable().meta({ description: 'Where it acts for itself.' }),
        count: z.int(),
      }),
    ),
  })
  .meta({ id: 'TopCredentials' })

export const sparklinesQuery = z.strictObject({
  credentials: text(5000).meta({ description: 'Up to 200 ids, separated by commas.' }),
})

/** 36 hours, oldest first; the last bucket is the current hour. */
export const sparklines = z
  .object({
    since: time,
    bucket_seconds: z.int(),
    items: z.array(z.object({ credential_id: id, valid: z.array(z.int()), refused: z.array(z.int()) })),
  })
  .meta({ id: 'Sparklines' })
