import { aboutGrant, entry } from '../../model/journal.ts'
import type { Act, Oneself } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import { type ChooseApps, chooseApps } from './choose-apps.ts'

/** Ends all grants of the user to the chosen applications. Returns the number of these applications. */
export async function disconnectApps(needs: Needs, act: Act<Oneself>, ask: ChooseApps): Promise<number> {
  const userId = act.by.user.id
  const apps = await chooseApps(needs, act, ask)
  for (const { client, grantIds } of apps) {
    for (const id of grantIds) {
      const grant = aboutGrant({ id, userId, clientId: client.id })
      await needs.credentials.revokeGrant(id, entry(act, 'revoked', grant, { at: needs.now() }))
    }
  }
  return apps.length
}

type Needs = Pick<World, 'grants' | 'credentials' | 'lookups' | 'usage' | 'now'>
