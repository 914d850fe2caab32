import { OPENID_SCOPES } from '../../model/clients/openid.ts'
import { nearest } from '../../model/refusals/nearest.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { checkScopes } from '../../model/scopes/check-scopes.ts'
import { covers, isScope, type Scope } from '../../model/scopes/scope.ts'
import { PERMISSIONS } from '../../model/users/permissions.ts'
import { ROLES } from '../../model/users/user.ts'
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
  checkScopes(scopes, parameter)
  const known = scopes.length === 0 ? undefined : await knownScopes(needs)
  const unknown = known && scopes.find(scope => !isKnown(known, scope))
  if (known === undefined || unknown === undefined) return
  const meant = nearest(unknown, known)
  throw new Refusal('scope-unknown', `no API declares ${unknown}`, {
    parameter,
    sentence: `No API here has the scope "${unknown}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
  })
}

/** Those of the scopes that pass the rules above. */
export async function declaredAmong(needs: ScopeNeeds, scopes: readonly Scope[]): Promise<Scope[]> {
  const known = scopes.length === 0 ? undefined : await knownScopes(needs)
  return scopes.filter(scope => isScope(scope) && (known === undefined || isKnown(known, scope)))
}

const isKnown = (known: readonly Scope[], scope: Scope): boolean => known.some(one => covers([scope], one))

/** `undefined`: every valid scope passes. */
async function knownScopes({ rules, resources, scopes }: ScopeNeeds): Promise<Scope[] | undefined> {
  if (rules.scopes === 'free') return undefined
  const [apis, texts] = await Promise.all([resources.list(), scopes.list()])
  const declared = apis.flatMap(api => api.scopes)
  if (declared.length === 0) return undefined
  return [...new Set([...declared, ...texts.map(({ scope }) => scope), ...rules.knownScopes, ...OWN])]
}

export type ScopeNeeds = Pick<World, 'resources' | 'scopes'> & { rules: Pick<World['rules'], 'scopes' | 'knownScopes'> }
