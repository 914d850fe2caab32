import type { z } from 'zod'
import type { User } from '../../../model/user.ts'
import type * as contract from '../contract.ts'
import { seconds } from '../times.ts'

export const showUser = (user: User): z.infer<typeof contract.user> => ({
  id: user.id,
  number: user.number,
  handle: user.handle,
  email: user.email ?? null,
  first_name: user.firstName ?? null,
  last_name: user.lastName ?? null,
  role: user.role,
  scopes: user.scopes ?? null,
  active: user.active,
  has_password: user.password !== undefined,
  second_factor: user.otpValidated,
  created_at: seconds(user.createdAt),
})
