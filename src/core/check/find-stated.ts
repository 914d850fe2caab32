import { hasStatementShape } from '../../crypto/statement.ts'
import type { World } from '../world.ts'
import type { Finder } from './finder.ts'
import { type StatedNeeds, statedFacts } from './stated-facts.ts'

/** An access token that carries its own record: opened here, and joined with what is known of its grant and client. */
export const findStated = (needs: Needs): Finder => ({
  fits: hasStatementShape,
  async find(presented) {
    const opened = await needs.statements.open(presented)
    return opened.is === 'sealed' ? statedFacts(needs, opened.statement, presented) : 'credential-unknown'
  },
})

type Needs = StatedNeeds & { statements: Pick<World['statements'], 'open'> }
