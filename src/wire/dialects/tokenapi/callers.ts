import { checkCredential } from '../../../core/check/check-credential.ts'
import { pairLookup } from '../../../core/credentials/make-credential.ts'
import type { World } from '../../../core/world.ts'
import { sourceOf, type WireRequest } from '../../../http/request.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Principal } from '../../../model/verdict.ts'

/** The pair in the address. Whoever shows too many wrong ones waits; right ones are never counted. */
export async function pairInPath(world: World, request: WireRequest): Promise<Principal> {
  world.throttle.knock('wrong-pair', sourceOf(request))
  const { user = '', token = '' } = request.params
  const verdict = await checkCredential(world, {
    presented: pairLookup(user.replace(/^0+(?=\d)/, ''), token),
    dialects: ['tokenapi'],
    ip: request.address.caller,
    from: sourceOf(request),
  })
  if (verdict.active) return verdict.principal
  world.throttle.enter('wrong-pair', sourceOf(request))
  throw new Refusal('credential-unknown', `pair of user ${user.slice(0, 20)}: ${verdict.reason}`)
}
