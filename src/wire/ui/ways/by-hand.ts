import { html } from 'ghtml'
import type { WireAnswer } from '../../dialect.ts'
import { errorFor } from '../../oauth/return-to-client.ts'
import { refusalText, span } from '../error-page.ts'
import { page } from '../html.ts'
import type { PageRequest } from '../page-request.ts'
import { scopeSentence } from '../scope-sentences.ts'
import { secretField } from '../secrets/copy-button.ts'
import { appName } from '../shown-name.ts'
import type { Answered, ShownWay } from './shown-way.ts'

export const byHand: ShownWay<'by-hand'> = {
  answer: (who, outcome) => (outcome.is === 'code' ? codePage(who, outcome) : noCodePage(who, outcome)),
  host: () => '',
  destination: ({ consent }) => html`${consent.returnsNowhere}`,
}

/** Shows the code once, on a page that is not cached, for an application without a redirect. */
function codePage(who: PageRequest, outcome: Answered & { is: 'code' }): WireAnswer {
  const { words } = who
  const { client, code, scopes, texts, lifeSeconds } = outcome
  const sentences = scopes.map(scope => scopeSentence(words, texts, scope).sentence)
  return page(who, {
    title: words.code.title,
    body: html`<h1>${words.code.title}</h1>
<p class="lead">${words.code.paste(appName(who, client))}</p>
!${secretField(who, { id: 'code', label: words.code.label, text: code })}
<p>${words.code.lasts(span(words, lifeSeconds))}</p>
<p class="flash warning">${words.code.warning}</p>
<ul class="scopes">!${sentences.map(sentence => html`<li>${sentence}</li>`)}</ul>`,
  })
}

/** Shows a refusal for the same application. */
function noCodePage(who: PageRequest, { client, refusal }: Answered & { is: 'refused' }): WireAnswer {
  const { words } = who
  const denied = refusal.code === 'consent-denied'
  const title = denied ? words.code.deniedTitle : words.code.refusedTitle
  return page(who, {
    title,
    status: denied ? 200 : 400,
    body: html`<h1>${title}</h1>
<p class="lead">${denied ? words.code.denied(appName(who, client)) : refusalText(words, refusal)}</p>
!${denied ? '' : html`<p>${words.error.whatNow}</p>`}
<p class="hint"><code>${errorFor(refusal)}</code></p>`,
  })
}
