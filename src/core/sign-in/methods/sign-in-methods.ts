import { oneTimeCode } from './one-time-code.ts'
import { password } from './password.ts'
import { recoveryCode } from './recovery-code.ts'
import type { SignInMethod } from './sign-in-method.ts'

/** All methods. A new method is one object here, with its rows in `authenticators`. */
export const SIGN_IN_METHODS: readonly SignInMethod[] = [password, oneTimeCode, recoveryCode]
