import { z } from 'zod'
import { SIGNING_ALGORITHMS, TOKEN_ALGORITHM } from '../../../model/credentials/signing-algorithm.ts'
import { id, time } from '../shapes.ts'

export const signingKey = z
  .object({
    id,
    algorithm: z.enum(SIGNING_ALGORITHMS),
    state: z
      .enum(['signing', 'retired'])
      .meta({ description: 'A retired key is published until its tokens have ended.' }),
    created_at: time,
    retired_at: time.nullable(),
    public_jwk: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'SigningKey' })

export const rotateSigningKeyBody = z.strictObject({
  algorithm: z
    .enum(SIGNING_ALGORITHMS)
    .default(TOKEN_ALGORITHM)
    .meta({ description: `Of the new key; ${TOKEN_ALGORITHM} signs access tokens.` }),
})
