import type { BrowserAct } from '../../../model/users/session.ts'
import { endSession } from '../../sign-in/sessions/end-session.ts'
import type { World } from '../../world.ts'
import { askLogout, type Logout, type LogoutAsk } from './ask-logout.ts'

type LogoutNeeds = Parameters<typeof askLogout>[0]

/**
 * Handles a request to sign out, from an application or from a page of this server. Without a proof, the person must
 * confirm it. Anyone can register an application and write a link that names it, so without an id token no such link
 * sends a browser on by itself (OpenID Connect RP-Initiated Logout 1.0 section 3).
 */
export async function visitLogout(needs: Needs, act: BrowserAct, ask: LogoutAsk): Promise<LogoutStep> {
  const logout = await askLogout(needs, act, ask)
  if (act.session && !logout.proven) return { is: 'asks', logout }
  if (!logout.hinted && logout.postLogoutRedirectUri !== undefined) return { is: 'offers', logout }
  await end(needs, act)
  return { is: 'signed-out', logout }
}

/** Signs out after the person has confirmed. Checks the request again, because the form could have been changed. */
export async function signOut(needs: Needs, act: BrowserAct, ask: LogoutAsk): Promise<LogoutStep> {
  const logout = await askLogout(needs, act, ask)
  await end(needs, act)
  return { is: 'signed-out', logout }
}

async function end(needs: Needs, { by, from, session }: BrowserAct): Promise<void> {
  if (session && by.is === 'user') await endSession(needs, { by, from, session })
}

/** `offers`: nobody is signed in here, and the person decides whether to go on to the application. */
export type LogoutStep = { is: 'asks' | 'offers' | 'signed-out'; logout: Logout }
type Needs = LogoutNeeds & Pick<World, 'credentials' | 'now'>
