import { type ClaimRequests, type ClaimsRequest, OPENID_SCOPES } from '../../model/clients/openid.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import { SECOND } from '../../model/span.ts'
import { CLAIM_NAMES, type ClaimName, STANDARD_CLAIMS } from '../../model/users/standard-claims.ts'
import type { User } from '../../model/users/user.ts'

/* The claims about a person (OpenID Connect Core section 5): only claims that have a value and were requested. */

/** Selects claims by scopes (section 5.4) and by individual names (section 5.5). Ignores unknown names. */
export function claimsFor(user: User, scopes: readonly Scope[], asked: ClaimRequests = {}): Record<string, unknown> {
  const all = claimsOf(user)
  const wanted = CLAIM_NAMES.filter(name => scopes.includes(STANDARD_CLAIMS[name].scope) || Object.hasOwn(asked, name))
  return Object.fromEntries(wanted.flatMap(name => (all[name] === undefined ? [] : [[name, all[name]]])))
}

function claimsOf(user: User): Partial<Record<ClaimName, unknown>> {
  const { claims = {}, handle, firstName, lastName, email, createdAt } = user
  const name = [firstName, lastName].filter(Boolean).join(' ')
  return {
    ...(name && { name }),
    ...claims,
    given_name: firstName,
    family_name: lastName,
    preferred_username: handle,
    updated_at: claims.updated_at ?? Math.floor(createdAt / SECOND),
    email,
    // An address counts as verified only if staff verified exactly this address.
    email_verified: email === undefined ? undefined : (claims.email_verified ?? false),
    phone_number_verified: claims.phone_number === undefined ? undefined : (claims.phone_number_verified ?? false),
  }
}

/** The scopes whose sentences also describe these individually requested claims to a person. */
export function scopesOfClaims({ userinfo = {}, idToken = {} }: ClaimsRequest = {}): Scope[] {
  const names = CLAIM_NAMES.filter(name => Object.hasOwn(userinfo, name) || Object.hasOwn(idToken, name))
  return OPENID_SCOPES.filter(scope => names.some(name => STANDARD_CLAIMS[name].scope === scope))
}
