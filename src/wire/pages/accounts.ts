import { endSession } from '../../core/sign-in/sessions.ts'
import { checkSetUp, setUp } from '../../core/sign-in/set-up.ts'
import { type Entrance, replaceSession } from '../../core/sign-in/sign-in.ts'
import { createUser } from '../../core/users/create-user.ts'
import type { Source, World } from '../../core/world.ts'
import type { Refusal } from '../../model/refusal.ts'
import type { PageRequest } from '../ui/page-request.ts'
import type { AccountForm, Way } from './asks.ts'
import { type Destination, destination, homeOf, mendable } from './sign-in.ts'

/* Making an account, alone or by the set-up link, and leaving. */

export type AccountPage =
  | { show: 'register'; way: Way; to: Destination; entered?: AccountForm; problem?: Refusal }
  | { show: 'closed' }
  | { show: 'set-up'; link: string; entered?: AccountForm; problem?: Refusal }
  | ({ show: 'nothing'; location: string } & Entrance)

export async function visitRegister(world: World, who: PageRequest, way: Way): Promise<AccountPage> {
  if (world.rules.registration !== 'open') return { show: 'closed' }
  return { show: 'register', way, to: await destination(world, who, way) }
}

export async function register(world: World, who: PageRequest, ask: AccountForm): Promise<AccountPage> {
  if (world.rules.registration !== 'open') return { show: 'closed' }
  const { handle, email, password, from, ...way } = ask
  const to = await destination(world, who, way)
  try {
    world.throttle.enter('account-registration', from)
    const user = await createUser(world, 'self', { handle, password, from, ...(email !== undefined && { email }) })
    return { show: 'nothing', location: homeOf(user, way), ...(await replaceSession(world, who, user, from)) }
  } catch (error) {
    return { show: 'register', way, to, entered: ask, problem: mendable(error) }
  }
}

export async function visitSetUp(world: World, _who: PageRequest, { link }: { link: string }): Promise<AccountPage> {
  await checkSetUp(world, link)
  return { show: 'set-up', link }
}

export async function makeAdmin(
  world: World,
  who: PageRequest,
  ask: AccountForm & { link: string },
): Promise<AccountPage> {
  const { link, handle, email, password, from } = ask
  try {
    const account = { handle, password, from, ...(email !== undefined && { email }) }
    const user = await setUp(world, { secret: link, ...account })
    return { show: 'nothing', location: '/console', ...(await replaceSession(world, who, user, from)) }
  } catch (error) {
    return { show: 'set-up', link, entered: ask, problem: mendable(error) }
  }
}

export async function signOut(world: World, who: PageRequest, from: Source): Promise<void> {
  if (who.session) await endSession(world, who.session, from)
}
