import { entry } from '../../model/journal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { BrowserAct } from '../../model/users/session.ts'
import type { User } from '../../model/users/user.ts'
import { makeCredential } from '../credentials/issue/make-credential.ts'
import { storeFor } from '../credentials/issue/store-for.ts'
import { markOf } from '../oauth/authorize/interaction.ts'
import type { World } from '../world.ts'
import { authenticateUser } from './authenticate-user.ts'
import { lacksSecondFactor } from './lacks-second-factor.ts'
import { password } from './methods/password.ts'
import { type Entrance, replaceSession } from './sessions/replace-session.ts'

const PENDING_SECONDS = 600

/**
 * First step: name and password. For an account with a second factor, returns a pending sign-in of this browser instead of a
 * session.
 */
export async function signIn(needs: Needs, act: BrowserAct, ask: SignIn): Promise<SignedIn | SecondStep> {
  const user = await authenticateUser(needs, act, { ...ask, secondFactor: 'later' })
  const missing = !user.secondFactor && lacksSecondFactor(needs, user, [password.amr])
  if (!user.secondFactor && !missing)
    return { is: 'signed-in', user, ...(await replaceSession(needs, act, { user, methods: [password.amr] })) }

  const now = needs.now()
  const { secret, credential } = makeCredential(needs, 'pending-sign-in', {
    userId: user.id,
    createdAt: now,
    expiresAt: now + PENDING_SECONDS * 1000,
    data: { browser: markOf(needs, act.marks[0]) },
  })
  const half: Act = { by: { is: 'user', user }, from: act.from }
  const thing = { about: 'interaction', aboutId: credential.id, userId: user.id }
  await storeFor(needs, user, credential, entry(half, 'issued', thing, { at: now }))
  return { is: missing ? 'second-factor-missing' : 'second-factor-required', pending: secret }
}

export type SignIn = { name: string; password: string }
export type SignedIn = Entrance & { is: 'signed-in'; user: User }
/** `second-factor-missing`: staff must have a second factor, and this user must set it up first. */
export type SecondStep =
  | { is: 'second-factor-required'; pending: string }
  | { is: 'second-factor-missing'; pending: string }
type Needs = Pick<
  World,
  | 'users'
  | 'authenticators'
  | 'passwords'
  | 'throttle'
  | 'familiar'
  | 'recorder'
  | 'credentials'
  | 'vault'
  | 'rules'
  | 'now'
>
