import { forgetView } from '../../../core/journal/forget-view.ts'
import { keepView } from '../../../core/journal/keep-view.ts'
import { type Act, nameOf, type UserActor } from '../../../model/actor.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { SavedView } from '../../../model/saved-view.ts'
import type { AdminAct } from '../callers.ts'
import { seconds } from '../show.ts'
import { type Handlers, told } from './handler.ts'

export const viewHandlers: Handlers<'listViews' | 'putView' | 'deleteView'> = {
  listViews: async (world, act) => told({ items: (await world.views.ofUser(person(act).by.user.id)).map(showView) }),

  putView: async (world, act, { id, body }) =>
    told(showView(await keepView(world, person(act), { name: id, ...body }))),

  async deleteView(world, act, { id }) {
    await forgetView(world, person(act), { name: id })
    return told({ deleted: true })
  },
}

const showView = ({ createdAt, ...view }: SavedView) => ({ ...view, created_at: seconds(createdAt) })

function person({ by, from }: AdminAct): Act<UserActor> {
  if (by.is !== 'user') throw new Refusal('user-required', `${nameOf(by)} is no user`)
  return { by, from }
}
