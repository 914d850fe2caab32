import { html } from 'ghtml'
import { randomText } from '../../../crypto/credential-format.ts'
import type { WireAnswer } from '../../dialect.ts'
import { bare } from '../../ui/html.ts'
import type { Reader } from './reader.ts'
import type { ReferenceFiles } from './reference-files.ts'

/**
 * The reference with its script, which reads /openapi.json. The script puts its style sheet into the page with the nonce
 * of the meta element. Everything else comes from files of this server.
 */
export function showApi({ script, styles }: ReferenceFiles, reader: Reader): WireAnswer {
  const nonce = randomText(24)
  return bare(reader, {
    title: reader.words.site.docs,
    width: 'full',
    site: { user: reader.user, area: 'docs' },
    head: html`<meta property="csp-nonce" content="${nonce}">
<link rel="stylesheet" href="/docs/assets/${styles}">
<script src="/docs/assets/${script}" defer></script>`,
    headers: { 'content-security-policy': policy(nonce) },
    body: html`<noscript><main><h1>API reference</h1>
<p>This page needs a script. The same endpoints, <a href="/docs/plain">as a page without a script</a>, and for programs as <a href="/openapi.json">openapi.json</a>.</p></main></noscript><div id="reference" lang="en"></div>`,
  })
}

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
