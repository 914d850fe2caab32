import { html } from 'ghtml'
import type { World } from '../../core/world.ts'
import { header, type WireRequest } from '../../http/request.ts'
import type { Refusal, RefusalCode } from '../../model/refusals/refusal.ts'
import type { WireAnswer } from '../dialect.ts'
import { frameOf } from './browser.ts'
import { goOn } from './go-on.ts'
import { bare } from './html.ts'
import type { Frame } from './page-request.ts'
import type { Words } from './words/en.ts'

/** The HTTP status of the error page for each code; other codes have 400. */
const STATUSES: Partial<Record<RefusalCode, number>> = {
  'not-found': 404,
  'method-not-allowed': 405,
  'body-too-large': 413,
  'headers-too-large': 431,
  'request-too-slow': 408,
  'media-type-unsupported': 415,
  'session-missing': 401,
  'login-failed': 401,
  'credential-missing': 401,
  'credential-malformed': 401,
  'credential-unknown': 401,
  'credential-expired': 401,
  'credential-revoked': 401,
  'credential-disabled': 401,
  'audience-wrong': 401,
  'dialect-wrong': 403,
  'owner-disabled': 403,
  'scope-insufficient': 403,
  'network-not-allowed': 403,
  'key-consent-off': 403,
  'one-time-code-wrong': 401,
  'client-unknown': 400,
  'client-disabled': 403,
  'client-document-not-allowed': 403,
  'client-document-unreachable': 503,
  'form-foreign': 403,
  'form-outdated': 403,
  'cookie-missing': 403,
  'user-disabled': 403,
  'permission-missing': 403,
  'registration-closed': 403,
  'name-taken': 409,
  'rate-limited': 429,
  overloaded: 503,
  unavailable: 503,
  bug: 500,
}
export const statusOfPage = (code: RefusalCode): number => STATUSES[code] ?? 400

/** The text of a refusal for people. Contains no text from the request. */
export function refusalText(words: Words, { code, facts, text }: Refusal): string {
  if (facts.retryAfterSeconds !== undefined) return words.error.waitFor(span(words, facts.retryAfterSeconds))
  return words.refusals[code] ?? words.refused?.({ code, ...facts }) ?? text
}

export const span = (words: Words, seconds: number): string =>
  seconds < 90 ? words.seconds(seconds) : words.minutes(Math.ceil(seconds / 60))

/** An error page, with links only to this server. */
export function refusalPage(frame: Frame, refusal: Refusal, request: WireRequest): WireAnswer {
  const { words } = frame
  const { code, facts } = refusal
  const further = goOn(code, request)
  /** Labels, and values made with `html`. */
  const rows: [string, string][] = [
    [words.error.code, html`<a href="/docs/errors#${code}">${code}</a>`],
    ...(facts.parameter === undefined ? [] : [[words.error.parameter, html`${facts.parameter}`] as [string, string]]),
    [words.error.requestId, html`${request.id}`],
  ]
  return bare(frame, {
    status: statusOfPage(code),
    title: titleOf(words, code),
    body: html`<h1>${titleOf(words, code)}</h1>
<p class="lead">${refusalText(words, refusal)}</p>
!${fromApplication(code) ? html`<p>${words.error.whatNow}</p>` : ''}
!${further === undefined ? '' : html`<p><a href="${further}">${words.error.goOn}</a></p>`}
<details>
<summary>${words.error.details}</summary>
!${fromApplication(code) ? html`<p lang="en">${refusal.text}</p>` : ''}
<dl>!${rows.map(([name, value]) => html`<dt>${name}</dt><dd><code>!${value}</code></dd>`)}</dl>
</details>
<p class="links"><a href="/account">${words.error.home}</a> <a href="/login">${words.error.signIn}</a></p>`,
    headers: {
      ...(facts.allow && { allow: facts.allow.join(', ') }),
      ...(facts.retryAfterSeconds !== undefined && { 'retry-after': String(facts.retryAfterSeconds) }),
    },
  })
}

/** The `refuse` function of rows and dialects for people. */
export const refuseWithPage = (refusal: Refusal, request: WireRequest, world: Pick<World, 'rules'>): WireAnswer =>
  refusalPage(frameOf(world, request), refusal, request)

/** True if the client accepts HTML. Programs get JSON from the same address. */
export const wantsPage = (request: WireRequest): boolean => (header(request, 'accept') ?? '').includes('text/html')

/** True for faults that only the application can correct. */
const fromApplication = (code: RefusalCode): boolean =>
  /^(parameter|client|redirect|request|response|pkce|audience|scope|grant)-|^interaction-unknown$/.test(code)

function titleOf({ error }: Words, code: RefusalCode): string {
  if (code === 'not-found') return error.notFound
  if (code === 'rate-limited') return error.tooMany
  return code === 'overloaded' || code === 'unavailable' ? error.busy : error.title
}
