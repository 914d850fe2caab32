import { html } from 'ghtml'
import type { WireAnswer } from '../dialect.ts'
import { FORM_CHALLENGE } from '../oauth/challenges.ts'
import { isolationHeaders } from './isolation-headers.ts'
import type { Frame, PageRequest } from './page-request.ts'
import { scriptOf } from './secrets/copy-button.ts'
import { type SiteAsk, siteHeader } from './site-header.ts'
import { LANGUAGES } from './words/choose.ts'

/*
 * The layout, headers and form parts of all pages. No page needs a script. `html` escapes its values; `!` inserts a result
 * of `html` unchanged.
 */

export type PageAsk = {
  title: string
  /** Made with `html`. */
  body: string
  status?: number
  /** `out`: a form of this page may redirect to an application, and from there to any address. */
  formsLead?: 'out'
  /** The address of this page for the language switch; absent if there is no switch. */
  self?: string
  /** `wide` for lists and tables, as in the account; `full` for a page that fills the window by itself. */
  width?: 'narrow' | 'wide' | 'full'
  /** The links to the other areas; absent before a sign-in and on the way to an application. */
  site?: SiteAsk
  /** Further elements of the head, made with `html`. */
  head?: string
  headers?: Record<string, string>
  /** The hash of the script of this page, as a source expression. That of a Copy button is added by itself. */
  script?: string | undefined
}

/** A page with the cookies of its browser. */
export function page(who: PageRequest, ask: PageAsk): WireAnswer {
  const answer = bare(who, ask)
  return who.cookies.length === 0 ? answer : { ...answer, headers: { ...answer.headers, 'set-cookie': who.cookies } }
}

/** A page without cookies, for refusals. */
export const bare = (frame: Frame, ask: PageAsk): WireAnswer => ({
  status: ask.status ?? 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-language': frame.language,
    ...securityHeaders(frame, { script: scriptOf(ask.body), ...ask }),
    ...(ask.status === 401 && { 'www-authenticate': FORM_CHALLENGE }),
    ...ask.headers,
  },
  body: layout(frame, ask),
})

/**
 * Headers of every page, also for errors: no script but a named one, no framing, no caching, no data for other sites.
 * Chromium applies `form-action` to every redirect after a form, also to those of the application. Their targets are
 * unknown, so a page before such redirects has no `form-action`.
 */
export function securityHeaders(
  { rules }: Pick<Frame, 'rules'>,
  { formsLead, script }: Pick<PageAsk, 'formsLead' | 'script'> = {},
): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    ...(script === undefined ? [] : [`script-src ${script}`]),
    ...(formsLead === 'out' ? [] : ["form-action 'self'"]),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
  return {
    'cache-control': 'no-store',
    'content-security-policy': policy.join('; '),
    ...isolationHeaders,
    vary: 'accept-language, cookie',
    ...(rules.issuer.startsWith('https:') && { 'strict-transport-security': 'max-age=63072000' }),
  }
}

/** Redirects after a form by 303, so that the browser does not send the form again (RFC 9700 section 4.12). */
export const seeOther = (who: PageRequest, location: string, cookies: readonly string[] = []): WireAnswer => ({
  status: 303,
  headers: {
    location,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    ...(who.cookies.length + cookies.length > 0 && { 'set-cookie': [...who.cookies, ...cookies] }),
  },
  body: '',
})

function layout(frame: Frame, { title, body, self, width = 'narrow', site, head = '' }: PageAsk): string {
  const { language, words, rules } = frame
  const mark = html`<img src="/assets/claviger.svg" alt="" width="28" height="28">${rules.brand.name}`
  const brand = site ? html`<a class="brand" href="/">!${mark}</a>` : html`<span class="brand">!${mark}</span>`
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${words.close(title, rules.brand.name)}</title>
<link rel="icon" href="/assets/claviger.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/${width === 'full' ? 'site' : 'claviger'}.css">
!${head}
</head>
<body class="${width}">
<header class="top">
!${brand}
!${site ? siteHeader(frame, site) : ''}
</header>
!${
    width === 'full'
      ? body
      : html`<main>
!${body}
</main>`
  }
!${self === undefined ? '' : languageSwitch(frame, self)}
</body>
</html>
`
}

function languageSwitch({ language, words }: Frame, self: string): string {
  const links = Object.entries(LANGUAGES).map(([code, { language: name }]) =>
    code === language
      ? html`<li><span aria-current="true" lang="${code}">${name}</span></li>`
      : html`<li><a href="${self}${self.includes('?') ? '&' : '?'}lang=${code}" hreflang="${code}" lang="${code}">${name}</a></li>`,
  )
  return html`<footer class="bottom"><nav aria-label="${words.languageSwitch}"><ul>!${links}</ul></nav></footer>`
}

/** The CSRF field of forms with the caller `ownForm`. */
export const csrfField = (who: Pick<PageRequest, 'csrf'>): string => hidden('csrf', who.csrf)

/** The CSRF field of forms with the caller `anyForm`. */
export const browserCsrfField = (who: Pick<PageRequest, 'browserCsrf'>): string => hidden('csrf', who.browserCsrf)

export const hidden = (name: string, value: string): string =>
  html`<input type="hidden" name="${name}" value="${value}">`

export type FieldAsk = {
  name: string
  label: string
  type?: 'text' | 'email' | 'password'
  value?: string
  autocomplete?: string
  hint?: string
  /** Text next to the label. */
  remark?: string
  required?: boolean
  focus?: boolean
  /** The fault of the entered value. */
  problem?: string | undefined
  inputmode?: 'numeric'
  longest?: number
}

/** A labelled input. Screen readers announce its hint and its fault with it. */
export function field(ask: FieldAsk): string {
  const { name, label, type = 'text', value = '', hint, remark, problem, required = true } = ask
  const described = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(' ')
  const attributes = [
    ask.autocomplete && html`autocomplete="${ask.autocomplete}"`,
    ask.inputmode && html`inputmode="${ask.inputmode}"`,
    ask.longest && html`maxlength="${ask.longest}"`,
    type !== 'password' && 'autocapitalize="none" spellcheck="false"',
    described && html`aria-describedby="${described}"`,
    problem && 'aria-invalid="true"',
    required && 'required',
    ask.focus && 'autofocus',
  ].filter(Boolean)
  return html`<div class="field">
<label for="${name}">${label}!${remark ? html` <small>${remark}</small>` : ''}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" !${attributes.join(' ')}>
!${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}
!${problem ? html`<p class="problem" id="${name}-problem">${problem}</p>` : ''}
</div>`
}

/** A message of failure or success above the content. */
export const flash = (kind: 'problem' | 'done', text: string): string =>
  html`<p class="flash ${kind}" role="${kind === 'problem' ? 'alert' : 'status'}">${text}</p>`

export const button = (text: string, kind: 'primary' | 'plain' = 'primary'): string =>
  html`<button class="${kind}" type="submit">${text}</button>`
