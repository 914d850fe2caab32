import { Refusal } from '../../model/refusal.ts'
import type { Browser } from '../../model/session.ts'
import type { User } from '../../model/user.ts'
import { makeCredential, storeFor } from '../credentials/make-credential.ts'
import { browserMark, findWaiting } from '../oauth/authorize/interaction.ts'
import type { Source, World } from '../world.ts'
import { authenticateUser } from './authenticate-user.ts'
import { countTry } from './count-try.ts'
import { addToDevice, rememberNetwork } from './familiar.ts'
import { checkSecondFactor } from './second-factor.ts'
import { endSession, openSession } from './sessions.ts'

const PENDING_SECONDS = 600

/** First step: name and password. Whoever has a second factor has no session yet, only a place in this browser to bring it to. */
export async function signIn(needs: Needs, browser: Browser, ask: SignIn): Promise<SignedIn | Half> {
  const user = await authenticateUser(needs, { ...ask, secondFactor: 'later' })
  if (!user.otpValidated) return { is: 'signed-in', user, ...(await replaceSession(needs, browser, user, ask.from)) }

  const now = needs.now()
  const { secret, credential } = makeCredential(needs, 'interaction', {
    userId: user.id,
    createdAt: now,
    expiresAt: now + PENDING_SECONDS * 1000,
    data: { browser: browserMark(needs, browser), note: AWAITS_CODE },
  })
  await storeFor(needs, user, credential, {
    at: now,
    event: 'issued',
    about: 'interaction',
    aboutId: credential.id,
    actor: user.id,
    userId: user.id,
    ...ask.from,
  })
  return { is: 'half', pending: secret }
}

/** Second step: the one-time code. The pending sign-in is spent by the right code, and can be guessed at only as often as a password. */
export async function proveSecondFactor(needs: Needs, browser: Browser, ask: ProveSecondFactor): Promise<SignedIn> {
  const pending = await findWaiting(needs, browser, ask.pending)
  const user = pending.userId === undefined ? undefined : await needs.users.byId(pending.userId)
  if (pending.data.note !== AWAITS_CODE || !user?.active)
    throw new Refusal('interaction-unknown', `${pending.id} does not wait for a one-time code`)
  const attempt = await countTry(needs, { at: `second factor of ${user.id}`, user, from: ask.from })
  const now = needs.now()
  const entry = { at: now, about: 'user', aboutId: user.id, actor: user.id, userId: user.id, ...ask.from }
  try {
    await checkSecondFactor(needs, user, ask.code)
  } catch (error) {
    needs.witness.note({ ...entry, event: 'sign-in-failed', reason: 'one-time-code-wrong' })
    throw error
  }
  const outcome = await needs.credentials.redeem(
    { fingerprint: pending.fingerprint, kind: 'interaction', at: now, issues: [] },
    { ...entry, event: 'signed-in' },
  )
  if (outcome === 'spent') throw new Refusal('interaction-unknown', `${pending.id} was used at the same moment`)
  await attempt.wasRight()
  return { is: 'signed-in', user, ...(await replaceSession(needs, browser, user, ask.from)) }
}

/** A new session at every sign-in; the one this browser had before ends. */
export async function replaceSession(
  needs: Pick<World, 'credentials' | 'directory' | 'familiar' | 'vault' | 'rules' | 'now'>,
  browser: Browser,
  user: User,
  from: Source,
): Promise<Entrance> {
  const { secret } = await openSession(needs, user, from)
  if (browser.session) await endSession(needs, browser.session, from)
  await rememberNetwork(needs, user, from)
  return { session: secret, device: addToDevice(needs, from.device, user) }
}

const AWAITS_CODE = 'awaits one-time code'

export type SignIn = { name: string; password: string; from: Source }
export type ProveSecondFactor = { pending: string; code: string; from: Source }
/** Cookies of a browser that has just signed in: the secret of its session, and whom it signed in. */
export type Entrance = { session: string; device: string }
export type SignedIn = Entrance & { is: 'signed-in'; user: User }
export type Half = { is: 'half'; pending: string }
type Needs = Pick<
  World,
  'users' | 'passwords' | 'throttle' | 'familiar' | 'witness' | 'credentials' | 'directory' | 'vault' | 'rules' | 'now'
>
