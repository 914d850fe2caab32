import { isRecent } from '../../../model/age.ts'
import type { Client } from '../../../model/client.ts'
import { type Grant, hasEnded } from '../../../model/credential.ts'
import { Refusal } from '../../../model/refusal.ts'
import { coversAll, type Scope } from '../../../model/scope.ts'
import type { Session } from '../../../model/session.ts'
import { SECOND } from '../../../model/span.ts'
import { effectiveScopes } from '../../../model/user.ts'
import type { World } from '../../world.ts'
import type { AccessRequest } from './request.ts'

/** Returns the next question for the person, or the contents of the answer. */
export async function nextStep(
  needs: Needs,
  session: Session | undefined,
  client: Client,
  { request, askedAt }: Asked,
): Promise<Step> {
  const { silent } = request.signIn
  if (!session || isTooOld(session, { request, askedAt }, needs.now())) {
    if (silent) throw new Refusal('login-required')
    return { is: 'sign-in' }
  }
  // A person can grant only their own rights, even if the application requests more.
  const scopes = effectiveScopes(request.scopes, session.user)
  if (scopes.length === 0 && request.scopes.length > 0)
    throw new Refusal('scope-too-wide', `${session.user.handle} may not grant any of ${request.scopes.join(' ')}`, {
      sentence: 'The user may not grant any of the requested scopes.',
    })
  if (await isRemembered(needs, session, client, { ...request, scopes })) return { is: 'settled', session, scopes }
  if (silent) throw new Refusal('consent-required')
  return { is: 'consent', session, scopes }
}

/** Measured from the time of the request, so that time spent on a page does not make the sign-in too old. */
function isTooOld({ authentication }: Session, { request, askedAt }: Asked, now: number): boolean {
  const { anew, maxAge } = request.signIn
  const age = anew ? 0 : maxAge
  return age !== undefined && !isRecent(authentication.at, now, now - askedAt + age * SECOND)
}

/**
 * True if an earlier grant makes consent unnecessary. Only for clients that authenticate, because any program can send a request in
 * the name of a public one (RFC 8252 section 8.6).
 */
async function isRemembered(
  needs: Needs,
  session: Session,
  client: Client,
  { askAgain, resources, scopes }: Pick<AccessRequest, 'askAgain' | 'resources' | 'scopes'>,
): Promise<boolean> {
  if (askAgain || client.policy.consent !== 'remember' || client.type !== 'confidential') return false
  const now = needs.now()
  const grants = await needs.grants.ofUser(session.user.id)
  return grants.some(
    grant =>
      isGrantTo(client, grant) &&
      !hasEnded(grant.expiresAt, now) &&
      coversAll(grant.scopes, scopes) &&
      reaches(grant.audience, resources),
  )
}

/** A grant to this client as it is now: before its name, addresses or keys changed people allowed something else. */
export const isGrantTo = (client: Client, grant: Grant): boolean =>
  grant.clientId === client.id && grant.createdAt > (client.identityChangedAt ?? 0)

/**
 * True if the grant covers the requested audiences. A grant without audiences covers only a request without audiences.
 */
const reaches = (granted: readonly string[], asked: readonly string[]): boolean =>
  asked.length === 0 ? granted.length === 0 : asked.every(audience => granted.includes(audience))

type Asked = { request: AccessRequest; askedAt: number }
export type Step = { is: 'sign-in' } | { is: 'consent' | 'settled'; session: Session; scopes: Scope[] }
type Needs = Pick<World, 'grants' | 'now'>
