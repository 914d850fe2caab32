import type { Act, Oneself } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import { type ConnectedApp, listConnectedApps } from './list-connected-apps.ts'

/** Selects from the user's connected applications: all, one, or those unused since a time. */
export async function chooseApps(needs: Needs, act: Act<Oneself>, { which }: ChooseApps): Promise<ConnectedApp[]> {
  const apps = await listConnectedApps(needs, act)
  if (which === 'all') return apps
  if ('clientId' in which) return apps.filter(({ client }) => client.id === which.clientId)
  return apps.filter(({ lastUsedAt, allowedAt }) => (lastUsedAt ?? allowedAt) < which.unusedSince)
}

export type ChooseApps = { which: 'all' | { clientId: string } | { unusedSince: number } }
type Needs = Pick<World, 'credentials' | 'grants' | 'lookups' | 'usage'>
