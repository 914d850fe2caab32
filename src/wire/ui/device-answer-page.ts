import { html } from 'ghtml'
import type { Outcome } from '../../core/oauth/authorize/authorize.ts'
import type { WireAnswer } from '../dialect.ts'
import { refusalText } from './error-page.ts'
import { page } from './html.ts'
import type { PageRequest } from './page-request.ts'
import { shownName } from './shown-name.ts'

/** The answer to a device is given; the program there asks for it by itself (RFC 8628 section 3.3). */
export function deviceAnswerPage(who: PageRequest, outcome: Outcome & { is: 'device-answered' }): WireAnswer {
  const { device, code } = who.words
  const app = shownName(outcome.client.name)
  const { refusal } = outcome
  const denied = refusal?.code === 'consent-denied'
  const title = !refusal ? device.allowedTitle : denied ? code.deniedTitle : code.refusedTitle
  const text = !refusal ? device.allowed(app) : denied ? code.denied(app) : refusalText(who.words, refusal)
  return page(who, {
    title,
    status: refusal && !denied ? 400 : 200,
    body: html`<h1>${title}</h1>
<p class="lead">${text}</p>`,
  })
}
