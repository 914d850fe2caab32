import { z } from 'zod'
import { ROLES, type Role } from '../../../model/user.ts'
import { id, pageQuery, scope, scopes, sortQuery, text, time } from './shapes.ts'

export const role = z.enum(Object.keys(ROLES) as Role[])

export const user = z
  .object({
    id: id.meta({ description: '24 hex digits, never reused.' }),
    number: z.int().meta({ description: 'For systems that count their users; never reused.' }),
    handle: z.string(),
    email: z.string().nullable(),
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    role,
    scopes: z
      .array(z.string())
      .nullable()
      .meta({ description: 'What the user may do at most; null: no limit was set.' }),
    active: z.boolean(),
    has_password: z.boolean(),
    second_factor: z.boolean(),
    created_at: time,
  })
  .meta({ id: 'User' })

export const usersQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery,
  q: text(100).optional().meta({ description: 'Start of a handle or e-mail address.' }),
  role: role.optional(),
  active: z.enum(['true', 'false']).optional(),
})

const names = {
  email: text(254).nullable().optional(),
  first_name: text(200).nullable().optional(),
  last_name: text(200).nullable().optional(),
}
export const createUserBody = z.strictObject({
  handle: text(100).meta({ examples: ['ada'] }),
  ...names,
  role: role.optional().meta({ description: 'Nobody gives a role that may do more than they may. Default: user.' }),
  scopes: scopes.nullable().optional(),
  password: text(4096).optional().meta({ description: 'Without one the user cannot sign in with a password.' }),
})
export const changeUserBody = z.strictObject({
  handle: text(100).optional(),
  ...names,
  role: role.optional(),
  scopes: scopes.nullable().optional(),
  active: z.boolean().optional().meta({ description: '`false` stops everything of this user at once.' }),
})
export const setPasswordBody = z.strictObject({
  password: text(4096),
  current_password: text(4096).optional().meta({ description: 'Needed when it is your own.' }),
})

export const session = z
  .object({
    id,
    user: z.object({ id, handle: z.string() }),
    current: z.boolean().meta({ description: 'The session that asks.' }),
    user_agent: z.string().nullable(),
    ip: z.string().nullable(),
    authenticated_at: time,
    created_at: time,
    expires_at: time.nullable(),
    last_used_at: time.nullable(),
  })
  .meta({ id: 'Session' })

/** What the console reads first: who am I, what may I do, and the token for its writing requests. */
export const currentSession = z
  .object({
    session_id: id,
    user,
    permissions: z.array(scope).meta({ description: 'Management scopes of the role; each covers its parts.' }),
    csrf: z.string().meta({ description: 'Send it as `x-claviger-csrf` with every request that changes something.' }),
    authenticated_at: time,
    expires_at: time.nullable(),
    issuer: z.string(),
    rules: z.object({
      registration: z.enum(['open', 'invite', 'closed']),
      password_min_length: z.int(),
      dialects: z.array(z.string()),
      roles: z.record(role, z.array(scope)).meta({ description: 'What each role may do.' }),
      grantable_roles: z.array(role),
    }),
  })
  .meta({ id: 'CurrentSession' })
