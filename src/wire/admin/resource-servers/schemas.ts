import { z } from 'zod'
import { id, scopes, text, time, uri } from '../shapes.ts'

const ROLLING =
  'For APIs that refuse a token without an end: introspection reports this many seconds from now as the `exp` of credentials that have none.'
const KEY_CONSENT =
  'One of its API keys may stand in the place of a sign-in when an application asks for access to this API alone. What the application gets is never more than the key, and ends with it.'
const rollingExp = z.int().min(60).max(315_360_000).meta({ description: ROLLING })

export const resourceServer = z
  .object({
    id: id.meta({ description: 'Its `client_id`, with which it proves itself at introspection, verify and the feed.' }),
    audience: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    token_format: z.enum(['opaque', 'jwt']),
    strict_audience: z.boolean(),
    key_consent: z.boolean().meta({ description: KEY_CONSENT }),
    rolling_exp_seconds: z.int().nullable().meta({ description: ROLLING }),
    created_at: time,
  })
  .meta({ id: 'ResourceServer' })

export const createResourceBody = z.strictObject({
  audience: uri.meta({ examples: ['https://api.example.com'] }),
  name: text(200),
  scopes: scopes.default([]),
  token_format: z.enum(['opaque', 'jwt']).default('opaque'),
  strict_audience: z.boolean().default(false),
  key_consent: z.boolean().default(false).meta({ description: KEY_CONSENT }),
  rolling_exp_seconds: rollingExp.nullable().default(null),
})

export const changeResourceBody = z.strictObject({
  name: text(200).optional(),
  scopes: scopes.optional(),
  token_format: z.enum(['opaque', 'jwt']).optional(),
  strict_audience: z.boolean().optional(),
  key_consent: z.boolean().optional().meta({ description: KEY_CONSENT }),
  rolling_exp_seconds: rollingExp.nullable().optional(),
})

export const createdResource = z.object({ resource_server: resourceServer, client_secret: z.string() })
