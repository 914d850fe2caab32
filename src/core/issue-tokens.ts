import type { Client } from '../model/client.ts'
import { Refusal } from '../model/refusal.ts'
import { authorizationCode } from './grants/authorization-code.ts'
import { clientCredentials } from './grants/client-credentials.ts'
import type { GrantType, Issued, TokenAsk } from './grants/grant-type.ts'
import { refreshToken } from './grants/refresh-token.ts'
import type { World } from './world.ts'

/** Each grant type introduces itself; adding one is adding a line. */
export const GRANTS: readonly GrantType[] = [authorizationCode, clientCredentials, refreshToken]

/** The token endpoint's decision (RFC 6749 section 3.2): which grant, and may this client use it? */
export async function issueTokens(needs: World, client: Client, ask: TokenAsk): Promise<Issued> {
  const grant = GRANTS.find(({ name }) => name === ask.grantType)
  if (!grant) throw new Refusal('grant-type-unknown', `grant type ${ask.grantType.slice(0, 80)}`)
  if (!client.grantTypes.includes(grant.name))
    throw new Refusal('grant-type-not-allowed', `${client.id} may not use ${grant.name}`)
  return grant.issue(needs, client, ask)
}
