import { html } from 'ghtml'
import type { LogoutAsk } from '../../core/openid/logout/ask-logout.ts'
import type { LogoutStep } from '../../core/openid/logout/sign-out.ts'
import type { Params } from '../../http/params.ts'
import type { WireAnswer } from '../dialect.ts'
import { button, csrfField, hidden, page, seeOther } from './html.ts'
import type { PageRequest } from './page-request.ts'
import { setCookie } from './session.ts'
import { appName, shownName } from './shown-name.ts'

/** The parameters of OpenID Connect RP-Initiated Logout 1.0 section 2. */
export const readLogout = (params: Params): LogoutAsk => ({
  idTokenHint: params.one('id_token_hint'),
  clientId: params.one('client_id'),
  postLogoutRedirectUri: params.one('post_logout_redirect_uri'),
  state: params.one('state'),
})

/** Asks the person, or shows the result of signing out. */
export const showLogout = (step: LogoutStep, who: PageRequest): WireAnswer =>
  ({ asks: askPage, offers: offerPage, 'signed-out': signedOut })[step.is](who, step)

function askPage(who: PageRequest, { logout }: LogoutStep): WireAnswer {
  const { signOut } = who.words
  if (!who.session) return seeOther(who, '/login')
  const { client, postLogoutRedirectUri, state } = logout
  const fields = [
    ...(client ? [hidden('client_id', client.id)] : []),
    ...(postLogoutRedirectUri === undefined ? [] : [hidden('post_logout_redirect_uri', postLogoutRedirectUri)]),
    ...(state === undefined ? [] : [hidden('state', state)]),
  ]
  return page(who, {
    title: signOut.title,
    ...(postLogoutRedirectUri === undefined ? { self: '/logout' } : { formsLead: 'out' }),
    body: html`<h1>${signOut.title}</h1>
!${client ? html`<p class="lead">${signOut.asks(appName(who, client))}</p>` : ''}
<p class="lead">${signOut.asWhom(shownName(who.session.user.handle))}</p>
<p>${signOut.effect}</p>
<form method="post" action="/logout">!${csrfField(who)}!${fields}!${button(signOut.submit)}</form>
<p class="links"><a href="/account">${signOut.stay}</a> <a href="/login?switch=yes">${signOut.other}</a></p>`,
  })
}

function offerPage(who: PageRequest, { logout }: LogoutStep): WireAnswer {
  const { signOut } = who.words
  const { client, postLogoutRedirectUri = '', state } = logout
  return page(who, {
    title: signOut.nobody,
    body: html`<h1>${signOut.nobody}</h1>
!${client ? html`<p class="lead">${signOut.offers(appName(who, client), hostOf(postLogoutRedirectUri))}</p>` : ''}
<p class="links"><a href="${withState(postLogoutRedirectUri, state)}">${signOut.goOn}</a> <a href="/login">${who.words.site.signIn}</a></p>`,
  })
}

/** An address without a host, as of an application on a phone, is shown by its scheme. */
const hostOf = (address: string): string => new URL(address).host || new URL(address).protocol

/** Removes the cookie and everything that the browser has cached of our pages. Goes on to the application with its `state` alone. */
function signedOut(who: PageRequest, { logout }: LogoutStep): WireAnswer {
  const { postLogoutRedirectUri: address, state } = logout
  const location = address === undefined ? '/login?signed-out=yes' : withState(address, state)
  const answer = seeOther(who, location, [setCookie(who, 'session', '', 0)])
  return { ...answer, headers: { ...answer.headers, 'clear-site-data': '"cache"' } }
}

/** Appends `state` unchanged, and keeps the query of the address. */
function withState(address: string, state: string | undefined): string {
  if (state === undefined) return address
  const glue = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&'
  return `${address}${glue}state=${encodeURIComponent(state)}`
}
