import { checkSetUp } from '../../core/sign-in/check-set-up.ts'
import { type Entrance, replaceSession } from '../../core/sign-in/sessions/replace-session.ts'
import { setUp } from '../../core/sign-in/set-up.ts'
import { createUser } from '../../core/users/create-user.ts'
import type { World } from '../../core/world.ts'
import type { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { PageRequest } from '../ui/page-request.ts'
import type { AccountForm, ReturnTo } from './asks.ts'
import { type Destination, destination, formError, homeOf } from './sign-in.ts'

/* Makes an account, by registration or by the set-up link, and signs out. */

export type AccountPage =
  | { show: 'register'; returnTo: ReturnTo; to: Destination; entered?: AccountForm; problem?: Refusal }
  | { show: 'closed' }
  | { show: 'set-up'; link: string; entered?: AccountForm; problem?: Refusal }
  | ({ show: 'nothing'; location: string } & Entrance)

export async function visitRegister(world: World, who: PageRequest, returnTo: ReturnTo): Promise<AccountPage> {
  if (world.rules.registration !== 'open') return { show: 'closed' }
  return { show: 'register', returnTo, to: await destination(world, who, returnTo) }
}

export async function register(world: World, who: PageRequest, ask: AccountForm): Promise<AccountPage> {
  if (world.rules.registration !== 'open') return { show: 'closed' }
  const { handle, email, password, ...returnTo } = ask
  const to = await destination(world, who, returnTo)
  const newcomer: Act = { by: { is: 'self-registration' }, from: who.from }
  try {
    world.throttle.count('account-registration', who.from)
    const user = await createUser(world, newcomer, { handle, password, ...(email !== undefined && { email }) })
    return {
      show: 'nothing',
      location: homeOf(user, returnTo),
      ...(await replaceSession(world, who, { user, methods: ['pwd'] })),
    }
  } catch (error) {
    return { show: 'register', returnTo, to, entered: ask, problem: formError(error) }
  }
}

export async function visitSetUp(world: World, who: PageRequest, { link }: { link: string }): Promise<AccountPage> {
  await checkSetUp(world, who, { secret: link })
  return { show: 'set-up', link }
}

export async function makeAdmin(
  world: World,
  who: PageRequest,
  ask: AccountForm & { link: string },
): Promise<AccountPage> {
  const { link, handle, email, password } = ask
  try {
    const account = { handle, password, ...(email !== undefined && { email }) }
    const user = await setUp(world, { by: { is: 'anonymous' }, from: who.from }, { secret: link, ...account })
    return { show: 'nothing', location: '/console', ...(await replaceSession(world, who, { user, methods: ['pwd'] })) }
  } catch (error) {
    return { show: 'set-up', link, entered: ask, problem: formError(error) }
  }
}
