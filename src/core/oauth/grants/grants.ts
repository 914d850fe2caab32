import { authorizationCode } from './authorization-code.ts'
import { clientCredentials } from './client-credentials.ts'
import { deviceCode } from './device-code.ts'
import type { GrantType } from './grant-type.ts'
import { refreshToken } from './refresh-token.ts'

/** All grant types. To add a new grant type, add a line here and its name to `GRANT_TYPES` in model/clients/client.ts. */
export const GRANTS: readonly GrantType[] = [authorizationCode, clientCredentials, deviceCode, refreshToken]
