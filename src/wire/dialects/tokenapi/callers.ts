import { checkCredential } from '../../../core/check/check-credential.ts'
import { pairLookup } from '../../../core/credentials/issue/pair-lookup.ts'
import { sourceOf } from '../../../http/request.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { actOf, type CredentialAct, concernsOf, ownCheck } from '../../callers/bearer.ts'
import type { Caller } from '../../dialect.ts'

/** The token pair in the path. Wrong pairs are limited per network; correct ones are not counted. */
export const pairInPath: Caller<CredentialAct> = {
  name: 'user and token in the path',
  async prove(world, request) {
    world.throttle.peek('wrong-pair', sourceOf(request))
    const { user = '', token = '' } = request.params
    const verdict = await checkCredential(world, ownCheck(request), {
      presented: { secret: pairLookup(user.replace(/^0+(?=\d)/, ''), token) },
      dialects: ['tokenapi'],
      ip: request.address.caller,
    })
    if (verdict.active) return { who: actOf(verdict.principal, request), concerns: concernsOf(verdict.principal) }
    world.throttle.count('wrong-pair', sourceOf(request))
    throw new Refusal('credential-unknown', `pair of user ${user.slice(0, 20)}: ${verdict.reason}`)
  },
}
