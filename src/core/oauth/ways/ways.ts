import { type Client, isOutOfBand } from '../../../model/client.ts'
import type { AuthorizeAsk } from '../authorize/request.ts'
import { returnAddress } from '../authorize/return-address.ts'
import { device } from './device.ts'
import { redirect } from './redirect.ts'
import type { Way, WayName, WayRules } from './way.ts'

/** The ways there are; adding one is adding its line here and in wire/ui/ways. */
const WAYS: { [N in WayName]: WayRules<N> } = {
  redirect,
  'by-hand': { ...redirect, listsScopes: true },
  device,
}

export const rulesOf = <N extends WayName>(way: Way<N>): WayRules<N> => WAYS[way.is as N]

/** The way that a request through the browser asks for. Throws where the address is not the client's. */
export function wayOf(client: Client, ask: AuthorizeAsk): Way {
  const to = returnAddress(client, ask)
  return { is: isOutOfBand(to.redirectUri) ? 'by-hand' : 'redirect', ...to }
}
