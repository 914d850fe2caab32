import type { Act, Oneself } from '../../model/actor.ts'
import { aboutGrant, entry } from '../../model/journal.ts'
import type { World } from '../world.ts'
import { type ConnectedApp, listConnectedApps } from './list-connected-apps.ts'

/** Withdraws all that a person allowed these applications. Returns how many applications lost their access. */
export async function disconnectApps(needs: Needs, act: Act<Oneself>, ask: DisconnectApps): Promise<number> {
  const userId = act.by.user.id
  const apps = (await listConnectedApps(needs, act)).filter(app => meant(app, ask))
  for (const { client, grantIds } of apps) {
    for (const id of grantIds) {
      const grant = aboutGrant({ id, userId, clientId: client.id })
      await needs.credentials.revokeGrant(id, entry(act, 'revoked', grant, { at: needs.now() }))
    }
  }
  return apps.length
}

const meant = (app: ConnectedApp, { which }: DisconnectApps): boolean => {
  if (which === 'all') return true
  if ('clientId' in which) return app.client.id === which.clientId
  return (app.lastUsedAt ?? app.allowedAt) < which.unusedSince
}

export type DisconnectApps = { which: 'all' | { clientId: string } | { unusedSince: number } }
type Needs = Pick<World, 'grants' | 'credentials' | 'lookups' | 'now'>
