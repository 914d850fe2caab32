import type { Client } from '../../../model/clients/client.ts'
import { type Grant, hasEnded } from '../../../model/credentials/credential.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { coversAll, type Scope } from '../../../model/scopes/scope.ts'
import type { Session } from '../../../model/users/session.ts'
import { effectiveScopes } from '../../../model/users/user.ts'
import { scopesOfClaims } from '../../openid/user-claims.ts'
import type { World } from '../../world.ts'
import { fittingSession } from './fitting-session.ts'
import type { AccessRequest } from './request.ts'

/** Returns the next question for the person, or the contents of the answer. */
export async function nextStep(
  needs: Needs,
  current: Session | undefined,
  client: Client,
  { request, askedAt }: Asked,
): Promise<Step> {
  const session = fittingSession(needs, current, client, { request, askedAt })
  if (!session) return { is: 'sign-in' }
  // A person can grant only their own rights, even if the application requests more.
  const scopes = effectiveScopes(request.scopes, session.user)
  if (scopes.length === 0 && request.scopes.length > 0)
    throw new Refusal('scope-too-wide', `${session.user.handle} may not grant any of ${request.scopes.join(' ')}`, {
      sentence: 'The user may not grant any of the requested scopes.',
    })
  if (await isRemembered(needs, session, client, { ...request, scopes })) return { is: 'settled', session, scopes }
  if (request.signIn.silent) throw new Refusal('consent-required')
  return { is: 'consent', session, scopes }
}

/**
 * True if an earlier grant makes consent unnecessary. Only for clients that authenticate, because any program can send a request in
 * the name of a public one (RFC 8252 section 8.6).
 */
async function isRemembered(
  needs: Needs,
  session: Session,
  client: Client,
  { askAgain, resources, scopes, claims }: AccessRequest,
): Promise<boolean> {
  if (askAgain || client.policy.consent !== 'remember' || client.type !== 'confidential') return false
  const now = needs.now()
  const grants = await needs.grants.ofUser(session.user.id)
  return grants.some(
    grant =>
      isGrantTo(client, grant) &&
      !hasEnded(grant.expiresAt, now) &&
      coversAll([...grant.scopes, ...scopesOfClaims(grant.openid?.claims)], [...scopes, ...scopesOfClaims(claims)]) &&
      reaches(grant.audience, resources),
  )
}

/**
 * True if the grant is newer than the latest change of the client's name, addresses or keys. Before that change, people
 * allowed another application. False for a grant that was made with a key.
 */
export const isGrantTo = (client: Client, grant: Grant): boolean =>
  grant.parentId === undefined && grant.clientId === client.id && grant.createdAt > (client.identityChangedAt ?? 0)

/**
 * True if the grant covers the requested audiences. A grant without audiences covers only a request without audiences.
 */
const reaches = (granted: readonly string[], asked: readonly string[]): boolean =>
  asked.length === 0 ? granted.length === 0 : asked.every(audience => granted.includes(audience))

type Asked = { request: AccessRequest; askedAt: number }
export type Step = { is: 'sign-in' } | { is: 'consent' | 'settled'; session: Session; scopes: Scope[] }
type Needs = Pick<World, 'grants' | 'vault' | 'now'>
