import { html } from 'ghtml'
import type { Entrance } from '../../core/sign-in/sessions/replace-session.ts'
import { SECOND, YEAR } from '../../model/span.ts'
import type { WireAnswer } from '../dialect.ts'
import { refusalText, statusOfPage } from '../ui/error-page.ts'
import { browserCsrfField, button, field, flash, hidden, page, seeOther } from '../ui/html.ts'
import type { PageRequest } from '../ui/page-request.ts'
import { factorForm, recoveryCodes } from '../ui/secrets/factor-set-up.ts'
import { setCookie } from '../ui/session.ts'
import { shownName } from '../ui/shown-name.ts'
import { queryOf, type ReturnTo } from './asks.ts'
import type { SignInPage } from './sign-in.ts'

/** Shows the page of the next step, or redirects after a sign-in. */
export function showSignIn(fact: SignInPage, _request: unknown, who: PageRequest): WireAnswer {
  if (fact.show === 'sign-in') return signInPage(who, fact)
  if (fact.show === 'second-factor') return secondFactorPage(who, fact)
  if (fact.show === 'set-up-factor') return setUpFactorPage(who, fact)
  if (fact.show === 'recovery-codes') return recoveryCodesPage(who, fact)
  return arrive(who, fact)
}

const DEVICE_SECONDS = YEAR / SECOND

/** Redirects to the next page, with the cookies of a new session if there is one. */
export const arrive = (who: PageRequest, to: { location: string } & Partial<Entrance>): WireAnswer =>
  seeOther(who, to.location, cookiesOf(who, to))

const cookiesOf = (who: PageRequest, { session, device }: Partial<Entrance>): string[] => [
  ...(session === undefined ? [] : [setCookie(who, 'session', session, who.rules.sessionSeconds)]),
  ...(device === undefined ? [] : [setCookie(who, 'device', device, DEVICE_SECONDS)]),
]

function setUpFactorPage(who: PageRequest, fact: SignInPage & { show: 'set-up-factor' }): WireAnswer {
  const { factorSetUp, secondFactor } = who.words
  const { returnTo, pending, begun, problem } = fact
  const fields = browserCsrfField(who) + returnToFields(returnTo) + hidden('pending', pending)
  return page(who, {
    title: factorSetUp.title,
    status: problem ? statusOfPage(problem.code) : 200,
    headers: waiting(problem),
    body: html`<h1>${factorSetUp.title}</h1>
<p class="flash warning">${factorSetUp.required}</p>
!${factorForm(who, begun, { action: '/login/second-factor', fields, problem })}
<p class="links"><a href="/login${queryOf(returnTo)}">${secondFactor.startAgain}</a></p>`,
  })
}

/** The session begins with this page. The page does not show its codes again. */
const recoveryCodesPage = (who: PageRequest, fact: SignInPage & { show: 'recovery-codes' }): WireAnswer =>
  page(
    { ...who, cookies: [...who.cookies, ...cookiesOf(who, fact)] },
    {
      title: who.words.recovery.title,
      status: 201,
      body: html`<h1>${who.words.recovery.title}</h1>
!${flash('done', who.words.recovery.on)}
!${recoveryCodes(who, shownName(fact.handle), { codes: fact.codes, onward: fact.location })}`,
    },
  )

function signInPage(who: PageRequest, fact: SignInPage & { show: 'sign-in' }): WireAnswer {
  const { returnTo, to, remark, name = '' } = fact
  const problem = fact.with === 'key' ? undefined : fact.problem
  const focus = fact.with === 'key' ? 'key' : name === '' ? 'name' : 'password'
  const { signIn } = who.words
  const handle = shownName(who.session?.user.handle ?? '')
  const remarks = {
    other: signIn.asWhom(handle),
    again: signIn.again(handle),
    'signed-out': signIn.signedOut,
    ended: signIn.ended,
  }
  const registers = who.rules.registration === 'open'
  return page(who, {
    title: signIn.title,
    status: fact.problem ? statusOfPage(fact.problem.code) : 200,
    headers: waiting(fact.problem),
    self: `/login${queryOf(returnTo)}`,
    ...(returnTo.interaction !== undefined && { formsLead: 'out' }),
    body: html`<h1>${signIn.title}</h1>
!${to.app === undefined ? '' : html`<p class="lead">${signIn.toContinue(to.app, to.host ?? '')}</p>`}
!${problem ? flash('problem', refusalText(who.words, problem)) : ''}
!${remark ? flash('done', remarks[remark]) : ''}
<form method="post" action="/login">
!${browserCsrfField(who)}!${returnToFields(returnTo)}
!${field({ name: 'username', label: signIn.name, value: name, autocomplete: 'username', focus: focus === 'name', longest: 254 })}
!${field({ name: 'password', label: signIn.password, type: 'password', autocomplete: 'current-password', focus: focus === 'password' })}
!${button(signIn.submit)}
</form>
!${keyForm(who, fact)}
!${registers ? html`<p class="links"><a href="/register${queryOf(returnTo)}">${signIn.register}</a></p>` : ''}`,
  })
}

/** The form for a key of the API, instead of a sign-in. */
function keyForm(who: PageRequest, { to, returnTo, problem, ...fact }: SignInPage & { show: 'sign-in' }): string {
  const { keyConsent } = who.words
  if (to.takesKeysOf === undefined) return ''
  const wrong = fact.with === 'key' ? problem : undefined
  return html`<section class="instead">
<h2>${keyConsent.title}</h2>
<p class="hint">${keyConsent.why(to.takesKeysOf)}</p>
<form method="post" action="/login/key">
!${browserCsrfField(who)}!${returnToFields(returnTo)}
!${field({
    name: 'api_key',
    label: keyConsent.key,
    type: 'password',
    autocomplete: 'off',
    focus: wrong !== undefined,
    problem: wrong && refusalText(who.words, wrong),
  })}
!${button(keyConsent.submit, 'plain')}
</form>
</section>`
}

function secondFactorPage(
  who: PageRequest,
  { returnTo, pending, problem }: SignInPage & { show: 'second-factor' },
): WireAnswer {
  const { secondFactor } = who.words
  return page(who, {
    title: secondFactor.title,
    status: problem ? statusOfPage(problem.code) : 200,
    headers: waiting(problem),
    ...(returnTo.interaction !== undefined && { formsLead: 'out' }),
    body: html`<h1>${secondFactor.title}</h1>
<p class="lead">${secondFactor.why}</p>
<form method="post" action="/login/code">
!${browserCsrfField(who)}!${returnToFields(returnTo)}!${hidden('pending', pending)}
!${field({
      name: 'code',
      label: secondFactor.code,
      autocomplete: 'one-time-code',
      hint: secondFactor.hint,
      longest: 24,
      focus: true,
      problem: problem && refusalText(who.words, problem),
    })}
!${button(secondFactor.submit)}
</form>
<p class="links"><a href="/login${queryOf(returnTo)}">${secondFactor.startAgain}</a></p>`,
  })
}

export const returnToFields = ({ interaction, next }: ReturnTo): string =>
  (interaction === undefined ? '' : hidden('interaction', interaction)) +
  (next === undefined ? '' : hidden('next', next))

/** RFC 6585 section 4. */
export const waiting = (problem: { facts: { retryAfterSeconds?: number } } | undefined): Record<string, string> =>
  problem?.facts.retryAfterSeconds === undefined ? {} : { 'retry-after': String(problem.facts.retryAfterSeconds) }
