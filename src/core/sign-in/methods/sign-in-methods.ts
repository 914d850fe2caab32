import { oneTimeCode } from './one-time-code.ts'
import { password } from './password.ts'
import { recoveryCode } from './recovery-code.ts'
import type { SignInMethod } from './sign-in-method.ts'

/** All ways to sign in; a new one is one object here and rows of its name in `authenticators`. */
export const SIGN_IN_METHODS: readonly SignInMethod[] = [password, oneTimeCode, recoveryCode]
