import { html } from 'ghtml'
import { REFUSALS, type RefusalCode } from '../../../model/refusals/refusal.ts'
import { REMEDIES, remedyOf } from '../../../model/refusals/remedies.ts'
import type { Dialect, WireAnswer } from '../../dialect.ts'
import { bare } from '../../ui/html.ts'
import type { Reader } from './reader.ts'
import { tabs } from './tabs.ts'

/** One entry for each interface that answers refusals with its own statuses. */
export type Answers = readonly NonNullable<Dialect['answers']>[]

/**
 * The page to which the `docs` field of an error links. For each refusal: its meaning, what to do, and its statuses.
 */
export function showErrors(answers: Answers, reader: Reader): WireAnswer {
  const groups = Object.entries(REMEDIES).map(([name, codes]) => ({ name, codes: Object.keys(codes) as RefusalCode[] }))
  return bare(reader, {
    title: reader.words.site.errors,
    width: 'wide',
    site: { user: reader.user, area: 'docs' },
    body: html`!${tabs(reader, '/docs/errors')}<div lang="en" class="reference">
<h1>Errors</h1>
<p class="lead">Every refusal of this server has one of these codes. Each interface answers it with a status of its own. To see why one request was refused, ask <a href="/docs#tag/activity/POST/v1/explain"><code>POST /v1/explain</code></a> with its request id.</p>
<nav aria-label="Groups"><ul class="groups">!${groups.map(({ name }) => html`<li><a href="#${slug(name)}">${name}</a></li>`)}</ul></nav>
!${groups.map(
      ({ name, codes }) => html`<section aria-labelledby="${slug(name)}"><h2 id="${slug(name)}">${name}</h2>
!${codes.map(code => showError(code, answers))}</section>`,
    )}</div>`,
  })
}

const showError = (code: RefusalCode, answers: Answers): string => html`<article id="${code}" class="refusal">
<h3><a href="#${code}"><code>${code}</code></a></h3>
<p class="means">${REFUSALS[code]} <span class="lead">${remedyOf(code)}</span></p>
<ul>!${answers.map(({ by, of }) => {
  const { status, error } = of(code)
  return html`<li>${by} <code>${String(status)}!${error ? html` ${error}` : ''}</code></li>`
})}</ul></article>`

const slug = (name: string): string => `group-${name.toLowerCase().replaceAll(' ', '-')}`
