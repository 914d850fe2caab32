import { createHash } from 'node:crypto'
import { html } from 'ghtml'
import type { Frame } from '../page-request.ts'

/**
 * Shows the button and copies the element before it: the value of a field, or the text of an element, which shows a secret
 * in groups. Browsers have `navigator.clipboard` only on https and loopback addresses; elsewhere the selection is copied.
 */
const SCRIPT = `{
const button = document.currentScript.previousElementSibling
const shown = button.previousElementSibling
const bySelection = () => {
  if (shown.select) shown.select()
  else getSelection().selectAllChildren(shown)
  return document.execCommand('copy')
}
const copy = text => navigator.clipboard ? navigator.clipboard.writeText(text).then(() => true, bySelection) : bySelection()
button.addEventListener('click', async () => {
  if (await copy(shown.value ?? shown.textContent.replaceAll(' ', ''))) button.firstChild.textContent = button.dataset.done
})
button.hidden = false
}`
const ELEMENT = html`<script>!${SCRIPT}</script>`
const HASH = `'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`

/** Copies the element before it. Browsers without scripts do not show it. */
export const copyButton = ({ words: { copy } }: Pick<Frame, 'words'>): string =>
  html`<button class="plain copy" type="button" data-done="${copy.done}" hidden><span aria-live="polite">${copy.label}</span></button>!${ELEMENT}`

/** The script that a page needs, for its policy. */
export const scriptOf = (body: string): string | undefined => (body.includes(ELEMENT) ? HASH : undefined)

export type SecretAsk = { id: string; label: string; text: string; rows?: number }

/** A secret that this page alone shows, as a field that can be selected and copied. */
export const secretField = (frame: Pick<Frame, 'words'>, { id, label, text, rows = 2 }: SecretAsk): string =>
  html`<div class="field"><label for="${id}">${label}</label>
<textarea class="code" id="${id}" rows="${rows}" readonly spellcheck="false" autofocus>${text}</textarea>
!${copyButton(frame)}</div>`
