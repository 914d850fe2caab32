import type { Act, ClientActor } from '../../model/actor.ts'
import { Refusal } from '../../model/refusal.ts'
import type { World } from '../world.ts'
import { refuseDisabled } from './authenticate-client.ts'
import type { GrantNeeds, Issued } from './grants/grant-type.ts'
import { GRANTS } from './grants/grants.ts'
import type { Parameters } from './parameters.ts'

/** The token endpoint's decision (RFC 6749 section 3.2): which grant, and may this client use it? The grant does the rest. */
export async function issueTokens(needs: Needs, act: Act<ClientActor>, ask: TokenRequest): Promise<Issued> {
  const { client } = act.by
  const grant = GRANTS.find(({ name }) => name === ask.grantType)
  if (!grant)
    throw new Refusal('grant-type-unknown', `grant type ${ask.grantType.slice(0, 80)}`, {
      parameter: 'grant_type',
      allowed: GRANTS.map(({ name }) => name),
    })
  if (!client.grantTypes.includes(grant.name))
    throw new Refusal('grant-type-not-allowed', `${client.id} may not use ${grant.name}`)
  const asked = grant.read(ask.parameters)
  // First the place in the log, then the client anew: what is read from here on is at least as new as that place.
  const place = needs.lookups.place()
  const now = (await needs.lookups.client(client.id)) ?? client
  refuseDisabled(now)
  const proven: Act<ClientActor> = { by: { is: 'client', client: now }, from: act.from }
  const issued = await grant.issue(needs, { client: now, place, act: proven }, asked)
  needs.recorder.issued(client.id, issued.createdAt)
  return issued
}

/** A token request: which grant, and the parameters that it will read. */
export type TokenRequest = { grantType: string; parameters: Parameters }
type Needs = GrantNeeds & { recorder: Pick<World['recorder'], 'issued' | 'gather'> }
