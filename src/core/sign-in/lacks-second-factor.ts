import type { AuthenticationMethod } from '../../model/credentials/credential.ts'
import { isStaff, type User } from '../../model/users/user.ts'
import type { World } from '../world.ts'

/** True if staff must have a second factor and this user signs in, or is signed in, by password alone. Evaluated at each use. */
export const lacksSecondFactor = (
  { rules }: Pick<World, 'rules'>,
  user: Pick<User, 'role'>,
  methods: readonly AuthenticationMethod[],
): boolean => rules.staffSecondFactor === 'required' && isStaff(user.role) && !methods.some(one => one !== 'pwd')
