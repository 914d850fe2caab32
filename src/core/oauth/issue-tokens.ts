import type { Act, ClientActor } from '../../model/actor.ts'
import { Refusal } from '../../model/refusal.ts'
import type { World } from '../world.ts'
import { refuseDisabled } from './authenticate-client.ts'
import { authorizationCode } from './grants/authorization-code.ts'
import { clientCredentials } from './grants/client-credentials.ts'
import type { GrantType, Issued, TokenAsk } from './grants/grant-type.ts'
import { refreshToken } from './grants/refresh-token.ts'

/** Each grant type introduces itself; adding one is adding a line. */
export const GRANTS: readonly GrantType[] = [authorizationCode, clientCredentials, refreshToken]

/** The token endpoint's decision (RFC 6749 section 3.2): which grant, and may this client use it? */
export async function issueTokens(needs: World, act: Act<ClientActor>, ask: TokenAsk): Promise<Issued> {
  const { client } = act.by
  const grant = GRANTS.find(({ name }) => name === ask.grantType)
  if (!grant) throw new Refusal('grant-type-unknown', `grant type ${ask.grantType.slice(0, 80)}`)
  if (!client.grantTypes.includes(grant.name))
    throw new Refusal('grant-type-not-allowed', `${client.id} may not use ${grant.name}`)
  // First the place in the log, then the client anew: what is read from here on is at least as new as that place.
  const place = needs.lookups.place()
  const now = (await needs.lookups.client(client.id)) ?? client
  refuseDisabled(now)
  const proven: Act<ClientActor> = { by: { is: 'client', client: now }, from: act.from }
  const issued = await grant.issue(needs, proven, { ...ask, place })
  needs.recorder.issued(client.id, issued.createdAt)
  return issued
}
