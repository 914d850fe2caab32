import { nearest } from '../../model/nearest.ts'
import { OPENID_SCOPES } from '../../model/openid.ts'
import { PERMISSIONS } from '../../model/permissions.ts'
import { Refusal } from '../../model/refusal.ts'
import { covers, isScope, type Scope } from '../../model/scope.ts'
import { ROLES } from '../../model/user.ts'
import type { World } from '../world.ts'

/* Decides which scopes exist. A scope that no API declares has no effect and is usually misspelt. */

/** The scopes of this server itself, and those of OpenID Connect. */
const OWN: readonly Scope[] = [
  ...Object.values(ROLES).flat(),
  ...Object.values(PERMISSIONS).flatMap(({ needs }) => needs),
  ...OPENID_SCOPES,
]

/**
 * Refuses scopes that are not declared, before they are stored. Every valid scope passes with `CLAVIGER_SCOPES=free`, or while
 * no API declares any. A scope that covers a declared one passes too: `read` if there is `read:accounts`.
 */
export async function checkDeclared(needs: ScopeNeeds, scopes: readonly Scope[], parameter = 'scopes'): Promise<void> {
  const strange = scopes.find(scope => !isScope(scope))
  if (strange !== undefined) throw new Refusal('scope-unknown', `not a scope: ${strange}`, { parameter })
  if (scopes.length === 0 || needs.rules.scopes === 'free') return
  const [apis, texts] = await Promise.all([needs.resources.list(), needs.scopes.list()])
  const declared = apis.flatMap(api => api.scopes)
  if (declared.length === 0) return
  const known = [...new Set([...declared, ...texts.map(({ scope }) => scope), ...needs.rules.knownScopes, ...OWN])]
  const unknown = scopes.find(scope => !known.some(one => covers([scope], one)))
  if (unknown === undefined) return
  const meant = nearest(unknown, known)
  throw new Refusal('scope-unknown', `no API declares ${unknown}`, {
    parameter,
    sentence: `No API here has the scope "${unknown}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
  })
}

export type ScopeNeeds = Pick<World, 'resources' | 'scopes'> & { rules: Pick<World['rules'], 'scopes' | 'knownScopes'> }
