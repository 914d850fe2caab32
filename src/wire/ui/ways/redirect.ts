import { html } from 'ghtml'
import type { ReturnAddress } from '../../../core/oauth/ways/way.ts'
import { hostOf, returnTo } from '../../oauth/return-to-client.ts'
import { seeOther } from '../html.ts'
import type { Words } from '../words/en.ts'
import type { ShownWay } from './shown-way.ts'

/** How an address of the application is shown. */
export const shownAddress = {
  host: ({ redirectUri }: ReturnAddress) => hostOf(redirectUri),
  destination({ consent }: Words, { redirectUri }: ReturnAddress) {
    const host = hostOf(redirectUri)
    return html`${consent.returns} !${host ? html`<strong class="host">${host}</strong>` : html`${consent.returnsToDevice}`}.`
  },
}

/** Redirects the browser to the application's address, with the answer in the query. */
export const redirect: ShownWay<'redirect'> = {
  ...shownAddress,
  answer: (who, outcome, way) => seeOther(who, returnTo(who.rules.issuer, way, outcome)),
}
