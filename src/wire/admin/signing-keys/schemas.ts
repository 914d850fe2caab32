import { z } from 'zod'
import { id, time } from '../shapes.ts'

export const signingKey = z
  .object({
    id,
    algorithm: z.string(),
    state: z
      .enum(['signing', 'retired'])
      .meta({ description: 'A retired key is published until its tokens have ended.' }),
    created_at: time,
    retired_at: time.nullable(),
    public_jwk: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'SigningKey' })
