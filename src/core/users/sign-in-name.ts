import type { User } from '../../model/users/user.ts'

/** The name with which people sign in: the e-mail address if there is one. */
export const signInName = (user: Pick<User, 'email' | 'handle'>): string => user.email ?? user.handle
