import { html } from 'ghtml'
import type { ScopeChoices } from '../../core/resources/scope-choices.ts'
import type { readForm } from '../../http/request.ts'
import { parseScopes, type Scope } from '../../model/scopes/scope.ts'
import { field } from './html.ts'
import { scopeSentence } from './scope-sentences.ts'
import { shownName } from './shown-name.ts'
import type { Words } from './words/en.ts'

/* Check boxes for scopes, with description and risk. Other scopes can be typed if the server accepts them. */

export function scopePicker(words: Words, choices: ScopeChoices, chosen: readonly Scope[], label: string): string {
  const own = words.scopePicker
  const check = (scope: Scope) => {
    const { sentence, risk } = scopeSentence(words, choices.texts, scope)
    return html`<p class="check"><input type="checkbox" id="scope-${scope}" name="scope" value="${scope}" !${chosen.includes(scope) ? 'checked' : ''}><label for="scope-${scope}"><code>${scope}</code> ${sentence}!${risk === 'high' ? html` <span class="badge">${words.consent.highRisk}</span>` : ''}</label></p>`
  }
  const group = (name: string, scopes: readonly Scope[]) =>
    scopes.length === 0 ? '' : html`<p class="hint">${name}</p>!${scopes.map(check)}`
  const offered = new Set([...choices.apis.flatMap(({ scopes }) => scopes), ...choices.described, ...choices.older])
  const others = chosen.filter(scope => !offered.has(scope))
  const older = choices.older.some(scope => chosen.includes(scope))
  return html`<fieldset><legend>${label}</legend>!${choices.apis.map(({ api, scopes }) => group(shownName(api), scopes))}
!${group(choices.apis.length > 0 ? own.described : '', choices.described)}
!${choices.older.length === 0 ? '' : html`<details !${older ? 'open' : ''}><summary>${own.older}</summary>!${choices.older.map(check)}</details>`}
!${choices.free || others.length > 0 ? field({ name: 'scopes', label: own.others, value: others.join(' '), required: false, longest: 4000 }) : ''}</fieldset>`
}

export const readScopes = (form: ReturnType<typeof readForm>): Scope[] => [
  ...new Set([...form.all('scope'), ...parseScopes(form.one('scopes'))]),
]
