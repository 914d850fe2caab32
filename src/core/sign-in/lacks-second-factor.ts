import type { AuthenticationMethod } from '../../model/credential.ts'
import { isStaff, type User } from '../../model/user.ts'
import type { World } from '../world.ts'

/** Where staff must have a second factor: does this user sign in, or is signed in, with the password alone? Judged anew at each use. */
export const lacksSecondFactor = (
  { rules }: Pick<World, 'rules'>,
  user: Pick<User, 'role'>,
  methods: readonly AuthenticationMethod[],
): boolean => rules.staffSecondFactor === 'required' && isStaff(user.role) && !methods.some(one => one !== 'pwd')
