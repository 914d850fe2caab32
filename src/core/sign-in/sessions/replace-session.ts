import type { Authentication } from '../../../model/credentials/credential.ts'
import { type BrowserAct, rootOf } from '../../../model/users/session.ts'
import type { User } from '../../../model/users/user.ts'
import type { World } from '../../world.ts'
import { addToDevice, rememberNetwork } from '../familiar.ts'
import { endSession } from './end-session.ts'
import { openSession } from './open-session.ts'

/**
 * Makes a session at a sign-in and ends the browser's previous one. If the same person signs in again, applications still
 * know the session by the same `sid`, and their grants stay.
 */
export async function replaceSession(
  needs: Needs,
  act: BrowserAct,
  { user, methods }: { user: User } & Pick<Authentication, 'methods'>,
): Promise<Entrance> {
  const { session, from } = act
  const goesOn = session?.user.id === user.id
  const root = goesOn ? rootOf(session.credential) : undefined
  const { secret } = await openSession(needs, { by: { is: 'user', user }, from }, { methods, root })
  if (session) await endSession(needs, { by: { is: 'user', user: session.user }, from, session }, goesOn)
  await rememberNetwork(needs, user, from)
  return { session: secret, device: addToDevice(needs, from.device, user) }
}

/** Cookies of a browser after a sign-in: the secret of the session, and the people who have signed in there. */
export type Entrance = { session: string; device: string }
type Needs = Pick<World, 'credentials' | 'familiar' | 'vault' | 'rules' | 'now'>
