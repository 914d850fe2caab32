import type { ClientMethod } from './client-method.ts'
import { clientSecretBasic, clientSecretPost } from './client-secret.ts'
import { none } from './none.ts'
import { privateKeyJwt } from './private-key-jwt.ts'

/** All client authentication methods. To add a method, add a line. */
export const CLIENT_METHODS: readonly ClientMethod[] = [clientSecretBasic, clientSecretPost, privateKeyJwt, none]
