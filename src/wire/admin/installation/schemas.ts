import { z } from 'zod'
import { UNUSED_DAYS } from '../../../model/credentials/credential.ts'
import { id, time } from '../shapes.ts'

export const overviewQuery = z.strictObject({
  unused_days: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(UNUSED_DAYS)
    .meta({ description: 'A credential that was neither used nor created in this number of days counts as unused.' }),
})

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
      grants: z.int().meta({ description: 'What users allow applications, as far as it is alive.' }),
      active_credentials: z.int().meta({
        description: 'Stored ones of the kinds that APIs accept; access tokens that are not stored are not among them.',
      }),
      active_sessions: z.int(),
    }),
    last_24h: z.object({ uses: z.int(), refusals: z.int() }),
    day_before: z.object({ uses: z.int(), refusals: z.int() }),
    attention: z.array(
      z.object({
        kind: z.enum(['expires_soon', 'unused', 'refusals', 'signing_key_old', 'sign_in_failures']),
        sentence: z.string(),
        about: z.enum(['credential', 'client', 'user', 'signing-key', 'journal']),
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
