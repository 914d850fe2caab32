import { html } from 'ghtml'
import type { WaitingDevice } from '../../../core/oauth/ways/way.ts'
import { networkOf } from '../../../model/networks.ts'
import type { WireAnswer } from '../../dialect.ts'
import { refusalText, span } from '../error-page.ts'
import { page } from '../html.ts'
import { moment } from '../moment.ts'
import type { PageRequest } from '../page-request.ts'
import { appName } from '../shown-name.ts'
import type { Answered, ShownWay } from './shown-way.ts'

export const device: ShownWay<'device'> = {
  answer: deviceAnswerPage,
  host: () => '',
  destination: ({ device }) => html`${device.returns}`,
  facts: deviceFacts,
}

/** Shows that the request is answered. The program on the device asks for the answer itself (RFC 8628 section 3.3). */
function deviceAnswerPage(who: PageRequest, outcome: Answered): WireAnswer {
  const { device, code } = who.words
  const app = appName(who, outcome.client)
  const refusal = outcome.is === 'refused' ? outcome.refusal : undefined
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

/** Facts that the person compares with the device, because an attacker could have sent them a code (RFC 8628 section 5.4). */
function deviceFacts(who: PageRequest, { ip, userCode, askedAt, grantSeconds }: WaitingDevice): string {
  const { words, from } = who
  const elsewhere = ip !== undefined && from.ip !== undefined && networkOf(ip) !== networkOf(from.ip)
  return html`<section class="device">
<p>${words.device.compare}</p>
<p><strong class="user-code">${userCode}</strong></p>
<p class="hint">${words.device.askedFrom(ip ?? words.device.unknownNetwork)} !${moment(who, askedAt, '')}</p>
!${elsewhere ? html`<p class="flash warning">${words.device.elsewhere}</p>` : ''}
!${grantSeconds === undefined ? '' : html`<p>${words.device.lasts(span(words, grantSeconds))}</p>`}
</section>`
}
