import type { TokenHolder } from '../../../core/workspaces/update-member.ts'
import type { World } from '../../../core/world.ts'
import { readBearer } from '../../../http/authorization-header.ts'
import type { WireRequest } from '../../../http/request.ts'
import { Refusal } from '../../../model/refusal.ts'
import { principalOf } from '../../callers/bearer.ts'

/** Anybody who shows something after the word Bearer, whatever it is. */
export function tokenHolder(_world: World, request: WireRequest): string {
  const presented = readBearer(request)
  if (presented === undefined) throw new Refusal('credential-missing')
  return presented
}

/** The user behind a live token of this dialect. */
export async function member(world: World, request: WireRequest): Promise<TokenHolder> {
  if (tokenHolder(world, request) === '') throw new Refusal('credential-malformed')
  const { subject, credentialId } = await principalOf(world, request, { dialects: ['zebbra'] })
  const user = subject && (await world.users.byId(subject.id))
  if (!user) throw new Refusal('credential-unknown', `the user of ${credentialId} is gone`)
  return { user, credentialId }
}
