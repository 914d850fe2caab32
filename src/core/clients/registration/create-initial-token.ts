import type { GrantTypeName } from '../../../model/clients/client.ts'
import type { Credential } from '../../../model/credentials/credential.ts'
import { aboutCredential, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import type { Act } from '../../../model/users/actor.ts'
import { isManagementScope } from '../../../model/users/user.ts'
import { checkHandOut, requirePermission } from '../../authority.ts'
import { checkEnd } from '../../credentials/credential-rules.ts'
import { makeCredential, type NewCredential } from '../../credentials/issue/make-credential.ts'
import { checkDeclared, type ScopeNeeds } from '../../resources/scope-rules.ts'
import type { World } from '../../world.ts'
import { checkName } from '../name-rules.ts'

/** Makes an initial access token, with which clients register themselves (RFC 7591 section 3). The secret is shown once. */
export async function createInitialToken(
  needs: Needs,
  act: Act,
  ask: CreateInitialToken,
): Promise<NewCredential<'initial-access-token'>> {
  requirePermission(act.by, 'createRegistrationToken')
  const now = needs.now()
  if (ask.name !== undefined) checkName(ask.name)
  checkEnd(ask.expiresAt, now)
  checkScopes(act, ask)
  await checkDeclared(needs, ask.scopes ?? [], 'scope')
  const made = makeCredential(needs, 'initial-access-token', {
    createdAt: now,
    expiresAt: ask.expiresAt,
    ...(ask.name !== undefined && { name: ask.name }),
    ...(ask.scopes && { scopes: [...new Set(ask.scopes)] }),
    data: { grantTypes: ask.grantTypes, ...(ask.uses !== undefined && { usesLeft: ask.uses }) },
  })
  const when = { at: now, detail: { kind: made.credential.kind } }
  await needs.credentials.issue([made.credential], entry(act, 'issued', aboutCredential(made.credential), when))
  return made
}

/**
 * The maker of the token must hold its scopes, and must name them for `client_credentials`: such clients ask no other
 * person for consent.
 */
function checkScopes({ by }: Act, { scopes, grantTypes }: CreateInitialToken): void {
  const reserved = (scopes ?? []).filter(isManagementScope)
  if (reserved.length > 0)
    throw new Refusal('scope-too-wide', `reserved: ${reserved.join(' ')}`, {
      parameter: 'scope',
      sentence: `The scope "${reserved.join(' ')}" manages this server: no client can register itself for it.`,
    })
  if (scopes) checkHandOut(by, scopes)
  else if (grantTypes.includes('client_credentials'))
    throw new Refusal('parameter-missing', 'client_credentials without scopes', {
      parameter: 'scope',
      sentence: 'Name the scopes that clients with the grant client_credentials may have.',
    })
}

export type CreateInitialToken = {
  name?: string
  /** The number of clients that may register with the token; absent: any number. */
  uses?: number
  expiresAt: number
  /**
   * The scopes that its clients may have at most. Absent: every scope that is not reserved for administrators, if users
   * consent.
   */
  scopes?: Scope[]
  /** Grant types that its clients may have in addition to those of every client. */
  grantTypes: GrantTypeName[]
}
export type InitialToken = Credential<'initial-access-token'>
type Needs = ScopeNeeds & Pick<World, 'credentials' | 'vault' | 'now'>
