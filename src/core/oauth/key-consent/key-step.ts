import type { Credential } from '../../../model/credential.ts'
import { OPENID_SCOPES } from '../../../model/openid.ts'
import { intersect, type Scope } from '../../../model/scope.ts'
import { effectiveScopes, isManagementScope, type User } from '../../../model/user.ts'
import type { World } from '../../world.ts'
import type { Interaction } from '../authorize/interaction.ts'
import { isStopped } from '../grants/key-limits.ts'
import { keyConsentApi } from './key-consent-api.ts'

/**
 * The key behind a waiting request, its owner, and the scopes that both may grant now. Undefined if no key was presented, if the
 * key or its owner ended meanwhile, or if it may grant nothing of what is asked: a person has to sign in or to present
 * another key.
 */
export async function keyStep(needs: Needs, { keyId, request }: Pick<Interaction, 'keyId' | 'request'>) {
  if (keyId === undefined) return undefined
  const [key, api] = await Promise.all([needs.credentials.byId(keyId), keyConsentApi(needs, request)])
  const user = key?.userId === undefined ? undefined : await needs.users.byId(key.userId)
  if (!key || !api || !user?.active || isStopped(key, needs.now())) return undefined
  const scopes = grantable(request.scopes, key, user)
  if (scopes.length === 0 && request.scopes.length > 0) return undefined
  return { key, user, scopes } satisfies KeyStep
}

/**
 * A key is no sign-in and does not manage this server: scopes of OpenID Connect and of management are left out, also where
 * the key has them.
 */
function grantable(asked: readonly Scope[], key: Credential, user: User): Scope[] {
  const fit = asked.filter(scope => !OPENID_SCOPES.includes(scope) && !isManagementScope(scope))
  return intersect(fit, effectiveScopes(key.scopes, user, fit))
}

export type KeyStep = { key: Credential; user: User; scopes: Scope[] }
type Needs = Pick<World, 'credentials' | 'users' | 'now'> & { lookups: Pick<World['lookups'], 'resource'> }
