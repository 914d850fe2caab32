import { type ClaimRequests, type ClaimsRequest, OPENID_SCOPES } from '../../model/openid.ts'
import type { Scope } from '../../model/scope.ts'
import { SECOND } from '../../model/span.ts'
import { CLAIM_NAMES, type ClaimName, STANDARD_CLAIMS } from '../../model/standard-claims.ts'
import type { User } from '../../model/user.ts'

/* What is said of a person (OpenID Connect Core section 5): only what is set, and only what was asked for. */

/** By scopes (section 5.4) and by single names (section 5.5); others of the names are ignored. */
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
    // An address counts as verified only where staff said so of this very address.
    email_verified: email === undefined ? undefined : (claims.email_verified ?? false),
    phone_number_verified: claims.phone_number === undefined ? undefined : (claims.phone_number_verified ?? false),
  }
}

/** The scopes whose sentences tell a person what single claims reveal. */
export function scopesOfClaims({ userinfo = {}, idToken = {} }: ClaimsRequest = {}): Scope[] {
  const names = CLAIM_NAMES.filter(name => Object.hasOwn(userinfo, name) || Object.hasOwn(idToken, name))
  return OPENID_SCOPES.filter(scope => names.some(name => STANDARD_CLAIMS[name].scope === scope))
}
