import { z } from 'zod'
import { id, mention, owner, time } from '../shapes.ts'

export const grant = z
  .object({
    id,
    user: mention.nullable(),
    client: mention,
    key: mention.nullable().meta({
      description:
        'The API key or application token with which it was allowed, and with which it ends. null: its user signed in.',
    }),
    scopes: z.array(z.string()),
    audience: z.array(z.string()),
    created_at: time,
    expires_at: time.nullable(),
    tokens_issued: z.int().meta({ description: 'Access tokens so far.' }),
    last_used_at: time.nullable().meta({
      description:
        'A token that came of it was accepted, to the minute, or its refresh token was exchanged. null: not yet.',
    }),
    networks: z
      .array(z.string())
      .max(5)
      .meta({ description: 'Where its tokens were accepted from, latest first (IPv4 /24, IPv6 /48).' }),
  })
  .meta({ id: 'Grant' })

export const grantsQuery = z.strictObject({
  owner: owner.optional().meta({ description: 'Without it, `client` must be named.' }),
  client: id.optional(),
})
