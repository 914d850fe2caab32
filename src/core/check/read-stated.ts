import type { World } from '../world.ts'
import { type ReadJwtNeeds, readJwt } from './read-jwt.ts'
import { type Stated, statedBy } from './stated-facts.ts'

/** What an access token says that has no row; `undefined` for all else. */
export async function readStated(needs: Needs, presented: string): Promise<Stated | undefined> {
  const opened = await needs.statements.open(presented)
  if (opened.is === 'sealed') return opened.statement
  const claims = opened.is === 'foreign' ? await readJwt(needs, presented, 'at+jwt') : undefined
  return claims && statedBy(claims)
}

type Needs = ReadJwtNeeds & { statements: Pick<World['statements'], 'open'> }
