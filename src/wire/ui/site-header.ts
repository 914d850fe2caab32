import { html } from 'ghtml'
import { isStaff, type User } from '../../model/users/user.ts'
import type { Frame } from './page-request.ts'
import { shownName } from './shown-name.ts'

/** The parts of the server that people open, in the order of every header. The console has the same list. */
const AREAS = { console: '/console', developers: '/developers', docs: '/docs', account: '/account' } as const
export type Area = keyof typeof AREAS

export type SiteAsk = {
  /** The signed-in reader of the page. */
  user: User | undefined
  /** The area of the page. */
  area: Area
}

/** The links to all areas that the reader may open, the reader's name, and the way in or out. */
export function siteHeader({ words: { site } }: Frame, { user, area }: SiteAsk): string {
  const areas = (Object.keys(AREAS) as Area[]).filter(one => one !== 'console' || (user && isStaff(user.role)))
  return html`<nav class="areas" aria-label="${site.areas}">!${areas.map(
    one => html`<a href="${AREAS[one]}" !${one === area ? 'aria-current="true"' : ''}>${site[one]}</a>`,
  )}</nav>
<p class="reader">!${
    user
      ? html`<span><bdi>${shownName(user.handle)}</bdi></span> <a href="/logout">${site.signOut}</a>`
      : html`<a href="/login?next=${encodeURIComponent(AREAS[area])}">${site.signIn}</a>`
  }</p>`
}
