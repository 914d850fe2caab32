import { requireProof } from '../../../core/sign-in/require-proof.ts'
import type { TokenHolder } from '../../../core/workspaces/update-member.ts'
import { readBearer } from '../../../http/authorization-header.ts'
import { sourceOf, type WireRequest } from '../../../http/request.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, Anonymous } from '../../../model/users/actor.ts'
import { anonymousAct } from '../../callers/anyone.ts'
import { concernsOf, principalOf } from '../../callers/bearer.ts'
import type { Caller } from '../../dialect.ts'

/** Any text after `Bearer`; the core checks it. */
export const tokenHolder: Caller<Act<Anonymous> & { presented: string }> = {
  name: 'any bearer token',
  prove: (_world, request) => ({ who: { ...anonymousAct(request), presented: presentedIn(request) }, concerns: {} }),
}

/** The user of an active token of this dialect. */
export const member: Caller<Act<TokenHolder>> = {
  name: 'user token',
  async prove(world, request) {
    if (presentedIn(request) === '') throw new Refusal('credential-malformed')
    const principal = await principalOf(world, request, { dialects: ['zebbra'] })
    const { subject, scopes, credentialId, issuedAt } = principal
    const user = subject && (await world.users.byId(subject.id))
    if (!user) throw new Refusal('credential-unknown', `the user of ${credentialId} is gone`)
    // Each of these tokens was issued for a password, so its issue is a sign-in.
    const by: TokenHolder = { is: 'user', user, scopes, credentialId, signedInAt: issuedAt }
    const act: Act<TokenHolder> = { by, from: sourceOf(request) }
    return { who: act, concerns: concernsOf(principal) }
  },
}

/** A user token that was issued recently, so the holder is the user and not a thief. */
export const recentMember: Caller<Act<TokenHolder>> = {
  name: 'user token less than ten minutes old',
  async prove(world, request) {
    const proven = await member.prove(world, request)
    await requireProof(world, proven.who)
    return proven
  },
}

function presentedIn(request: WireRequest): string {
  const presented = readBearer(request)
  if (presented === undefined) throw new Refusal('credential-missing')
  return presented
}
