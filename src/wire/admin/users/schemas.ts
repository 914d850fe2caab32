import { z } from 'zod'
import {
  ADDRESS_PARTS,
  type ClaimsChange,
  SETTABLE_CLAIMS,
  STANDARD_CLAIMS,
} from '../../../model/users/standard-claims.ts'
import { ROLES, type Role } from '../../../model/users/user.ts'
import { kindsAlone } from '../credentials/schemas.ts'
import { id, pageQuery, scopes, sortQuery, text, time } from '../shapes.ts'

const CLAIM = {
  text: text(1000),
  url: text(1000),
  number: z.int(),
  flag: z.boolean(),
  address: z.strictObject(
    Object.fromEntries(ADDRESS_PARTS.map(part => [part, text(1000).optional()])) as Record<
      (typeof ADDRESS_PARTS)[number],
      z.ZodOptional<ReturnType<typeof text>>
    >,
  ),
}
const claims = z
  .strictObject(
    Object.fromEntries(SETTABLE_CLAIMS.map(name => [name, CLAIM[STANDARD_CLAIMS[name].type].nullable().optional()])),
  )
  .meta({
    description:
      'Standard claims of OpenID Connect Core section 5.1 that have no field of their own; null clears one, absent ones stay. Names and e-mail address come from the other fields.',
  }) as unknown as z.ZodType<ClaimsChange>

const names = {
  email: text(254).nullable().optional(),
  first_name: text(200).nullable().optional(),
  last_name: text(200).nullable().optional(),
}

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
    claims: z.record(z.string(), z.unknown()).meta({ description: 'Standard claims of OpenID Connect that are set.' }),
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
  named: text(254).optional().meta({ description: 'Exactly this user: handle, e-mail address or id.' }),
  role: role.optional(),
  active: z.enum(['true', 'false']).optional(),
})

export const createUserBody = z.strictObject({
  handle: text(100).meta({ examples: ['ada'] }),
  ...names,
  claims: claims.optional(),
  role: role.optional().meta({ description: 'Nobody gives a role that may do more than they may. Default: user.' }),
  scopes: scopes.nullable().optional(),
  password: text(4096).optional().meta({ description: 'Without one the user cannot sign in with a password.' }),
})

export const changeUserBody = z.strictObject({
  handle: text(100).optional(),
  ...names,
  claims: claims.optional(),
  role: role.optional(),
  scopes: scopes.nullable().optional(),
  active: z.boolean().optional().meta({ description: '`false` stops everything of this user at once.' }),
  current_password: text(4096)
    .optional()
    .meta({ description: 'For your own handle or address, when you proved who you are more than ten minutes ago.' }),
})

export const setPasswordBody = z.strictObject({
  password: text(4096),
  current_password: text(4096).optional().meta({ description: 'Needed when it is your own.' }),
  keys: z
    .enum(['keep', 'revoke'])
    .default('keep')
    .meta({ description: '`revoke`: API keys and application tokens end, too.' }),
})

export const userImpactQuery = z.strictObject({
  of: z.enum(['account', 'credentials', 'password', 'password_and_keys']).default('account').meta({
    description:
      'The account with the applications they registered, their tokens and keys alone, or what came of their password, without or with keys.',
  }),
  kinds: kindsAlone,
})
