import { type LogoutStep, visitLogout } from '../../core/openid/logout/sign-out.ts'
import { readForm } from '../../http/request.ts'
import { type Route, route } from '../dialect.ts'
import { crossSiteForm } from '../oauth/cross-site-form.ts'
import { browser } from '../ui/browser.ts'
import { refuseWithPage } from '../ui/error-page.ts'
import { seeOther } from '../ui/html.ts'
import { readLogout, showLogout } from '../ui/sign-out-page.ts'

/** OpenID Connect RP-Initiated Logout 1.0 section 2. */
export const logout: Route = route({
  on: ['GET', 'POST', '/oauth2/logout'],
  // HEAD would sign out.
  head: 'refused',
  caller: browser,
  body: 'read',
  decode: request =>
    crossSiteForm(request) ?? readLogout(request.method === 'POST' ? readForm(request) : request.query),
  decide: async (world, who, ask) => ('elsewhere' in ask ? ask : visitLogout(world, who, ask)),
  encode: (fact: LogoutStep | { elsewhere: string }, _request, who) =>
    'elsewhere' in fact ? seeOther(who, fact.elsewhere) : showLogout(fact, who),
  refuse: refuseWithPage,
  metadata: {
    address: 'end_session_endpoint',
    supports: { backchannel_logout_supported: true, backchannel_logout_session_supported: true },
  },
})
