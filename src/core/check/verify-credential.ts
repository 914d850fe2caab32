import type { Act, ResourceActor, SystemActor } from '../../model/actor.ts'
import type { ResourceServer } from '../../model/client.ts'
import type { Presented } from '../../model/presented.ts'
import type { Scope } from '../../model/scope.ts'
import type { AcceptedDialects, Verdict } from '../../model/verdict.ts'
import type { World } from '../world.ts'
import { type CheckAsk, type CheckNeeds, checkCredential, explainCredential } from './check-credential.ts'

/**
 * The one check on behalf of an API: the credential must be good for the API that asks, and for the audience it names. An audience
 * that is not registered is met only by a credential that names it. Dialects that are switched off here pass nothing.
 */
export async function verifyCredential(needs: Needs, act: VerifyAct, ask: VerifyCredential): Promise<Verdict> {
  if (ask.presented?.place === 'key-parameter' && !keysInAddresses(needs))
    return { active: false, reason: 'credential-missing' }
  const audiences: NonNullable<CheckAsk['audiences']>[number][] = act.by.is === 'client' ? [act.by.resource] : []
  if (ask.audience !== undefined) audiences.push(await audienceOf(needs, ask.audience))
  const check: CheckAsk = { presented: ask.presented, audiences, dialects: served(needs, ask.dialects) }
  if (ask.scopes) check.scopes = ask.scopes
  if (ask.ip !== undefined) check.ip = ask.ip
  return ask.explain ? explainCredential(needs, act, check) : checkCredential(needs, act, check)
}

/** For an audience that is not registered, only a credential that names this audience is good. */
async function audienceOf(
  needs: Needs,
  audience: string,
): Promise<Pick<ResourceServer, 'audience' | 'strictAudience'>> {
  if (audience === '') return { audience, strictAudience: false }
  return (await needs.lookups.resource(audience)) ?? { audience, strictAudience: true }
}

/** Keys in addresses: only where the operator allows them, and never when the dialect of API keys is off. */
export const keysInAddresses = ({ rules }: Pick<Needs, 'rules'>): boolean =>
  rules.apiKeyParameter !== undefined && rules.dialects.includes('apikey')

const served = ({ rules }: Needs, dialects: AcceptedDialects): AcceptedDialects =>
  dialects === undefined || dialects === 'any'
    ? dialects
    : dialects.filter(dialect => dialect === 'native' || rules.dialects.includes(dialect))

/** A resource server about its own callers, or this server about a request of its own. */
export type VerifyAct = Act<ResourceActor | SystemActor>

export type VerifyCredential = {
  presented: Presented | undefined
  /** Empty: an API without a name, where only credentials that name no audience either are good. */
  audience?: string
  scopes?: readonly Scope[]
  dialects?: AcceptedDialects
  /** Address of the API's caller, for credentials bound to networks. */
  ip?: string | undefined
  /** All rules with what they found: for operators and the API's own staff, never for the holder of the credential. */
  explain?: true
}
/** Little enough for the test issuer of the guard to bring along. */
export type VerifyNeeds = CheckNeeds & {
  lookups: Pick<World['lookups'], 'resource'>
  rules: Pick<World['rules'], 'dialects' | 'apiKeyParameter'>
}
type Needs = VerifyNeeds
