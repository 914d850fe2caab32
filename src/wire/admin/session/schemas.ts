import { z } from 'zod'
import { VIEW_PAGES } from '../../../model/users/saved-view.ts'
import { methods } from '../sessions/schemas.ts'
import { id, scope, text, time } from '../shapes.ts'
import { role, user } from '../users/schemas.ts'

/** The first data that the console reads: the user, their permissions, and the CSRF token. */
export const currentSession = z
  .object({
    session_id: id,
    user,
    permissions: z.array(scope).meta({ description: 'Management scopes of the role; each covers its parts.' }),
    csrf: z.string().meta({ description: 'Send it as `x-claviger-csrf` with every request that changes something.' }),
    authenticated_at: time,
    proven_at: time.meta({
      description: 'The last proof of who they are. What makes a secret or takes rights needs one of ten minutes.',
    }),
    methods,
    expires_at: time.nullable(),
    issuer: z.string(),
    rules: z.object({
      registration: z.enum(['open', 'invite', 'closed']),
      client_registration: z.enum(['open', 'token', 'closed']),
      password_min_length: z.int(),
      dialects: z.array(z.string()),
      free_scopes: z.boolean().meta({ description: 'Whether scopes that no API declares may be given, too.' }),
      dialect_scopes: z
        .array(scope)
        .meta({ description: 'Scopes that the older systems bring which are switched on.' }),
      roles: z.record(role, z.array(scope)).meta({ description: 'What each role may do.' }),
      grantable_roles: z.array(role),
    }),
  })
  .meta({ id: 'CurrentSession' })

/** A code for users with a second factor, the password for others. */
export const proofBody = z.strictObject({
  code: text(100).optional().meta({ description: 'One-time code or recovery code, with a second factor.' }),
  password: text(4096).optional().meta({ description: 'Without a second factor.' }),
})
export const sessionProof = z.object({ proven_at: time }).meta({ id: 'SessionProof' })

export const savedView = z
  .object({
    name: z.string(),
    page: z.enum(VIEW_PAGES),
    query: z.string().meta({ description: 'The filters as they stand in the address of the page.' }),
    created_at: time,
  })
  .meta({ id: 'SavedView' })

export const putViewBody = z.strictObject({ page: z.enum(VIEW_PAGES), query: text(1000) })
