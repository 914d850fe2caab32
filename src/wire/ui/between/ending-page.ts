import { html } from 'ghtml'
import type { RawParams } from '../../../http/params.ts'
import { readForm, type WireRequest } from '../../../http/request.ts'
import type { Impact } from '../../../model/ending.ts'
import { button, csrfField, hidden } from '../html.ts'
import type { PageRequest } from '../page-request.ts'
import type { PersonalEnding } from '../words/endings-en.ts'

/*
 * A form that takes something away is answered with a page that says what stops and carries the form along; sent from
 * there it is done. Nothing needs a script.
 */

/** The field of the page; a form that has it was sent from there. */
const SURE = 'sure'

/** Whether the person has read what stops, and all that the form says. */
export function readEnding(request: WireRequest): { sure: boolean; fields: RawParams } {
  const sure = readForm(request).one(SURE) === 'yes'
  return { sure, fields: request.body.type === 'form' ? request.body.fields : {} }
}

export type AskedEnding = {
  act: PersonalEnding
  /** What it is about: a name, or how many. */
  what: string
  impact?: Impact
  /** Each by name, where there are several. */
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
