import { z } from 'zod'
import { id, scopes, text, time, uri } from '../shapes.ts'

export const resourceServer = z
  .object({
    id: id.meta({ description: 'Its `client_id`, with which it proves itself at introspection, verify and the feed.' }),
    audience: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    token_format: z.enum(['opaque', 'jwt']),
    strict_audience: z.boolean(),
    created_at: time,
  })
  .meta({ id: 'ResourceServer' })

export const createResourceBody = z.strictObject({
  audience: uri.meta({ examples: ['https://api.example.com'] }),
  name: text(200),
  scopes: scopes.default([]),
  token_format: z.enum(['opaque', 'jwt']).default('opaque'),
  strict_audience: z.boolean().default(false),
})

export const changeResourceBody = z.strictObject({
  name: text(200).optional(),
  scopes: scopes.optional(),
  token_format: z.enum(['opaque', 'jwt']).optional(),
  strict_audience: z.boolean().optional(),
})

export const createdResource = z.object({ resource_server: resourceServer, client_secret: z.string() })
