import { html } from 'ghtml'
import type { Refusal } from '../../model/refusals/refusal.ts'
import type { WireAnswer } from '../dialect.ts'
import { refusalText, statusOfPage } from '../ui/error-page.ts'
import { browserCsrfField, button, field, flash, page } from '../ui/html.ts'
import type { PageRequest } from '../ui/page-request.ts'
import type { AccountPage } from './accounts.ts'
import { type AccountForm, queryOf } from './asks.ts'
import { arrive, returnToFields, waiting } from './sign-in-pages.ts'

export function showAccount(fact: AccountPage, _request: unknown, who: PageRequest): WireAnswer {
  if (fact.show === 'nothing') return arrive(who, fact)
  if (fact.show === 'closed') return closedPage(who)
  return fact.show === 'register' ? registerPage(who, fact) : setUpPage(who, fact)
}

function registerPage(
  who: PageRequest,
  { returnTo, to, entered, problem }: AccountPage & { show: 'register' },
): WireAnswer {
  const { register, signIn } = who.words
  return page(who, {
    title: register.title,
    status: problem ? statusOfPage(problem.code) : 200,
    headers: waiting(problem),
    self: `/register${queryOf(returnTo)}`,
    ...(returnTo.interaction !== undefined && { formsLead: 'out' }),
    body: html`<h1>${register.title}</h1>
!${to.app === undefined ? '' : html`<p class="lead">${signIn.toContinue(to.app, to.host ?? '')}</p>`}
<form method="post" action="/register">
!${returnToFields(returnTo)}!${accountFields(who, entered, problem)}
!${button(register.submit)}
</form>
<p class="links"><a href="/login${queryOf(returnTo)}">${register.haveOne}</a></p>`,
  })
}

function setUpPage(who: PageRequest, { link, entered, problem }: AccountPage & { show: 'set-up' }): WireAnswer {
  const { setUp } = who.words
  const at = `/setup/${encodeURIComponent(link)}`
  return page(who, {
    title: setUp.title,
    status: problem ? statusOfPage(problem.code) : 200,
    headers: waiting(problem),
    self: at,
    body: html`<h1>${setUp.title}</h1>
<p class="lead">${setUp.why}</p>
<form method="post" action="${at}">
!${accountFields(who, entered, problem)}
!${button(setUp.submit)}
</form>`,
  })
}

/** The fields of a new account. A fault is shown at its field if it has one. */
function accountFields(who: PageRequest, entered: AccountForm | undefined, problem: Refusal | undefined): string {
  const { register } = who.words
  const text = problem && refusalText(who.words, problem)
  const at = (field: string) => (problem?.facts.parameter === field ? text : undefined)
  const parameter = problem?.facts.parameter ?? ''
  const placed = ['handle', 'email', 'password'].includes(parameter)
  return html`!${browserCsrfField(who)}
!${text && !placed ? flash('problem', text) : ''}
!${field({
    name: 'username',
    label: register.handle,
    value: entered?.handle ?? '',
    autocomplete: 'username',
    hint: register.handleHint,
    focus: !placed || parameter === 'handle',
    longest: 100,
    problem: at('handle'),
  })}
!${field({
    name: 'email',
    label: register.email,
    remark: register.optional,
    type: 'email',
    value: entered?.email ?? '',
    autocomplete: 'email',
    required: false,
    longest: 254,
    focus: parameter === 'email',
    problem: at('email'),
  })}
!${field({
    name: 'password',
    label: register.password,
    type: 'password',
    autocomplete: 'new-password',
    hint: register.passwordHint(who.rules.passwordMinLength),
    focus: parameter === 'password',
    problem: at('password'),
  })}`
}

function closedPage(who: PageRequest): WireAnswer {
  const { register } = who.words
  return page(who, {
    title: register.closedTitle,
    status: statusOfPage('registration-closed'),
    self: '/register',
    body: html`<h1>${register.closedTitle}</h1>
<p class="lead">${register.closed}</p>
<p class="links"><a href="/login">${who.words.signIn.title}</a></p>`,
  })
}
