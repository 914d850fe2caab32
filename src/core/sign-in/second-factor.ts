import { Secret, TOTP } from 'otpauth'
import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import { checkAbove, type Grantor, requirePower } from '../authority.ts'
import type { Source, World } from '../world.ts'
import { countTry } from './count-try.ts'

const SEAL = 'otp-secret'
const STEP_SECONDS = 30

/**
 * RFC 6238: six digits, 30 seconds, one step of tolerance on either side. Each step counts once, whichever process
 * hears it, so that a code overheard cannot be said again (section 5.2).
 */
export async function checkSecondFactor(
  needs: Pick<World, 'vault' | 'users' | 'now'>,
  user: User,
  code: string | undefined,
): Promise<void> {
  const refuse = (why: string) => new Refusal('one-time-code-wrong', `${why} for ${user.id}`, { parameter: 'otp' })
  const secret = user.otpSecret && needs.vault.open(SEAL, user.otpSecret)
  if (!secret) throw refuse('no usable secret')
  const step = stepOf(needs, secret, code)
  if (step === undefined) throw refuse(code === undefined ? 'no code' : 'wrong code')
  if (!(await needs.users.spendOtpStep(user.id, step))) throw refuse('code used before')
}

/**
 * A new secret that waits for its first right code. What protected the account before goes on protecting it, so that
 * somebody who holds a stolen token cannot switch the second factor off by starting over.
 */
export async function beginSecondFactor(needs: Needs, user: User, ask: BeginSecondFactor): Promise<BegunSecondFactor> {
  const secret = new Secret({ size: 20 }).base32
  const { issuer, label, from } = ask
  await needs.users.change(
    user.id,
    { otpPending: needs.vault.seal(SEAL, secret) },
    changed(needs, user, from, 'second factor begun'),
  )
  const url = new TOTP({ issuer, label, secret: Secret.fromBase32(secret), period: STEP_SECONDS }).toString()
  return { secret, url, issuer, label }
}

/** Proves that the user's device knows the secret; from then on signing in needs its codes. Answers whether the code was right. */
export async function confirmSecondFactor(needs: Needs, user: User, ask: ConfirmSecondFactor): Promise<boolean> {
  const current = await needs.users.byId(user.id)
  const sealed = current?.otpPending ?? current?.otpSecret
  const secret = sealed && needs.vault.open(SEAL, sealed)
  if (!current || !sealed || !secret) throw new Refusal('second-factor-not-set-up', `no secret for ${user.id}`)
  const attempt = await countTry(needs, { at: `new second factor of ${user.id}`, user, from: ask.from })
  const step = stepOf(needs, secret, ask.code)
  if (step === undefined || !(await needs.users.spendOtpStep(user.id, step))) return false
  await attempt.wasRight()
  if (current.otpPending)
    await needs.users.change(
      user.id,
      { otpSecret: sealed, otpValidated: true, otpPending: null },
      changed(needs, user, ask.from, 'second factor confirmed'),
    )
  return true
}

/** Somebody lost their device: signing in needs the password alone again, until they set up another. */
export async function removeSecondFactor(
  needs: Needs,
  by: Grantor,
  ask: { userId: string; from: Source },
): Promise<User> {
  requirePower(by, 'users:write')
  const user = await needs.users.byId(ask.userId)
  if (!user) throw new Refusal('user-unknown', `no user ${ask.userId}`)
  checkAbove(by, user)
  const entry = { ...changed(needs, user, ask.from, 'second factor removed'), actor: by.actor }
  const after = await needs.users.change(user.id, { otpSecret: null, otpPending: null, otpValidated: false }, entry)
  return typeof after === 'object' ? after : user
}

/** Would signing in under this name need a code? Unknown names need none, like most known ones. */
export async function needsSecondFactor(
  needs: Pick<World, 'users' | 'throttle'>,
  _nobody: undefined,
  ask: { name: string; from: Source },
): Promise<boolean> {
  needs.throttle.enter('account-question', ask.from)
  return (await needs.users.byName(ask.name))?.otpValidated === true
}

/** The step this code belongs to, if it is one of now. */
function stepOf(needs: Pick<World, 'now'>, base32: string, code: string | undefined): number | undefined {
  if (code === undefined || !/^\d{6}$/.test(code)) return undefined
  const totp = new TOTP({ secret: Secret.fromBase32(base32), period: STEP_SECONDS })
  const delta = totp.validate({ token: code, timestamp: needs.now(), window: 1 })
  return delta === null ? undefined : Math.floor(needs.now() / 1000 / STEP_SECONDS) + delta
}

const changed = (needs: Pick<World, 'now'>, user: User, from: Source, what: string) => ({
  at: needs.now(),
  event: 'changed' as const,
  about: 'user',
  aboutId: user.id,
  actor: user.id,
  userId: user.id,
  detail: { what },
  ...from,
})

/** `issuer` and `label` are what an authenticator app shows. */
export type BeginSecondFactor = { issuer: string; label: string; from: Source }
export type BegunSecondFactor = { secret: string; url: string; issuer: string; label: string }
export type ConfirmSecondFactor = { code: string; from: Source }
type Needs = Pick<World, 'users' | 'vault' | 'throttle' | 'familiar' | 'now'>
