import { findLogo } from '../../core/clients/find-logo.ts'
import { resume } from '../../core/oauth/authorize/resume.ts'
import { askLogout } from '../../core/openid/logout/ask-logout.ts'
import { signOut } from '../../core/openid/logout/sign-out.ts'
import { readForm } from '../../http/request.ts'
import { anonymous, anyone } from '../callers/anyone.ts'
import { type Dialect, route } from '../dialect.ts'
import { showOutcome } from '../oauth/authorize.ts'
import { anyForm, browser, formFromHere, ownForm } from '../ui/browser.ts'
import { seeOther } from '../ui/html.ts'
import type { PageRequest } from '../ui/page-request.ts'
import { LOGOS } from '../ui/publisher.ts'
import { readLogout, showLogout } from '../ui/sign-out-page.ts'
import { showAccount } from './account-pages.ts'
import { makeAdmin, register, visitRegister, visitSetUp } from './accounts.ts'
import {
  readAccount,
  readCode,
  readConsent,
  readKey,
  readLink,
  readResume,
  readReturnToOnly,
  readSetUp,
  readSignIn,
  readSignInVisit,
} from './asks.ts'
import { decideConsent } from './consent.ts'
import { decideUserCode, readDeviceVisit, readUserCodeForm, visitDevice } from './device.ts'
import { showDevice } from './device-pages.ts'
import { mark, showLogo, showMark, showStyles, showTypeface, siteStyles, styleSheet, typeface } from './files.ts'
import { refusePages } from './refusals.ts'
import { enterCode, enterFirstCode, enterKey, enterPassword, homeOf, visitSignIn } from './sign-in.ts'
import { showSignIn } from './sign-in-pages.ts'

const nothing = () => undefined

/**
 * Pages for signing in and out, registration and consent. They work without scripts, and every form is checked for its
 * origin.
 */
export const pages: Dialect = {
  name: 'pages',
  prefixes: ['/', '/login', '/logout', '/consent', '/register', '/setup', '/device', '/assets'],
  refuse: refusePages,
  routes: [
    route({ on: ['GET', '/login'], caller: browser, decode: readSignInVisit, decide: visitSignIn, encode: showSignIn }),
    route({ on: ['POST', '/login'], caller: anyForm, decode: readSignIn, decide: enterPassword, encode: showSignIn }),
    route({ on: ['POST', '/login/key'], caller: anyForm, decode: readKey, decide: enterKey, encode: showSignIn }),
    route({ on: ['POST', '/login/code'], caller: anyForm, decode: readCode, decide: enterCode, encode: showSignIn }),
    route({
      on: ['POST', '/login/second-factor'],
      caller: anyForm,
      decode: readCode,
      decide: enterFirstCode,
      encode: showSignIn,
    }),
    route({
      on: ['GET', '/logout'],
      caller: browser,
      decode: nothing,
      decide: (world, who) => askLogout(world, who, {}),
      encode: (logout, _request, who) => showLogout({ is: 'asks', logout }, who),
    }),
    route({
      on: ['POST', '/logout'],
      caller: ownForm,
      decode: request => readLogout(readForm(request)),
      decide: signOut,
      encode: (step, _request, who) => showLogout(step, who),
    }),
    route({
      on: ['GET', '/register'],
      caller: browser,
      decode: readReturnToOnly,
      decide: visitRegister,
      encode: showAccount,
    }),
    route({ on: ['POST', '/register'], caller: anyForm, decode: readAccount, decide: register, encode: showAccount }),
    route({ on: ['GET', '/setup/:link'], caller: browser, decode: readLink, decide: visitSetUp, encode: showAccount }),
    route({ on: ['POST', '/setup/:link'], caller: anyForm, decode: readSetUp, decide: makeAdmin, encode: showAccount }),
    route({
      on: ['GET', '/consent'],
      // With a remembered consent, this GET redirects to the application with a code.
      head: 'refused',
      caller: browser,
      decode: readResume,
      decide: resume,
      encode: (outcome, _request, who) => showOutcome(outcome, who),
    }),
    route({
      on: ['POST', '/consent'],
      caller: formFromHere,
      body: 'read',
      decode: readConsent,
      decide: decideConsent,
      encode: (outcome, _request, who) => showOutcome(outcome, who),
    }),
    route({
      on: ['GET', '/device'],
      caller: browser,
      decode: readDeviceVisit,
      decide: visitDevice,
      encode: showDevice,
    }),
    route({
      on: ['GET', '/device/:code'],
      caller: browser,
      decode: readDeviceVisit,
      decide: visitDevice,
      encode: showDevice,
    }),
    route({
      on: ['POST', '/device'],
      caller: formFromHere,
      body: 'read',
      decode: readUserCodeForm,
      decide: decideUserCode,
      encode: showDevice,
    }),
    route({ on: ['GET', '/'], caller: browser, decode: nothing, decide: nothing, encode: toOwnPlace }),
    route({
      on: ['GET', '/.well-known/change-password'],
      caller: browser,
      decode: nothing,
      decide: nothing,
      encode: (_fact, _request, who) => seeOther(who, '/account/password'),
    }),
    route({
      on: ['GET', '/assets/claviger.css'],
      caller: anyone,
      decode: nothing,
      decide: styleSheet,
      encode: showStyles,
    }),
    route({
      on: ['GET', `${LOGOS}/:key`],
      caller: anonymous,
      decode: ({ params }) => ({ key: params['key'] ?? '' }),
      decide: findLogo,
      encode: showLogo,
    }),
    route({ on: ['GET', '/assets/site.css'], caller: anyone, decode: nothing, decide: siteStyles, encode: showStyles }),
    route({ on: ['GET', '/assets/claviger.svg'], caller: anyone, decode: nothing, decide: mark, encode: showMark }),
    ...typeface.map(({ path, bytes }) =>
      route({ on: ['GET', path], caller: anyone, decode: nothing, decide: () => bytes, encode: showTypeface }),
    ),
  ],
}

function toOwnPlace(_fact: undefined, _request: unknown, who: PageRequest) {
  return seeOther(who, who.session ? homeOf(who.session.user, {}) : '/login')
}
