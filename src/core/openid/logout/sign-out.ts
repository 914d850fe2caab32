import type { BrowserAct } from '../../../model/users/session.ts'
import { endSession } from '../../sign-in/sessions/end-session.ts'
import type { World } from '../../world.ts'
import { askLogout, type Logout, type LogoutAsk } from './ask-logout.ts'

type LogoutNeeds = Parameters<typeof askLogout>[0]

/**
 * Handles a request to sign out, from an application or from a page of this server. Without a proof, the person must
 * confirm it.
 */
export async function visitLogout(needs: Needs, act: BrowserAct, ask: LogoutAsk): Promise<LogoutStep> {
  const logout = await askLogout(needs, act, ask)
  if (act.session && !logout.proven) return { is: 'asks', logout }
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

export type LogoutStep = { is: 'asks' | 'signed-out'; logout: Logout }
type Needs = LogoutNeeds & Pick<World, 'credentials' | 'now'>
