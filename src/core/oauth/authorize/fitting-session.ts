import type { Client } from '../../../model/clients/client.ts'
import { acrOf } from '../../../model/clients/openid.ts'
import { isRecent } from '../../../model/credentials/age.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { SECOND } from '../../../model/span.ts'
import type { Session } from '../../../model/users/session.ts'
import { canonicalName } from '../../../model/users/user.ts'
import { subjectFor } from '../../openid/subject.ts'
import type { World } from '../../world.ts'
import { metBy } from './met-by.ts'
import type { AccessRequest } from './request.ts'

/**
 * Returns the session if its sign-in meets the request (OpenID Connect Core section 3.1.2.3); `undefined` if the person
 * must sign in. Refuses if a page is needed but forbidden, or if another sign-in would not help.
 */
export function fittingSession(
  needs: Needs,
  session: Session | undefined,
  client: Client,
  { request, askedAt }: { request: AccessRequest; askedAt: number },
): Session | undefined {
  const { silent, loginHint } = request.signIn
  const fits = session && !isTooOld(session, { request, askedAt }, needs.now())
  if (fits && isWhom(needs, session, client, request)) {
    if (silent && loginHint !== undefined && !isNamed(session, loginHint))
      throw new Refusal('account-selection-required', `${session.user.handle} is signed in`)
    if (meets(session, request)) return session
    if (silent) throw new Refusal('interaction-required')
    return undefined
  }
  // Another person signed in for this request, so the next sign-in would probably have the same result.
  if (fits && session.authentication.at >= askedAt)
    throw new Refusal('login-required', `${session.user.handle} is not whom the request names`)
  if (silent) throw new Refusal('login-required')
  return undefined
}

/**
 * Compares the sign-in with the time of the request, so that time spent on a page does not make the sign-in too old.
 */
function isTooOld(
  { authentication }: Session,
  { request, askedAt }: { request: AccessRequest; askedAt: number },
  now: number,
): boolean {
  const { anew, maxAge } = request.signIn
  const age = anew ? 0 : maxAge
  return age !== undefined && !isRecent(authentication.at, now, now - askedAt + age * SECOND)
}

const isWhom = (needs: Needs, { user }: Session, client: Client, { subject }: AccessRequest): boolean =>
  subject === undefined || subjectFor(needs, client, user) === subject

const isNamed = ({ user: { handle, email } }: Session, name: string): boolean =>
  [handle, email].some(one => one !== undefined && canonicalName(one) === canonicalName(name))

/**
 * False if the person has a second factor but did not use it. If the person has no second factor, refuses a required
 * class and ignores a wish.
 */
function meets({ user, authentication }: Session, { context }: AccessRequest): boolean {
  if (!context) return true
  const reached = acrOf(authentication)
  const [preferred] = context.values
  if (preferred !== undefined && metBy([preferred], reached)) return true
  if (user.secondFactor) return false
  if (metBy(context.values, reached)) return true
  if (context.essential) throw new Refusal('acr-unmet', `${user.handle} has no second factor`)
  return true
}

type Needs = Pick<World, 'vault' | 'now'>
