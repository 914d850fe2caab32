import type { Act, Oneself } from '../../../model/actor.ts'
import type { World } from '../../world.ts'
import { activeOf } from './sign-in-method.ts'

/** From so few recovery codes on, a person is asked to make new ones. */
const FEW = 3
/** How far back a removal by another is said on the pages of the account. */
const ENTRIES = 50

/** What a person sees of their own second factor: the device, how many recovery codes are left, who took one away. */
export async function describeSecondFactor(needs: Needs, act: Act<Oneself>): Promise<SecondFactor> {
  const { id } = act.by.user
  const own = await needs.authenticators.ofUser(id)
  const device = activeOf(own, 'one-time-code')
  if (!device) {
    const removedAt = await removedByAnother(needs, id)
    return { is: 'off', ...(removedAt !== undefined && { removedAt }) }
  }
  const codes = own.filter(({ method, state }) => method === 'recovery-code' && state === 'active')
  return { is: 'on', since: device.createdAt, usedAt: device.lastUsedAt, left: codes.length, few: codes.length <= FEW }
}

/** When staff or the operator removed it, if that was the last thing that happened to it. */
async function removedByAnother(needs: Needs, userId: string): Promise<number | undefined> {
  const { items } = await needs.journal.list({ userId, event: 'changed' }, { limit: ENTRIES })
  const last = items.find(({ detail }) => String(detail?.['what'] ?? '').startsWith('second factor'))
  return last?.detail?.['what'] === 'second factor removed' && last.actor !== userId ? last.at : undefined
}

export type SecondFactor =
  | { is: 'off'; removedAt?: number }
  | { is: 'on'; since: number; usedAt: number | undefined; left: number; few: boolean }
type Needs = Pick<World, 'authenticators' | 'journal'>
