import { missing } from '../../../model/refusals/missing.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act } from '../../../model/users/actor.ts'
import { checkAbove, isOwn, requirePermission } from '../../authority.ts'
import { checkName } from '../../clients/name-rules.ts'
import type { World } from '../../world.ts'
import { makeTokenPair, type TokenPair } from './make-token-pair.ts'

/** Issues a token pair to a user, for a number of days or until it is revoked. */
export async function issueTokenPair(needs: Needs, act: Act, ask: IssueTokenPair): Promise<TokenPair> {
  const user = await needs.users.byId(ask.userId)
  if (!user) throw missing('user', ask.userId)
  if (!isOwn(act.by, user.id)) {
    requirePermission(act.by, 'createCredential')
    checkAbove(act.by, user)
  }
  if (!user.active) throw new Refusal('owner-disabled', `${user.handle} is disabled`)
  if (ask.name !== undefined) checkName(ask.name)
  const { days = needs.rules.pairDays, name } = ask
  if (days !== 'until-revoked' && !(Number.isInteger(days) && days >= 0 && days <= 36_500))
    throw new Refusal('parameter-invalid', `days ${days}`, {
      parameter: 'days',
      sentence: 'The days are a whole number from 0 to 36500, or "until-revoked".',
    })
  return makeTokenPair(needs, act, { user, days, ...(name !== undefined && { name }) })
}

export type IssueTokenPair = {
  userId: string
  /** The life in days after the day of issue; absent: the setting of the installation. */
  days?: number | 'until-revoked'
  name?: string
}
type Needs = Pick<World, 'users' | 'credentials' | 'vault' | 'rules' | 'now'>
