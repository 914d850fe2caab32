import { type Credential, isOfKind } from '../../../model/credentials/credential.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'

/** Lists the browsers in which the user is signed in. */
export async function listOwnSessions(needs: Needs, act: Act<Oneself>): Promise<Credential<'session'>[]> {
  const mine = { userId: act.by.user.id, kinds: ['session'], status: 'active' } as const
  const { items } = await needs.credentials.list(mine, { limit: 100 })
  return items.filter(isOfKind('session'))
}

type Needs = Pick<World, 'credentials'>
