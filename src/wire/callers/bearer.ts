import { checkCredential } from '../../core/check/check-credential.ts'
import type { Acceptance } from '../../core/check/check-rules.ts'
import type { World } from '../../core/world.ts'
import { readBearer } from '../../http/authorization-header.ts'
import { sourceOf, type WireRequest } from '../../http/request.ts'
import type { Client } from '../../model/clients/client.ts'
import type { Presented } from '../../model/credentials/presented.ts'
import type { Principal } from '../../model/credentials/verdict.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { type Act, type ClientActor, type Oneself, SYSTEM, type SystemActor } from '../../model/users/actor.ts'

/*
 * Callers with a bearer credential. Uses the same check as every guard, and throws a refusal if the credential does not
 * pass.
 */

/** Returns the principal of the request's bearer credential. */
export const principalOf = (
  world: World,
  request: WireRequest,
  acceptance: Omit<Acceptance, 'ip'>,
): Promise<Principal> => principalFrom(world, request, presentedIn(request), acceptance)

/** Returns the principal of a credential from another place in the request. */
export async function principalFrom(
  world: World,
  request: WireRequest,
  presented: Presented | undefined,
  acceptance: Omit<Acceptance, 'ip'>,
): Promise<Principal> {
  const verdict = await checkCredential(world, ownCheck(request), {
    ...acceptance,
    presented,
    ip: request.address.caller,
  })
  if (verdict.active) return verdict.principal
  const scopes = acceptance.scopes ?? acceptance.anyScope
  throw new Refusal(
    verdict.reason,
    `credential ${verdict.credentialId ?? 'unknown'}: ${verdict.reason}`,
    verdict.reason === 'scope-insufficient' && scopes ? { scopes } : {},
  )
}

function presentedIn(request: WireRequest): Presented | undefined {
  const secret = readBearer(request)
  return secret === undefined ? undefined : { secret, place: 'authorization', scheme: 'bearer' }
}

/** The ids of an accepted credential for the journal. */
export const concernsOf = ({ client, subject, credentialId }: Principal): Refusal['concerns'] => ({
  credentialId,
  ...(subject && { userId: subject.id }),
  ...(client && { clientId: client.id }),
})

/** An actor with such a credential: its user, or the client of a credential without a user. */
export type CredentialAct = Act<Oneself | ClientActor<Pick<Client, 'id'>>> & { principal: Principal }

export function actOf(principal: Principal, request: WireRequest): CredentialAct {
  const { subject, client, scopes, credentialId } = principal
  const from = sourceOf(request)
  const carried = { scopes, credentialId }
  if (subject)
    return { by: { is: 'user', user: subject, ...carried, ...(client && { clientId: client.id }) }, from, principal }
  if (client) return { by: { is: 'client', client, ...carried }, from, principal }
  throw new Refusal('credential-unknown', `credential ${credentialId} has neither user nor client`)
}

/** The act of a check for a request to this server itself. */
export const ownCheck = (request: WireRequest): Act<SystemActor> => ({ by: SYSTEM.by, from: sourceOf(request) })
