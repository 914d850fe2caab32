import { html } from 'ghtml'
import type { Session } from '../../core/sessions.ts'
import type { World } from '../../core/world.ts'
import { Refusal } from '../../model/refusal.ts'
import { isStaff } from '../../model/user.ts'
import type { Refuse, WireAnswer } from '../dialect.ts'
import { refusalText, refuseWithPage } from '../kit/error-page.ts'
import { csrfField, flash, page, seeOther } from '../kit/html.ts'
import type { WireRequest } from '../kit/request.ts'
import { ownForm, type Visitor, visitor } from '../kit/visitor.ts'
import { de } from './words/de.ts'
import { en, type Words } from './words/en.ts'

/* Who looks at these pages, and the frame that all of them share. */

/** A signed-in person. */
export type Member = Visitor & { session: Session; own: Words }

const WORDS: Record<Visitor['language'], Words> = { en, de }

/** The caller of a page. */
export const member = async (world: World, request: WireRequest): Promise<Member> =>
  signedIn(await visitor(world, request))

/** The caller of a form on such a page: from this server, made for this session. */
export const memberForm = async (world: World, request: WireRequest): Promise<Member> =>
  signedIn(await ownForm(world, request))

function signedIn(who: Visitor): Member {
  if (!who.session) throw new Refusal('session-missing')
  return { ...who, session: who.session, own: WORDS[who.language] }
}

/** Whoever is not signed in signs in first and comes back. */
export const refuseAccount: Refuse = (refusal, request, world) => {
  if (refusal.code !== 'session-missing') return refuseWithPage(refusal, request, world)
  const back = request.method === 'GET' ? request.path : '/account'
  return {
    status: 303,
    headers: { location: `/login?next=${encodeURIComponent(back)}`, 'cache-control': 'no-store' },
    body: '',
  }
}

const SECTIONS = ['profile', 'password', 'applications', 'tokens', 'sessions', 'activity'] as const
export type Section = (typeof SECTIONS)[number]
export const addressOf = (section: Section): string => (section === 'profile' ? '/account' : `/account/${section}`)

/** What was done, by name, so that an address can say it. */
export type Done = keyof Words['done']
export const readDone = ({ query }: WireRequest): Done | undefined => {
  const done = query.one('done')
  return done !== undefined && Object.hasOwn(en.done, done) ? (done as Done) : undefined
}

export type SectionAsk = {
  section: Section
  title?: string
  body: string
  done?: Done | undefined
  problem?: Refusal | undefined
  status?: number
}

export function sectionPage(who: Member, ask: SectionAsk): WireAnswer {
  const { own, session } = who
  const { section, done, problem } = ask
  const title = ask.title ?? own.nav[section]
  const links = SECTIONS.map(
    one => html`<a href="${addressOf(one)}" !${one === section ? 'aria-current="page"' : ''}>${own.nav[one]}</a>`,
  )
  return page(who, {
    title: `${title} · ${own.title}`,
    width: 'wide',
    self: addressOf(section),
    ...(ask.status !== undefined && { status: ask.status }),
    nav: html`<nav class="elsewhere" aria-label="${session.user.handle}">
!${isStaff(session.user.role) ? html`<a href="/console">${own.console}</a>` : ''}
<a href="/developers">${own.portal}</a>
<a href="/logout">${own.signOut}</a>
</nav>`,
    body: html`<nav class="tabs" aria-label="${own.sections}">!${links}</nav>
<h1>${title}</h1>
!${done ? flash('done', own.done[done]) : ''}
!${problem ? flash('problem', refusalText(who.words, problem)) : ''}
!${ask.body}`,
  })
}

/** After a form: the page again, with a word about what was done. */
export const backTo = (who: Member, section: Section, done: Done): WireAnswer =>
  seeOther(who, `${addressOf(section)}?done=${done}`)

/** A form that is one button. */
export const act = (who: Member, action: string, label: string, fields = ''): string =>
  html`<form class="act" method="post" action="${action}">!${csrfField(who)}!${fields}<button class="plain" type="submit">${label}</button></form>`

/** How long ago or how soon, with the exact time for those who hover or listen. */
export function moment(who: Member, at: number | undefined, absent: string): string {
  if (at === undefined) return absent
  const iso = new Date(at).toISOString()
  const exact = new Intl.DateTimeFormat(who.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(at)
  return html`<time datetime="${iso}" title="${exact} UTC">${relative(who.language, at - Date.now())}</time>`
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]
function relative(language: string, milliseconds: number): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const [unit, size] = UNITS.find(([, size]) => Math.abs(milliseconds) >= size) ?? ['second', 1000]
  return format.format(Math.round(milliseconds / size), unit)
}
