import {
  keysInAddresses,
  type VerifyAct,
  type VerifyCredential,
  verifyCredential,
} from '../../core/check/verify-credential.ts'
import type { World } from '../../core/world.ts'
import { type Judgement, judge } from '../../guard/decide/judge.ts'
import { type Carrier, type Presented, type Reading, readPresented } from '../../guard/request/presented.ts'
import { copyFault } from '../../model/copied-secret.ts'
import type { LogPlace } from '../../model/validity.ts'

/** Reads what was presented exactly as a guard would, and checks it. */
export async function check(world: World, act: VerifyAct, ask: Check): Promise<Checked> {
  const { carrier, credential, ...rest } = ask
  const place = world.lookups.place() // before the look-up: what is found is at least as new
  const presented = carrier ? readPresented(ask.dialects, carrier, readingOf(world)) : given(credential)
  const judgement = await judge(presented, ({ secret }) => verifyCredential(world, act, { ...rest, presented: secret }))
  return { judgement, place }
}

const readingOf = (world: World): Reading =>
  keysInAddresses(world) ? { apiKeyParameter: world.rules.apiKeyParameter ?? '' } : {}

function given(secret: string | undefined): Presented {
  if (secret === undefined) return { is: 'nothing' }
  const fault = copyFault(secret)
  return fault ? { is: 'faulty', fault } : { is: 'shown', shown: { secret, place: 'bearer' } }
}

export type Check = Omit<VerifyCredential, 'presented'> & { carrier?: Carrier; credential?: string }
export type Checked = { judgement: Judgement /** How far the revocation log had been read. */; place: LogPlace }
