import type { World } from '../world.ts'
import { type ReadJwtNeeds, readJwt } from './read-jwt.ts'
import { type Stated, statedBy } from './stated-facts.ts'

/** Returns the claims of an access token without a row; undefined for any other text. */
export async function readStated(needs: Needs, presented: string): Promise<Stated | undefined> {
  const opened = await needs.statements.open(presented)
  if (opened.is === 'sealed') return opened.statement
  const claims = opened.is === 'foreign' ? await readJwt(needs, presented, 'at+jwt') : undefined
  return claims && statedBy(claims)
}

type Needs = ReadJwtNeeds & { statements: Pick<World['statements'], 'open'> }
