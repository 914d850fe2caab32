import { checkCredential } from '../../core/check/check-credential.ts'
import type { Acceptance } from '../../core/check/check-rules.ts'
import type { World } from '../../core/world.ts'
import { readBearer } from '../../http/authorization-header.ts'
import { sourceOf, type WireRequest } from '../../http/request.ts'
import { type Act, type ClientActor, type Oneself, SYSTEM, type SystemActor } from '../../model/actor.ts'
import type { Client } from '../../model/client.ts'
import type { Presented } from '../../model/presented.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Principal } from '../../model/verdict.ts'

/* Callers that show a credential of their own: the same check as in every guard, as a refusal. */

/** The principal of this request's bearer credential, if it passes. */
export async function principalOf(
  world: World,
  request: WireRequest,
  acceptance: Omit<Acceptance, 'ip'>,
): Promise<Principal> {
  const verdict = await checkCredential(world, ownCheck(request), {
    ...acceptance,
    presented: presentedIn(request),
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

/** Which ids a credential that passed brings into the journal. */
export const concernsOf = ({ client, subject, credentialId }: Principal): Refusal['concerns'] => ({
  credentialId,
  ...(subject && { userId: subject.id }),
  ...(client && { clientId: client.id }),
})

/** Who acts with such a credential: its user, or else the client it was issued to. */
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

/** A check of a credential that was presented to this server itself. */
export const ownCheck = (request: WireRequest): Act<SystemActor> => ({ by: SYSTEM.by, from: sourceOf(request) })
