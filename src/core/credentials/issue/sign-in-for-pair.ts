import type { Act, Anonymous } from '../../../model/users/actor.ts'
import { type AuthenticateUser, authenticateUser, type PasswordNeeds } from '../../sign-in/authenticate-user.ts'
import type { World } from '../../world.ts'
import { makeTokenPair, type TokenPair } from './make-token-pair.ts'

/** Issues a new token pair for name and password, at each sign-in. */
export async function signInForPair(needs: Needs, act: Act<Anonymous>, ask: AuthenticateUser): Promise<TokenPair> {
  const user = await authenticateUser(needs, act, ask)
  return makeTokenPair(needs, { by: { is: 'user', user }, from: act.from }, { user, days: needs.rules.pairDays })
}

type Needs = PasswordNeeds & Pick<World, 'credentials'>
