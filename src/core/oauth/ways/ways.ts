import { type Client, isOutOfBand } from '../../../model/clients/client.ts'
import type { AuthorizeAsk } from '../authorize/request.ts'
import { returnAddress } from '../authorize/return-address.ts'
import { device } from './device.ts'
import { redirect } from './redirect.ts'
import type { Way, WayName, WayRules } from './way.ts'

/** All ways. To add one, add a line here and in wire/ui/ways. */
const WAYS: { [N in WayName]: WayRules<N> } = {
  redirect,
  'form-post': redirect,
  'by-hand': { ...redirect, inSameBrowser: false, listsScopes: true },
  device,
}

export const rulesOf = <N extends WayName>(way: Way<N>): WayRules<N> => WAYS[way.is as N]

/** The way of a request through the browser. Throws if the address does not belong to the client. */
export function wayOf(client: Client, ask: AuthorizeAsk): Way {
  const to = returnAddress(client, ask)
  if (isOutOfBand(to.redirectUri)) return { is: 'by-hand', ...to }
  return { is: ask.responseMode === 'form_post' && takesForms(to.redirectUri) ? 'form-post' : 'redirect', ...to }
}

/** An application with a private scheme cannot receive a form. */
export const takesForms = (redirectUri: string): boolean => /^https?:/i.test(redirectUri)
