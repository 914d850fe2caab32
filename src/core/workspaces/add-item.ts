import { randomId } from '../../crypto/credential-format.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Model } from '../../model/workspace.ts'
import { checkName } from '../clients/client-rules.ts'
import type { Source, World } from '../world.ts'
import type { TokenHolder } from './update-member.ts'

/** A member makes a model in a workspace they belong to, and administers it. */
export async function addModel(needs: Needs, { user }: Pick<TokenHolder, 'user'>, ask: AddModel): Promise<Model> {
  checkName(ask.name)
  if ((await needs.workspaces.roleIn(ask.workspaceId, user.id)) === undefined)
    throw new Refusal('permission-missing', `${user.id} does not belong to ${ask.workspaceId.slice(0, 40)}`)
  const model: Model = { id: randomId(), workspaceId: ask.workspaceId, name: ask.name, createdAt: needs.now() }
  const added = await needs.workspaces.addModel(model, user.id, {
    at: model.createdAt,
    event: 'created',
    about: 'model',
    aboutId: model.id,
    actor: user.id,
    userId: user.id,
    detail: { workspace: ask.workspaceId },
    ...ask.from,
  })
  if (added !== 'added') throw new Refusal(added)
  return model
}

export type AddModel = { workspaceId: string; name: string; from: Source }
type Needs = Pick<World, 'workspaces' | 'now'>
