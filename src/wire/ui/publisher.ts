import { html } from 'ghtml'
import type { LogoKeys } from '../../core/clients/logo-key.ts'
import { isLoopback } from '../../core/clients/redirect-uri.ts'
import type { Client } from '../../model/clients/client.ts'
import { inLanguage } from '../../model/clients/client-metadata.ts'
import type { PageRequest } from './page-request.ts'
import type { Language } from './words/choose.ts'
import type { Words } from './words/en.ts'

/** The path under which a logo is served by its key. */
export const LOGOS = '/assets/client-logos'

/**
 * True if staff registered or reviewed the application. Nobody has checked what other applications say about
 * themselves.
 */
export const isVetted = ({ source, reviewedAt }: Client): boolean => source === 'operator' || reviewedAt !== undefined

/** The logo, who vouches for the application, and what a person may read about it before the answer. */
export function publisher({ words, language }: PageRequest, client: Client, keys: LogoKeys): string {
  const logo = inLanguage(keys.logos, language) ?? keys.logo
  const vetted = isVetted(client)
  const picture =
    logo === undefined ? '' : html`<img class="logo" src="${LOGOS}/${logo}" alt="" width="40" height="40">`
  return html`<div class="publisher ${vetted ? 'vetted' : 'unvetted'}">
<p class="by">!${picture}<span>!${vouching(words, language, client)}</span></p>
!${vetted ? '' : html`<p>${client.source === 'document' ? words.consent.publishedWhy : words.consent.unverifiedWhy}</p>`}
!${vetted || !answersHereOnly(client) ? '' : html`<p class="warning">${words.consent.onlyLoopback}</p>`}
!${furtherReading(words, language, client)}
</div>`
}

/** TLS proves the address of a document. The website of any other application is only its own statement. */
function vouching({ consent }: Words, language: Language, client: Client): string {
  const published = client.source === 'document'
  const host = hostOf(published ? client.id : (inLanguage(client.metadata.websites, language) ?? client.website))
  const shown = host && html` <span class="host">${host}</span>`
  const by = published ? html`<strong>${consent.publishedBy}!${shown}</strong>` : ''
  if (client.source === 'operator') return html`<strong>${consent.verified}</strong>!${shown}`
  if (isVetted(client)) return html`<strong>${consent.reviewed}</strong>!${by ? html`<br>!${by}` : shown}`
  return by || html`<strong>${consent.unverified}</strong>!${shown}`
}

/**
 * True if all redirect addresses are loopback addresses. Any program on the device can use such an address, and so
 * pretend to be the application (RFC 8252 section 8.6).
 */
const answersHereOnly = ({ redirectUris }: Client): boolean =>
  redirectUris.length > 0 && redirectUris.every(uri => URL.canParse(uri) && isLoopback(new URL(uri).hostname))

function furtherReading({ consent }: Words, language: Language, { metadata }: Client): string {
  const addresses = [
    [consent.terms, inLanguage(metadata.tosUris, language) ?? metadata.tosUri],
    [consent.privacy, inLanguage(metadata.policyUris, language) ?? metadata.policyUri],
  ] as const
  const links = addresses.flatMap(([text, address]) =>
    address === undefined ? [] : [html`<a href="${address}" target="_blank" rel="noopener noreferrer">${text}</a>`],
  )
  return links.length === 0 ? '' : html`<p class="links">!${links.join(' ')}</p>`
}

const hostOf = (address: string | undefined): string =>
  address !== undefined && URL.canParse(address) ? new URL(address).host : ''
