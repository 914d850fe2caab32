import { jwtLookup } from '../../crypto/credential-format.ts'
import { type ClaimsOf, isTooEarly } from '../../model/credentials/jwt-claims.ts'
import type { World } from '../world.ts'
import type { Finder } from './finder.ts'
import { type ReadJwtNeeds, readJwt } from './read-jwt.ts'
import { type StatedNeeds, statedBy, statedFacts } from './stated-facts.ts'

const KIND_OF = [
  ['at+jwt', 'access-token'],
  ['JWT', 'user-token'],
] as const

/**
 * Finds a JWT signed by this server. After its signature is verified, the JWT is a token without a row, or its row is found by
 * its id.
 */
export const findSigned = (needs: Needs): Finder => ({
  // All our JWT headers begin with `{"`, which is `eyJ` in base64url.
  fits: presented => presented.startsWith('eyJ'),

  async find(presented) {
    for (const [type, kind] of KIND_OF) {
      const claims = await readJwt(needs, presented, type)
      if (!claims) continue
      if (isTooEarly(claims, needs.now())) return 'credential-unknown'
      const stated = type === 'at+jwt' ? statedBy(claims as ClaimsOf<'at+jwt'>) : undefined
      if (stated) return statedFacts(needs, stated, presented)
      const facts = await needs.lookups.facts(needs.vault.fingerprint(jwtLookup(claims.jti)))
      if (facts?.credential.kind !== kind) return 'credential-unknown'
      const expiresAt = claims.exp * 1000
      // The JWT may expire before its row.
      return expiresAt <= needs.now() ? { ...facts, credential: { ...facts.credential, expiresAt } } : facts
    }
    return undefined
  },
})

type Needs = ReadJwtNeeds &
  StatedNeeds & {
    lookups: Pick<World['lookups'], 'facts'>
    vault: Pick<World['vault'], 'fingerprint'>
  }
