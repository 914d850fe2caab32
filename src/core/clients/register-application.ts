import type { Act, SelfRegistration } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import { type RegisterClient, type RegisteredClient, registerClient } from './register-client.ts'

/**
 * Registers an application if registration is open. The number per network is limited. The user of a presented token
 * becomes the owner.
 */
export async function registerApplication(
  needs: Needs,
  act: Act<SelfRegistration>,
  ask: RegisterClient,
): Promise<RegisteredClient> {
  needs.throttle.count('application-registration', act.from)
  return registerClient(needs, act, ask)
}

type Needs = Pick<World, 'clients' | 'clientFiles' | 'resources' | 'scopes' | 'vault' | 'rules' | 'throttle' | 'now'>
