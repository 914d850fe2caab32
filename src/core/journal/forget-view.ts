import { entry } from '../../model/journal.ts'
import { missing } from '../../model/refusals/missing.ts'
import type { Act, Oneself } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import { aboutView } from './keep-view.ts'

export async function forgetView(needs: Needs, act: Act<Oneself>, ask: { name: string }): Promise<void> {
  const deleted = entry(act, 'deleted', aboutView(act, ask), { at: needs.now() })
  const gone = await needs.views.delete(act.by.user.id, ask.name, deleted)
  if (!gone) throw missing('saved view', ask.name)
}

type Needs = Pick<World, 'views' | 'now'>
