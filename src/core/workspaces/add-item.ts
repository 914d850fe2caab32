import { randomId } from '../../crypto/credential-format.ts'
import { entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, Oneself } from '../../model/users/actor.ts'
import type { WorkspaceItem } from '../../model/users/workspace.ts'
import { checkName } from '../clients/name-rules.ts'
import type { World } from '../world.ts'

/** Makes a model in a workspace of the user, who becomes its administrator. */
export async function addItem(needs: Needs, act: Act<Oneself>, ask: AddItem): Promise<WorkspaceItem> {
  const { user } = act.by
  checkName(ask.name)
  if ((await needs.workspaces.roleIn(ask.workspaceId, user.id)) === undefined)
    throw new Refusal('permission-missing', `${user.id} does not belong to ${ask.workspaceId.slice(0, 40)}`)
  const model: WorkspaceItem = { id: randomId(), workspaceId: ask.workspaceId, name: ask.name, createdAt: needs.now() }
  const thing = { about: 'model', aboutId: model.id, userId: user.id }
  const when = { at: model.createdAt, detail: { workspace: model.workspaceId } }
  const added = await needs.workspaces.addItem(model, user.id, entry(act, 'created', thing, when))
  if (added !== 'added') throw new Refusal(added)
  return model
}

export type AddItem = { workspaceId: string; name: string }
type Needs = Pick<World, 'workspaces' | 'now'>
