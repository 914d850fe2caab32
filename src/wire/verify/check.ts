import {
  keysInAddresses,
  type VerifyAct,
  type VerifyCredential,
  verifyCredential,
} from '../../core/check/verify-credential.ts'
import { asItsClientSees } from '../../core/openid/subject.ts'
import type { World } from '../../core/world.ts'
import { type Judgement, judge } from '../../guard/decide/judge.ts'
import { type Carried, type Carrier, type Reading, readCarried } from '../../guard/request/presented.ts'
import { copyFault } from '../../model/credentials/copied-secret.ts'
import type { Presented } from '../../model/credentials/presented.ts'
import type { LogPlace } from '../../model/credentials/validity.ts'

/** Reads the credential exactly as a guard does, and checks it. */
export async function check(world: World, act: VerifyAct, ask: Check): Promise<Checked> {
  const { carrier, credential, requestId, ...rest } = ask
  const from = requestId === undefined ? act.from : { ...act.from, requestId }
  const place = world.lookups.place() // The place is read before the look-up, so that the verdict is at least as new as the place.
  const carried = carrier ? readCarried(ask.dialects, carrier, readingOf(world)) : given(credential)
  const judgement = await judge(carried, presented => verifyCredential(world, { ...act, from }, { ...rest, presented }))
  return { judgement, place }
}

/** Like `check`, for a caller that is the holder of the credential. A pairwise client does not learn the account. */
export async function checkOwn(world: World, act: VerifyAct, ask: Check): Promise<Checked> {
  const { judgement, place } = await check(world, act, ask)
  if (!judgement.passed) return { judgement, place }
  const principal = await asItsClientSees(world, judgement.verdict.principal)
  return { judgement: { ...judgement, verdict: { ...judgement.verdict, principal } }, place }
}

const readingOf = (world: World): Reading =>
  keysInAddresses(world) ? { apiKeyParameter: world.rules.apiKeyParameter ?? '' } : {}

function given(presented: Presented | undefined): Carried {
  if (presented === undefined) return { is: 'nothing' }
  const fault = copyFault(presented.secret)
  return fault ? { is: 'faulty', fault } : { is: 'presented', presented }
}

export type Check = Omit<VerifyCredential, 'presented'> & {
  carrier?: Carrier
  credential?: Presented
  /** The id of the original request, under which a refusal is recorded. */
  requestId?: string
}
export type Checked = {
  judgement: Judgement
  /** The place up to which the revocation log was read. */
  place: LogPlace
}
