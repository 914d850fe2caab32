import { entry } from '../../model/journal.ts'
import type { Act } from '../../model/users/actor.ts'
import { requireOperator } from '../authority.ts'
import type { World } from '../world.ts'
import { STATEMENTS_SETTING } from './statement-keys.ts'

/**
 * The operator confirms that no process of an older version uses this database. Access tokens then carry their own
 * record. An older process would refuse such tokens as malformed, and would answer 200 to a revocation without ending
 * them.
 */
export async function finishUpgrade(needs: Needs, act: Act): Promise<'finished' | 'was finished'> {
  requireOperator(act.by)
  if ((await needs.settings.get(STATEMENTS_SETTING)) === 'on') return 'was finished'
  const changed = entry(act, 'changed', { about: 'setting', aboutId: STATEMENTS_SETTING }, { at: needs.now() })
  await needs.settings.set(STATEMENTS_SETTING, 'on', changed)
  // Makes the first key. Running servers load it after an entry in the revocation log.
  await needs.statements.load()
  return 'finished'
}

type Needs = Pick<World, 'settings' | 'statements' | 'now'>
