import { html } from 'ghtml'
import type { Frame } from '../../ui/page-request.ts'

/** The pages of the reference. */
export function tabs({ words: { site, errors } }: Frame, here: '/docs' | '/docs/errors'): string {
  const pages = [
    ['/docs', site.docs],
    ['/docs/errors', errors.title],
  ] as const
  return html`<nav class="tabs" aria-label="${site.docs}">!${pages.map(
    ([href, label]) => html`<a href="${href}" !${href === here ? 'aria-current="page"' : ''}>${label}</a>`,
  )}</nav>`
}
