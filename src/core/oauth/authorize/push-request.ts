import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, ClientActor } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { checkRequest } from './check-request.ts'
import { PUSHED_SECONDS, sealPushed } from './pushed-request.ts'
import type { AuthorizeAsk } from './request.ts'
import { type UnwrapNeeds, unwrapRequest } from './request-object.ts'
import { returnAddress } from './return-address.ts'

/**
 * RFC 9126 section 2: the client sends its authorization request directly, before the browser comes. Runs all checks that
 * need no person, so that the client learns of its faults. The checks run again when the browser comes.
 */
export async function pushRequest(needs: Needs, act: Act<ClientActor>, sent: AuthorizeAsk): Promise<PushedRequest> {
  const { client } = act.by
  if (sent.pushed !== undefined || sent.object?.uri !== undefined)
    throw new Refusal('parameter-invalid', 'a request_uri in a pushed request', {
      parameter: 'request_uri',
      sentence: 'A pushed request cannot hold a request_uri (RFC 9126 section 2.1).',
    })
  const { ask, refusal } = await unwrapRequest(needs, act.from, client, sent)
  if (refusal) throw refusal
  returnAddress(client, ask)
  await checkRequest(needs, 'par', client, ask)
  return { requestUri: sealPushed(needs, ask), lifeSeconds: PUSHED_SECONDS }
}

export type PushedRequest = { requestUri: string; lifeSeconds: number }
type Needs = UnwrapNeeds & Pick<World, 'lookups' | 'resources' | 'scopes' | 'vault' | 'rules' | 'signer' | 'now'>
