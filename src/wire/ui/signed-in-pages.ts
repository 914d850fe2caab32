import { html } from 'ghtml'
import type { WireRequest } from '../../http/request.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { SessionAct } from '../../model/users/session.ts'
import type { Caller, Refuse, WireAnswer } from '../dialect.ts'
import { asksForProof, proveInForm, provePage } from './between/prove-page.ts'
import { browser, ownForm } from './browser.ts'
import { refusalText, refuseWithPage } from './error-page.ts'
import { formErrorAmong } from './form-errors.ts'
import { pageOf } from './go-on.ts'
import { csrfField, flash, page, seeOther } from './html.ts'
import type { PageRequest } from './page-request.ts'
import type { Area } from './site-header.ts'
import type { Language } from './words/choose.ts'

/*
 * An area is a set of pages for signed-in people under one address, with tabs, its own texts, and a message after each
 * form. The account and the portal are areas.
 */

/** Texts that every area needs besides those of its pages. */
export type SignedInWords<Section extends string> = {
  title: string
  sections: string
  nav: Record<Section, string>
  done: Record<string, string>
}

/** A signed-in person in an area with the texts `Own`. */
export type Member<Own> = PageRequest & SessionAct & { own: Own }

export type PageOf<Section, Done> = {
  section: Section
  title?: string
  /** Made with `html`. */
  body: string
  /** The address of this page, if it differs from the section's address. */
  self?: string
  done?: Done | undefined
  problem?: Refusal | undefined
  status?: number
}

export function openSignedInPages<const Section extends string, Own extends SignedInWords<Section>>(area: {
  home: string
  sections: readonly Section[]
  words: Record<Language, Own>
  area: Area
}) {
  type Who = Member<Own>
  type Done = keyof Own['done'] & string
  const [first] = area.sections
  const addressOf = (section: Section): string => (section === first ? area.home : `${area.home}/${section}`)

  const signedIn = (name: string, page: Caller<PageRequest>): Caller<Who> => ({
    name,
    async prove(world, request) {
      const { who, concerns } = await page.prove(world, request)
      const { session, language } = who
      if (!session) throw new Refusal('session-missing')
      const by = { is: 'user', user: session.user, signedInAt: session.provenAt } as const
      return { who: { ...who, by, session, own: area.words[language] }, concerns }
    },
  })

  const memberForm = signedIn('form of a signed-in person', ownForm)
  /** The caller of a form that makes secrets or takes rights: requires a proof within ten minutes. */
  const provenForm: Caller<Who> = {
    name: 'form of a person who proved themselves',
    async prove(world, request) {
      const { who, concerns } = await memberForm.prove(world, request)
      const signedInAt = await proveInForm(world, who, request)
      return { who: { ...who, by: { ...who.by, signedInAt } }, concerns }
    },
  }

  function areaPage(who: Who, ask: PageOf<Section, Done>): WireAnswer {
    const { own } = who
    const { section, done, problem } = ask
    const title = ask.title ?? own.nav[section]
    const tab = (one: Section) =>
      html`<a href="${addressOf(one)}" !${one === section ? 'aria-current="page"' : ''}>${own.nav[one]}</a>`
    return page(who, {
      title: `${title} · ${own.title}`,
      width: 'wide',
      self: ask.self ?? addressOf(section),
      ...(ask.status !== undefined && { status: ask.status }),
      site: { user: who.session.user, area: area.area },
      body: html`<nav class="tabs" aria-label="${own.sections}">!${area.sections.map(tab)}</nav>
<h1>${title}</h1>
!${done ? flash('done', own.done[done] ?? '') : ''}
!${problem ? flash('problem', refusalText(who.words, problem)) : ''}
!${ask.body}`,
    })
  }

  return {
    /** The caller of a page. */
    member: signedIn('signed-in person', browser),
    /** The caller of a form on such a page: requires our origin and this session's token. */
    memberForm,
    provenForm,
    areaPage,
    /** Redirects to the page of the form, with a message. */
    backTo: (who: Who, section: Section, done?: Done): WireAnswer =>
      seeOther(who, `${addressOf(section)}${done === undefined ? '' : `?done=${done}`}`),
    readDone({ query }: WireRequest): Done | undefined {
      const done = query.one('done')
      return done !== undefined && Object.hasOwn(area.words.en.done, done) ? (done as Done) : undefined
    },
    /** Redirects a request without a session to the sign-in, which leads back to this page. */
    refuse: ((refusal, request, world) => {
      if (asksForProof(refusal, request)) return provePage(refusal, request, world)
      if (refusal.code !== 'session-missing') return refuseWithPage(refusal, request, world)
      const back = pageOf(request)
      const location = `/login?next=${encodeURIComponent(back)}`
      return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' }
    }) satisfies Refuse,
  }
}

/** Faults that the person can correct on the same page. */
export const formError = formErrorAmong('scope-unknown', 'scope-too-wide')

/** A form with one button. */
export const act = (who: Pick<PageRequest, 'csrf'>, action: string, label: string, fields = ''): string =>
  html`<form class="act" method="post" action="${action}">!${csrfField(who)}!${fields}<button class="plain" type="submit">${label}</button></form>`
