import type { TokenHolder } from '../../../core/workspaces/update-member.ts'
import { readBearer } from '../../../http/authorization-header.ts'
import type { WireRequest } from '../../../http/request.ts'
import { Refusal } from '../../../model/refusal.ts'
import { concernsOf, principalOf } from '../../callers/bearer.ts'
import type { Caller } from '../../dialect.ts'

/** Any text after the word Bearer; the decision looks at it. */
export const tokenHolder: Caller<string> = {
  name: 'any bearer token',
  prove: (_world, request) => ({ who: presentedIn(request), concerns: {} }),
}

/** The user behind a live token of this dialect. */
export const member: Caller<TokenHolder> = {
  name: 'user token',
  async prove(world, request) {
    if (presentedIn(request) === '') throw new Refusal('credential-malformed')
    const principal = await principalOf(world, request, { dialects: ['zebbra'] })
    const { subject, credentialId } = principal
    const user = subject && (await world.users.byId(subject.id))
    if (!user) throw new Refusal('credential-unknown', `the user of ${credentialId} is gone`)
    return { who: { user, credentialId }, concerns: concernsOf(principal) }
  },
}

function presentedIn(request: WireRequest): string {
  const presented = readBearer(request)
  if (presented === undefined) throw new Refusal('credential-missing')
  return presented
}
