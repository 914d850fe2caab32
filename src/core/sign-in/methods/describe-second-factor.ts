import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { activeOf } from './sign-in-method.ts'

/** With this number of recovery codes or fewer, the page asks the person to make new ones. */
const FEW = 3
/** The number of journal entries searched for a removal by another person. */
const ENTRIES = 50

/**
 * Describes the user's own second factor: the device, the number of recovery codes left, and a removal by another
 * person.
 */
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

/** The time at which staff or the operator removed the factor, if that was its last change. */
async function removedByAnother(needs: Needs, userId: string): Promise<number | undefined> {
  const { items } = await needs.journal.list({ userId, event: 'changed' }, { limit: ENTRIES })
  const last = items.find(({ detail }) => String(detail?.['what'] ?? '').startsWith('second factor'))
  return last?.detail?.['what'] === 'second factor removed' && last.actor !== userId ? last.at : undefined
}

export type SecondFactor =
  | { is: 'off'; removedAt?: number }
  | { is: 'on'; since: number; usedAt: number | undefined; left: number; few: boolean }
type Needs = Pick<World, 'authenticators' | 'journal'>
