import { html } from 'ghtml'
import { encodeQR } from 'qr'
import type { BegunSecondFactor } from '../../../core/sign-in/methods/one-time-code.ts'
import type { Refusal } from '../../../model/refusals/refusal.ts'
import { refusalText } from '../error-page.ts'
import { button, field } from '../html.ts'
import type { PageRequest } from '../page-request.ts'
import { copyButton, secretField } from './copy-button.ts'

/* Setting up one-time codes, shared by the account and the sign-in. */

/** The QR code, the secret as text, and the form for the first code. */
export function factorForm(who: PageRequest, begun: BegunSecondFactor, ask: FactorForm): string {
  const words = who.words.factorSetUp
  const { secret, url, issuer, label } = begun
  return html`<p>${words.scan} ${words.named(issuer, label)}</p>
<div class="scan">!${picture(url, words.picture)}</div>
<p>${words.type}</p>
<p><code class="secret">${secret.replace(/.{4}(?=.)/g, '$& ')}</code> !${copyButton(who)}</p>
<p>${words.confirm}</p>
<form class="slim" method="post" action="${ask.action}">!${ask.fields}
!${field({
    name: 'code',
    label: words.code,
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
    longest: 9,
    focus: true,
    problem: ask.problem && refusalText(who.words, ask.problem),
  })}
!${button(words.submit)}
</form>`
}

/** `fields`: hidden fields, made with `html`. */
export type FactorForm = { action: string; fields: string; problem?: Refusal | undefined }

/**
 * Draws with attributes only, because the page's policy forbids inline styles; dark on white in both themes, because
 * cameras need it.
 */
function picture(url: string, name: string): string {
  const rows = encodeQR(url, 'raw', { border: 4, ecc: 'medium' })
  const squares = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  const size = rows.length
  return html`<svg role="img" aria-label="${name}" viewBox="0 0 ${size} ${size}" width="240" height="240" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${squares.join('')}" fill="#000"/></svg>`
}

/** Shows recovery codes once, with buttons for copying, downloading and continuing. */
export function recoveryCodes(
  who: PageRequest,
  handle: string,
  ask: { codes: readonly string[]; onward: string },
): string {
  const words = who.words.recovery
  const text = ask.codes.join('\n')
  const file = `${words.file(who.rules.brand.name, handle)}\n\n${text}\n`
  return html`<p class="flash warning">${words.why}</p>
!${secretField(who, { id: 'codes', label: words.label, text, rows: ask.codes.length })}
<p class="links"><a href="data:text/plain;charset=utf-8,${encodeURIComponent(file)}" download="recovery-codes.txt">${words.download}</a> <a href="${ask.onward}">${words.kept}</a></p>`
}
