import type { ClaimsOf, JwtType } from '../../model/jwt-claims.ts'
import type { World } from '../world.ts'

/**
 * Claims of a JWT that this server signed (RFC 9068 section 4); its time is for the caller. A copy of the database under
 * another address is another issuer.
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
