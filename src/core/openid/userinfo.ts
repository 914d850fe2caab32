import type { Principal } from '../../model/credentials/verdict.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { SigningKeyNeeds } from '../services/signing-keys/add-signing-key.ts'
import { provideSigningKey } from '../services/signing-keys/provide-signing-key.ts'
import type { World } from '../world.ts'
import { subjectFor } from './subject.ts'
import { claimsFor } from './user-claims.ts'

/**
 * Returns what an application may know about the person who signed in to it (OpenID Connect Core section 5.3). Requires
 * an access token of a grant with the scope `openid` and without an audience. The answer is a JWT if the client
 * registered an algorithm for it.
 */
export async function userinfo(needs: Needs, principal: Principal): Promise<UserInfo> {
  const { grantId, audience, scopes } = principal
  if (audience.length > 0) throw new Refusal('audience-wrong', `the token is for ${audience.join(' ')}`)
  // Of all kinds that pass the check, only access tokens belong to a grant.
  const facts = grantId === undefined ? undefined : await needs.lookups.ofGrant(grantId)
  if (!facts?.grant || !facts.user || !facts.client || !scopes.includes('openid'))
    throw new Refusal('scope-insufficient', 'no token of OpenID Connect', { scopes: ['openid'] })
  const { grant, user, client } = facts
  const claims = { sub: subjectFor(needs, client, user), ...claimsFor(user, scopes, grant.openid?.claims?.userinfo) }
  const algorithm = client.metadata.userinfoSignedResponseAlg
  if (algorithm === undefined) return { is: 'plain', claims }
  await provideSigningKey(needs, algorithm)
  const jwt = needs.signer.sign('userinfo', { iss: needs.rules.issuer, aud: client.id, ...claims }, algorithm)
  return { is: 'signed', jwt }
}

export type UserInfo = { is: 'plain'; claims: object } | { is: 'signed'; jwt: string }
type Needs = SigningKeyNeeds & Pick<World, 'lookups' | 'rules'>
