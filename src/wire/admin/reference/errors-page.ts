import { html } from 'ghtml'
import type { RefusalCode } from '../../../model/refusals/refusal.ts'
import { REMEDIES, type RemedyGroup } from '../../../model/refusals/remedies.ts'
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
  const words = reader.words.errors
  const groups = Object.entries(REMEDIES).map(([name, codes]) => ({
    id: slug(name),
    title: words.groups[name as RemedyGroup],
    codes: Object.keys(codes) as RefusalCode[],
  }))
  const explain = html`<a href="/docs#tag/activity/POST/v1/explain"><code>POST /v1/explain</code></a>`
  return bare(reader, {
    title: reader.words.site.errors,
    width: 'wide',
    site: { user: reader.user, area: 'docs' },
    body: html`!${tabs(reader, '/docs/errors')}<div class="reference">
<h1>${words.title}</h1>
<p class="lead">!${html`${words.lead}`.replace('{link}', explain)}</p>
<nav aria-label="${words.groupList}"><ul class="groups">!${groups.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
!${groups.map(
      ({ id, title, codes }) => html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
!${codes.map(code => showError(code, words, answers))}</section>`,
    )}</div>`,
  })
}

const showError = (
  code: RefusalCode,
  words: Reader['words']['errors'],
  answers: Answers,
): string => html`<article id="${code}" class="refusal">
<h3><a href="#${code}"><code>${code}</code></a></h3>
<p class="means">${words.sentence(code)} <span class="lead">${words.remedy(code)}</span></p>
<ul>!${answers.map(({ by, of }) => {
  const { status, error } = of(code)
  return html`<li>${by} <code>${String(status)}!${error ? html` ${error}` : ''}</code></li>`
})}</ul></article>`

const slug = (name: string): string => `group-${name.toLowerCase().replaceAll(' ', '-')}`
