import { OPENID_SCOPES } from '../../../model/clients/openid.ts'
import type { Credential } from '../../../model/credentials/credential.ts'
import { intersect, type Scope } from '../../../model/scopes/scope.ts'
import { effectiveScopes, isManagementScope, type User } from '../../../model/users/user.ts'
import type { World } from '../../world.ts'
import type { Interaction } from '../authorize/interaction.ts'
import { isStopped } from '../grants/key-limits.ts'
import { keyConsentApi } from './key-consent-api.ts'

/**
 * Returns the key that was presented for a waiting request, its owner, and the scopes that both may grant now.
 * `undefined` if there is no key, if the key or its owner is no longer valid, or if the key may grant none of the
 * scopes. The person must then sign in or present another key.
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
 * Drops scopes of OpenID Connect and of management, even if the key has them, because a key is no sign-in and does not
 * manage this server.
 */
function grantable(asked: readonly Scope[], key: Credential, user: User): Scope[] {
  const fit = asked.filter(scope => !OPENID_SCOPES.includes(scope) && !isManagementScope(scope))
  return intersect(fit, effectiveScopes(key.scopes, user, fit))
}

export type KeyStep = { key: Credential; user: User; scopes: Scope[] }
type Needs = Pick<World, 'credentials' | 'users' | 'now'> & { lookups: Pick<World['lookups'], 'resource'> }
