import { Refusal } from '../../model/refusals/refusal.ts'
import type { Actor } from '../../model/users/actor.ts'
import type { User } from '../../model/users/user.ts'
import { isOperator } from '../authority.ts'

/** Only the operator may remove the last administrator, because the operator can make another. */
export const whoMustStay = (by: Actor): 'an-admin' | 'anybody' => (isOperator(by) ? 'anybody' : 'an-admin')

export const lastAdmin = (user: User): Refusal =>
  new Refusal('state-conflict', `${user.handle} is the last admin`, {
    sentence: 'This is the last active admin. Make another one first.',
  })
