import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, Oneself } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import { type ConnectedApp, listConnectedApps } from './list-connected-apps.ts'

/** Finds one application with grants of the user. */
export async function findConnectedApp(
  needs: Needs,
  act: Act<Oneself>,
  { clientId }: { clientId: string },
): Promise<ConnectedApp> {
  const app = (await listConnectedApps(needs, act)).find(({ client }) => client.id === clientId)
  if (!app) throw new Refusal('not-found', `${act.by.user.id} allowed no client ${clientId.slice(0, 60)}`)
  return app
}

type Needs = Pick<World, 'credentials' | 'grants' | 'lookups' | 'usage'>
