import { askAgainHere, openInteraction, sealWithKey } from '../../core/oauth/authorize/interaction.ts'
import { nextStep } from '../../core/oauth/authorize/next-step.ts'
import type { AuthorizationRequest } from '../../core/oauth/authorize/request.ts'
import { clientOf } from '../../core/oauth/authorize/return-address.ts'
import { keyConsentApi } from '../../core/oauth/key-consent/key-consent-api.ts'
import { presentKey } from '../../core/oauth/key-consent/present-key.ts'
import { addMissingFactor } from '../../core/sign-in/add-missing-factor.ts'
import type { BegunSecondFactor } from '../../core/sign-in/methods/one-time-code.ts'
import { prepareMissingFactor } from '../../core/sign-in/prepare-missing-factor.ts'
import { proveSecondFactor } from '../../core/sign-in/prove-second-factor.ts'
import type { Entrance } from '../../core/sign-in/sessions/replace-session.ts'
import { signIn } from '../../core/sign-in/sign-in.ts'
import type { World } from '../../core/world.ts'
import { REASON_NAMES, type Reason } from '../../model/credentials/verdict.ts'
import type { Refusal } from '../../model/refusals/refusal.ts'
import { isStaff, type User } from '../../model/users/user.ts'
import { formErrorAmong } from '../ui/form-errors.ts'
import type { PageRequest } from '../ui/page-request.ts'
import { appName, shownName } from '../ui/shown-name.ts'
import { shownWay } from '../ui/ways/ways.ts'
import { type CodeForm, type KeyForm, queryOf, type ReturnTo, type SignInForm, type SignInVisit } from './asks.ts'

/* The steps of a sign-in. Each function returns the next page. */

/** The application that waits for the sign-in, shown on its page. */
export type Destination = {
  app?: string
  host?: string
  /** Name of the API whose keys are accepted instead of a sign-in. */
  takesKeysOf?: string
}

export type SignInPage =
  | {
      show: 'sign-in'
      returnTo: ReturnTo
      to: Destination
      remark?: 'other' | 'again' | 'signed-out' | 'ended'
      problem?: Refusal
      name?: string
      /** The value `key` if the fault concerns the presented key. */
      with?: 'key'
    }
  | { show: 'second-factor'; returnTo: ReturnTo; to: Destination; pending: string; problem?: Refusal }
  | { show: 'set-up-factor'; returnTo: ReturnTo; pending: string; begun: BegunSecondFactor; problem?: Refusal }
  | ({ show: 'recovery-codes'; handle: string; codes: string[]; location: string } & Entrance)
  | ({ show: 'nothing'; location: string } & Partial<Entrance>)

export async function visitSignIn(world: World, who: PageRequest, ask: SignInVisit): Promise<SignInPage> {
  const { interaction, next } = ask
  const returnTo: ReturnTo = { ...(interaction !== undefined && { interaction }), ...(next !== undefined && { next }) }
  if (interaction === undefined) {
    if (who.session && !ask.anew) return { show: 'nothing', location: homeOf(who.session.user, returnTo) }
    return {
      show: 'sign-in',
      returnTo,
      to: NOWHERE,
      ...(who.session && { remark: 'other' }),
      ...(who.sessionEnded && { remark: 'ended' }),
      ...(ask.signedOut && { remark: 'signed-out' }),
    }
  }
  if (ask.here) {
    const { sealed } = askAgainHere(world, who, interaction)
    return { show: 'nothing', location: `/login${queryOf({ interaction: sealed })}` }
  }
  const open = openInteraction(world, who, interaction)
  if (open.keyId !== undefined) {
    // A person who comes back to this page wants to sign in or to present another key.
    const sealed = sealWithKey(world, open, undefined)
    return { show: 'nothing', location: `/login${queryOf({ interaction: sealed })}${ask.anew ? '&switch=yes' : ''}` }
  }
  const { request, askedAt } = open
  const client = await clientOf(world, request.clientId)
  const to = await destinationOf(world, appName(who, client), request)
  const { loginHint } = request.signIn
  const form = { show: 'sign-in', returnTo, to, ...(loginHint !== undefined && { name: loginHint }) } as const
  if (!who.session || ask.anew)
    return { ...form, ...(who.sessionEnded && { remark: 'ended' }), ...(who.session && { remark: 'other' }) }
  const shown = { ...request.signIn, silent: false }
  const step = await nextStep(world, who.session, client, { request: { ...request, signIn: shown }, askedAt })
  return step.is !== 'sign-in'
    ? { show: 'nothing', location: homeOf(who.session.user, returnTo) }
    : { ...form, remark: request.subject === undefined ? 'again' : 'other' }
}

export async function enterPassword(world: World, who: PageRequest, ask: SignInForm): Promise<SignInPage> {
  const { name, password, ...returnTo } = ask
  const to = await destination(world, who, returnTo)
  try {
    const outcome = await signIn(world, who, { name, password })
    if (outcome.is === 'second-factor-required')
      return { show: 'second-factor', returnTo, to, pending: outcome.pending }
    if (outcome.is === 'second-factor-missing') {
      const { pending } = outcome
      const begun = await prepareMissingFactor(world, who, { pending, secret: 'new' })
      return { show: 'set-up-factor', returnTo, pending, begun }
    }
    const { user, session, device } = outcome
    return { show: 'nothing', location: homeOf(user, returnTo), session, device }
  } catch (error) {
    return { show: 'sign-in', returnTo, to, problem: formError(error), name }
  }
}

/** Accepts a key instead of a sign-in and goes on to the consent page, without a session. */
export async function enterKey(world: World, who: PageRequest, { interaction, key }: KeyForm): Promise<SignInPage> {
  const to = await destination(world, who, { interaction })
  try {
    const presented = await presentKey(world, who, { interaction, key })
    return { show: 'nothing', location: `/consent?interaction=${presented.interaction}` }
  } catch (error) {
    return { show: 'sign-in', returnTo: { interaction }, to, problem: keyError(error), with: 'key' }
  }
}

export async function enterCode(world: World, who: PageRequest, ask: CodeForm): Promise<SignInPage> {
  const { pending, code, ...returnTo } = ask
  const to = await destination(world, who, returnTo)
  try {
    const { user, by, session, device } = await proveSecondFactor(world, who, { pending, code })
    const location = by === 'recovery-code' ? afterRecovery(user, returnTo) : homeOf(user, returnTo)
    return { show: 'nothing', location, session, device }
  } catch (error) {
    return { show: 'second-factor', returnTo, to, pending, problem: formError(error) }
  }
}

/** Verifies the first code of staff who must set up a second factor. The next page shows their recovery codes. */
export async function enterFirstCode(world: World, who: PageRequest, ask: CodeForm): Promise<SignInPage> {
  const { pending, code, ...returnTo } = ask
  const begun = await prepareMissingFactor(world, who, { pending, secret: 'waiting' })
  try {
    const { user, codes, session, device } = await addMissingFactor(world, who, { pending, code })
    return { show: 'recovery-codes', handle: user.handle, codes, location: homeOf(user, returnTo), session, device }
  } catch (error) {
    return { show: 'set-up-factor', returnTo, pending, begun, problem: formError(error) }
  }
}

/** Faults that the person can correct on the same page. */
const keyError = formErrorAmong(...(Object.keys(REASON_NAMES) as Reason[]))
export const formError = formErrorAmong('user-disabled', 'one-time-code-wrong', 'second-factor-not-set-up')

const NOWHERE: Destination = {}
async function destinationOf(world: World, app: string, request: AuthorizationRequest): Promise<Destination> {
  const { way } = request
  const api = await keyConsentApi(world, request)
  return { app, host: shownWay(way).host(way), ...(api && { takesKeysOf: shownName(api.name) }) }
}

export async function destination(world: World, who: PageRequest, returnTo: ReturnTo): Promise<Destination> {
  if (returnTo.interaction === undefined) return NOWHERE
  const { request } = openInteraction(world, who, returnTo.interaction)
  return destinationOf(world, appName(who, await clientOf(world, request.clientId)), request)
}

/** After a sign-in with a recovery code, redirects to the page for replacing the device, unless another page waits. */
const afterRecovery = (user: User, returnTo: ReturnTo): string =>
  returnTo.interaction === undefined && (returnTo.next ?? '/account').startsWith('/account')
    ? '/account/second-factor?done=recovered'
    : homeOf(user, returnTo)

/** The target after sign-in: the pending request, the requested page, or the start page of the user's role. */
export function homeOf(user: User, { interaction, next }: ReturnTo): string {
  if (interaction !== undefined) return `/consent?interaction=${encodeURIComponent(interaction)}`
  return next ?? (isStaff(user.role) ? '/console' : '/account')
}
