import { type Credential, statusOf } from '../../model/credentials/credential.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { BrowserAct } from '../../model/users/session.ts'
import type { User } from '../../model/users/user.ts'
import { isMarked } from '../oauth/authorize/interaction.ts'
import type { World } from '../world.ts'

/** Finds the pending sign-in of this browser and its user. */
export async function findPending(needs: Needs, act: BrowserAct, secret: string): Promise<Pending> {
  const pending = await needs.credentials.find('pending-sign-in', needs.vault.fingerprint(secret))
  if (!pending) throw new Refusal('interaction-unknown')
  const state = statusOf(pending, needs.now())
  if (state !== 'active')
    throw new Refusal(state === 'spent' ? 'interaction-answered' : 'interaction-expired', `${pending.id} is ${state}`)
  if (!isMarked(needs, act, pending.data.browser))
    throw new Refusal('interaction-elsewhere', `${pending.id} was started in another browser`)
  const user = pending.userId === undefined ? undefined : await needs.users.byId(pending.userId)
  if (!user?.active) throw new Refusal('interaction-unknown', `${pending.id} does not wait for a second step`)
  return { pending, user }
}

export type Pending = { pending: Credential<'pending-sign-in'>; user: User }
type Needs = Pick<World, 'credentials' | 'users' | 'vault' | 'now'>
