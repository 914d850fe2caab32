import { html } from 'ghtml'
import type { RawParams } from '../../../http/params.ts'
import { readForm, type WireRequest } from '../../../http/request.ts'
import type { Impact } from '../../../model/credentials/ending.ts'
import { button, csrfField, hidden } from '../html.ts'
import type { PageRequest } from '../page-request.ts'
import type { PersonalEnding } from '../words/endings-en.ts'

/*
 * A form that ends something is first answered with a page that shows the consequences and contains the same form.
 * Sending that page performs the action. No script is needed.
 */

/** The field that marks a form sent from this page. */
const SURE = 'sure'

/** `sure`: the form was sent from the page with the consequences. `fields`: all fields of the form. */
export function readEnding(request: WireRequest): { sure: boolean; fields: RawParams } {
  const sure = readForm(request).one(SURE) === 'yes'
  return { sure, fields: request.body.type === 'form' ? request.body.fields : {} }
}

export type AskedEnding = {
  act: PersonalEnding
  /** The name of the thing, or the number of things. */
  what: string
  impact?: Impact
  /** The names, if there are several. */
  items?: readonly string[]
  fields: RawParams
}

export const endingTitle = (who: PageRequest, { act, what }: AskedEnding): string =>
  `${who.words.ending.of[act].word}: ${what}?`

export function endingBody(who: PageRequest, asked: AskedEnding, { to, back }: { to: string; back: string }): string {
  const words = who.words.ending
  const { word, says, undo } = words.of[asked.act]
  const carried = Object.entries(asked.fields)
    .filter(([name]) => name !== SURE && name !== 'csrf')
    .flatMap(([name, values]) => [values].flat().map(value => hidden(name, value)))
  return html`<p class="lead">${says}</p>
!${asked.items ? html`<ul class="plain">!${asked.items.map(item => html`<li>${item}</li>`)}</ul>` : ''}
!${asked.impact ? html`<p>${words.impact(asked.impact)}</p>` : ''}
<p class="flash warning">${undo ?? words.noWayBack}</p>
<form class="slim" method="post" action="${to}">!${csrfField(who)}!${carried}!${hidden(SURE, 'yes')}!${button(word)}</form>
<p class="links"><a href="${back}">${words.stop}</a></p>`
}
