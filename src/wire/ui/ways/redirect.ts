import { html } from 'ghtml'
import { hostOf, returnTo } from '../../oauth/return-to-client.ts'
import { seeOther } from '../html.ts'
import type { ShownWay } from './shown-way.ts'

/** Redirects the browser to the application, with the answer in the query. */
export const redirect: ShownWay<'redirect'> = {
  answer: (who, outcome, way) => seeOther(who, returnTo(who.rules.issuer, way, outcome)),
  host: ({ redirectUri }) => hostOf(redirectUri),
  destination({ consent }, { redirectUri }) {
    const host = hostOf(redirectUri)
    return html`${consent.returns} !${host ? html`<strong class="host">${host}</strong>` : html`${consent.returnsToDevice}`}.`
  },
}
