import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, ClientActor } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import type { GrantNeeds, Issued } from './grants/grant-type.ts'
import { GRANTS } from './grants/grants.ts'
import type { Parameters } from './parameters.ts'
import { refuseDisabled } from './refuse-disabled.ts'

/**
 * Handles the token request (RFC 6749 section 3.2): selects the grant type, checks that the client may use it, and runs it.
 */
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
  // Reads the place in the log before the client, so that all data is at least as new as this place.
  const place = needs.lookups.place()
  const now = (await needs.lookups.client(client.id)) ?? client
  refuseDisabled(now)
  const proven: Act<ClientActor> = { by: { is: 'client', client: now }, from: act.from }
  const issued = await grant.issue(needs, { client: now, place, act: proven }, asked)
  needs.recorder.issued(client.id, issued.createdAt)
  return issued
}

/** A token request: the grant type, and the parameters for it. */
export type TokenRequest = { grantType: string; parameters: Parameters }
type Needs = GrantNeeds & { recorder: Pick<World['recorder'], 'issued' | 'gather'> }
