import { z } from 'zod'
import { id, owner, pageQuery, time } from '../shapes.ts'

export const sessionsQuery = z.strictObject({ ...pageQuery, owner: owner.optional() })

/** Methods of authentication, with the names of RFC 8176. */
export const methods = z
  .array(z.string())
  .meta({ description: 'How the person signed in (RFC 8176): `pwd` a password, `otp` a one-time or recovery code.' })

export const session = z
  .object({
    id,
    user: z.object({ id, handle: z.string() }),
    current: z.boolean().meta({ description: 'The session that asks.' }),
    user_agent: z.string().nullable(),
    ip: z.string().nullable(),
    authenticated_at: time,
    methods,
    created_at: time,
    expires_at: time.nullable(),
    last_used_at: time.nullable(),
  })
  .meta({ id: 'Session' })

export const endedSessions = z.object({ revoked: z.int().meta({ description: 'How many stopped working.' }) })
