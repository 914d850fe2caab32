import { readBearer } from '../../http/authorization-header.ts'
import { readParams, type WireRequest } from '../../http/request.ts'
import type { Presented } from '../../model/credentials/presented.ts'
import type { Principal } from '../../model/credentials/verdict.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { concernsOf, principalFrom } from '../callers/bearer.ts'
import type { Caller } from '../dialect.ts'

/** An access token in the header or, for POST, in the form (RFC 6750 section 2.2), never in both. */
export const personToken: Caller<Principal> = {
  name: 'access token of a user with openid',
  async prove(world, request) {
    const principal = await principalFrom(world, request, await presentedIn(request), {})
    return { who: principal, concerns: concernsOf(principal) }
  },
}

async function presentedIn(request: WireRequest): Promise<Presented | undefined> {
  const inHeader = readBearer(request)
  const inForm = await formToken(request)
  if (inHeader !== undefined && inForm !== undefined)
    throw new Refusal('credentials-mixed', 'an access token in header and form')
  if (inForm !== undefined) return { secret: inForm, place: 'form' }
  return inHeader === undefined ? undefined : { secret: inHeader, place: 'authorization', scheme: 'bearer' }
}

async function formToken(request: WireRequest): Promise<string | undefined> {
  if (request.method !== 'POST') return undefined
  await request.load()
  return request.body.type === 'form' ? readParams(request, 'form').one('access_token') : undefined
}
