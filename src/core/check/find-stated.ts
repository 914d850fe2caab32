import { hasStatementShape } from '../../crypto/statement.ts'
import type { World } from '../world.ts'
import type { Finder } from './finder.ts'
import { type StatedNeeds, statedFacts } from './stated-facts.ts'

/** Finds an opaque access token without a row: opens the record in it, and adds the current grant and client. */
export const findStated = (needs: Needs): Finder => ({
  fits: hasStatementShape,
  async find(presented) {
    const opened = await needs.statements.open(presented)
    return opened.is === 'sealed' ? statedFacts(needs, opened.statement, presented) : 'credential-unknown'
  },
})

type Needs = StatedNeeds & { statements: Pick<World['statements'], 'open'> }
