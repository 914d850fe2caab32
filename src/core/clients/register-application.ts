import type { World } from '../world.ts'
import { type RegisterClient, type RegisteredClient, registerClient } from './register-client.ts'

/** Registration that stands open to everybody: slowed down for each network, and owned by whoever was signed in, if anybody. */
export async function registerApplication(
  needs: Needs,
  ownerId: string | undefined,
  ask: Omit<RegisterClient, 'ownerId'>,
): Promise<RegisteredClient> {
  needs.throttle.enter('application-registration', ask.from)
  return registerClient(needs, ownerId ?? 'anonymous', ownerId === undefined ? ask : { ...ask, ownerId })
}

type Needs = Pick<World, 'clients' | 'vault' | 'rules' | 'throttle' | 'now'>
