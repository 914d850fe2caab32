import type { ClaimsOf, JwtType } from '../../model/credentials/jwt-claims.ts'
import type { World } from '../world.ts'

/**
 * Returns the claims of a JWT signed by this server (RFC 9068 section 4). Does not check its time. Refuses a JWT of
 * another issuer, also one that this server signed before its issuer was changed.
 */
export async function readJwt<T extends JwtType>(
  { signer, rules }: Needs,
  token: string,
  type: T,
): Promise<ClaimsOf<T> | undefined> {
  if (token.split('.', 4).length !== 3) return undefined
  const claims = await signer.verify(token, type)
  return claims?.iss === rules.issuer ? claims : undefined
}

export type ReadJwtNeeds = { signer: Pick<World['signer'], 'verify'>; rules: Pick<World['rules'], 'issuer'> }
type Needs = ReadJwtNeeds
