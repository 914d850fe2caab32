import { accessTokenHash } from '../../crypto/token-hash.ts'
import type { Client } from '../../model/clients/client.ts'
import { acrOf, amrOf } from '../../model/clients/openid.ts'
import type { Grant } from '../../model/credentials/credential.ts'
import { ID_TOKEN_ALGORITHM, type SigningAlgorithm } from '../../model/credentials/signing-algorithm.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import { SECOND } from '../../model/span.ts'
import type { User } from '../../model/users/user.ts'
import type { SigningKeyNeeds } from '../services/signing-keys/add-signing-key.ts'
import { provideSigningKey } from '../services/signing-keys/provide-signing-key.ts'
import type { World } from '../world.ts'
import { sessionIdFor } from './session-id.ts'
import { subjectFor } from './subject.ts'
import { claimsFor } from './user-claims.ts'

/** The algorithm of the id tokens and logout tokens for this client. */
export const idTokenAlgorithm = ({ metadata }: Pick<Client, 'metadata'>): SigningAlgorithm =>
  metadata.idTokenSignedResponseAlg ?? ID_TOKEN_ALGORITHM

/**
 * Makes the id token of an answer (OpenID Connect Core sections 2 and 3.1.3.6); `undefined` if the request was not one
 * of OpenID Connect. An id token has no `typ` (`headerTypeOf`).
 */
export async function makeIdToken(needs: IdTokenNeeds, ask: IdTokenAsk): Promise<string | undefined> {
  const { client, user, grant, scopes, accessToken, nonce } = ask
  if (!needs.rules.openid || !user || !grant?.openid || !scopes.includes('openid')) return undefined
  const { authentication, acr = acrOf(authentication) } = grant.openid
  const algorithm = idTokenAlgorithm(client)
  const now = needs.now()
  const claims = {
    iss: needs.rules.issuer,
    sub: subjectFor(needs, client, user),
    aud: client.id,
    iat: Math.floor(now / SECOND),
    exp: Math.floor(now / SECOND) + needs.rules.idTokenSeconds,
    auth_time: Math.floor(authentication.at / SECOND),
    ...(nonce !== undefined && { nonce }),
    acr,
    amr: amrOf(authentication),
    at_hash: accessTokenHash(accessToken, algorithm),
    ...claimsFor(user, [], grant.openid.claims?.idToken),
    ...(grant.sessionId !== undefined && { sid: sessionIdFor(needs, grant.sessionId, client) }),
  }
  await provideSigningKey(needs, algorithm)
  return needs.signer.sign('id-token', claims, algorithm)
}

type IdTokenAsk = {
  client: Client
  user: User | undefined
  grant: Pick<Grant, 'openid' | 'sessionId'> | undefined
  /** The scopes of the access token. */
  scopes: readonly Scope[]
  accessToken: string
  nonce?: string | undefined
}
export type IdTokenNeeds = SigningKeyNeeds & Pick<World, 'rules'>
