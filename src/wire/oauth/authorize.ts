import { authorize } from '../../core/oauth/authorize/authorize.ts'
import type { Outcome } from '../../core/oauth/authorize/outcome.ts'
import { REFERENCE } from '../../core/oauth/authorize/pushed-request.ts'
import type { AuthorizeAsk } from '../../core/oauth/authorize/request.ts'
import { Params } from '../../http/params.ts'
import type { Path } from '../../http/place.ts'
import { readForm } from '../../http/request.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { parseScopes } from '../../model/scopes/scope.ts'
import { type Route, route, type WireAnswer } from '../dialect.ts'
import { browser, inLocales } from '../ui/browser.ts'
import { consentPage } from '../ui/consent-page.ts'
import { refuseWithPage } from '../ui/error-page.ts'
import { seeOther } from '../ui/html.ts'
import type { PageRequest } from '../ui/page-request.ts'
import { shownWay } from '../ui/ways/ways.ts'
import { crossSiteForm } from './cross-site-form.ts'

/**
 * An authorization endpoint (RFC 6749 section 3.1), for every dialect that has one:
 *
 *     routes: [authorizationEndpoint('/oauth/authorize', params => ({ ...readAuthorization(params), askAgain: … }))]
 *
 * `read` converts the dialect's parameters; it adds the dialect's own ones to `readAuthorization` (`force_login` becomes
 * `askAgain`). Checks, sign-in, consent, code and pages are the same for all dialects: the browser goes through `/login`
 * and `/consent` to the application's registered address. A wrong client or address leads to an error page with status
 * 400 or 403. The client's `Policy` contains its permissions (`pkce`, `outOfBand`, `consent`, `codeSeconds`,
 * `defaultScopes`).
 */
export function authorizationEndpoint(path: Path, read: ReadAuthorization = readAuthorization): Route {
  return route({
    on: ['GET', 'POST', path],
    // HEAD would start an interaction, or issue a code whose answer is lost.
    head: 'refused',
    caller: browser,
    body: 'read',
    // OpenID Connect Core section 3.1.2.1 lets applications send the request as a form.
    decode: request => crossSiteForm(request) ?? read(request.method === 'POST' ? readForm(request) : request.query),
    decide: async (world, who, ask) => ('elsewhere' in ask ? ask : authorize(world, who, ask)),
    encode: (fact, _request, who) =>
      'elsewhere' in fact ? seeOther(who, fact.elsewhere) : showOutcome(fact, inLocales(who, fact.uiLocales)),
    refuse: refuseWithPage,
  })
}

export type ReadAuthorization = (params: Params) => AuthorizeAsk

/**
 * Reads the standard parameters. Faults of client id and redirect address throw; other faults are returned, for an
 * answer to the application.
 */
export function readAuthorization(params: Params, clientId = params.required('client_id')): AuthorizeAsk {
  const reference = params.one('request_uri')
  // Ignores all other parameters of a pushed request (RFC 9126 section 4, RFC 9101 section 6.3).
  if (reference?.startsWith(REFERENCE)) return { clientId, prompt: [], resources: [], pushed: reference }
  const redirectUri = params.one('redirect_uri')
  const ask: AuthorizeAsk = { clientId, prompt: [], resources: [] }
  if (redirectUri !== undefined) ask.redirectUri = redirectUri
  const one = (name: string): string | undefined => {
    try {
      return params.one(name)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      ask.unreadable ??= error
      return undefined
    }
  }
  const read = <K extends keyof AuthorizeAsk>(key: K, value: AuthorizeAsk[K] | undefined) => {
    if (value !== undefined) Object.assign(ask, { [key]: value })
  }
  read('state', one('state'))
  read('responseType', one('response_type'))
  read('responseMode', one('response_mode'))
  const scope = one('scope')
  read('scopes', scope === undefined ? undefined : parseScopes(scope))
  read('challenge', one('code_challenge'))
  read('nonce', one('nonce'))
  read('loginHint', one('login_hint'))
  read('uiLocales', one('ui_locales'))
  read('idTokenHint', one('id_token_hint'))
  read('claims', one('claims'))
  read('acrValues', one('acr_values'))
  read('challengeMethod', one('code_challenge_method'))
  read(
    'prompt',
    one('prompt')
      ?.split(' ')
      .filter(part => part !== ''),
  )
  read('maxAge', one('max_age'))
  const [text, uri] = [one('request'), one('request_uri')]
  if (text !== undefined && uri !== undefined) ask.unreadable ??= twoObjects()
  const readMembers = (members: Readonly<Record<string, string | string[]>>) =>
    readAuthorization(new Params(members), clientId)
  if (text !== undefined) ask.object = { text, read: readMembers }
  else if (uri !== undefined) ask.object = { uri, read: readMembers }
  try {
    ask.resources = params.all('resource')
  } catch (error) {
    ask.unreadable ??= error as Refusal
  }
  return ask
}

const twoObjects = () =>
  new Refusal('parameter-invalid', 'request and request_uri', {
    parameter: 'request',
    sentence: 'Send one of the parameters request and request_uri, not both.',
  })

/** Answers with a page for the person, or a redirect to the application. */
export function showOutcome(outcome: Outcome, who: PageRequest): WireAnswer {
  if (outcome.is === 'waiting') return seeOther(who, `/consent?interaction=${outcome.interaction.sealed}`)
  if (outcome.is === 'sign-in') return seeOther(who, `/login?interaction=${outcome.interaction.sealed}`)
  if (outcome.is === 'consent') return consentPage(who, outcome)
  return shownWay(outcome.way).answer(who, outcome, outcome.way)
}
