import type { z } from 'zod'
import { type User, userFields } from '../../../model/users/user.ts'
import type * as contract from '../contract.ts'
import { seconds } from '../times.ts'

export const showUser = (user: User): z.infer<typeof contract.user> => ({
  ...userFields(user),
  scopes: user.scopes ?? null,
  active: user.active,
  has_password: user.hasPassword,
  second_factor: user.secondFactor,
  created_at: seconds(user.createdAt),
})
