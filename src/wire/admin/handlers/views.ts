import { forgetView, keepView } from '../../../core/journal/saved-views.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { SavedView } from '../../../model/saved-view.ts'
import type { User } from '../../../model/user.ts'
import type { Visitor } from '../callers.ts'
import { seconds } from '../show.ts'
import { type Handlers, told } from './handler.ts'

export const viewHandlers: Handlers<'listViews' | 'putView' | 'deleteView'> = {
  listViews: async (world, who) => told({ items: (await world.views.ofUser(person(who).id)).map(showView) }),

  putView: async (world, who, { id, body, from }) =>
    told(showView(await keepView(world, person(who), { name: id, ...body, from }))),

  async deleteView(world, who, { id, from }) {
    await forgetView(world, person(who), { name: id, from })
    return told({ deleted: true })
  },
}

const showView = ({ createdAt, ...view }: SavedView) => ({ ...view, created_at: seconds(createdAt) })

function person({ by }: Visitor): User {
  if (!by.user) throw new Refusal('user-required', `${by.actor} is nobody's credential`)
  return by.user
}
