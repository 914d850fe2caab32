import type { Act } from '../../model/actor.ts'
import { entry } from '../../model/journal.ts'
import { requireOperator } from '../authority.ts'
import type { World } from '../world.ts'
import { STATEMENTS_SETTING } from './statement-keys.ts'

/**
 * The operator's word that no process of an older version uses this database any more. From now on access tokens carry
 * their own record: an older process would call those malformed, and give them back with 200 without ending them.
 */
export async function finishUpgrade(needs: Needs, act: Act): Promise<'finished' | 'was finished'> {
  requireOperator(act.by)
  if ((await needs.settings.get(STATEMENTS_SETTING)) === 'on') return 'was finished'
  const changed = entry(act, 'changed', { about: 'setting', aboutId: STATEMENTS_SETTING }, { at: needs.now() })
  await needs.settings.set(STATEMENTS_SETTING, 'on', changed)
  // Makes the first key; running servers hear of it in the revocation log.
  await needs.statements.load()
  return 'finished'
}

type Needs = Pick<World, 'settings' | 'statements' | 'now'>
