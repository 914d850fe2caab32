import type { ResourceServer } from '../../model/clients/client.ts'
import type { Presented } from '../../model/credentials/presented.ts'
import type { AcceptedDialects, Verdict } from '../../model/credentials/verdict.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import type { Act, ResourceActor, SystemActor } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import { type CheckAsk, type CheckNeeds, checkCredential, explainCredential } from './check-credential.ts'

/**
 * Checks a credential for an API: it must be valid for the asking API and for the named audience. An audience without a registered
 * API requires a credential that names it. Credentials of disabled dialects never pass.
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

/** An audience without a registered API is strict: only a credential that names it is valid. */
async function audienceOf(
  needs: Needs,
  audience: string,
): Promise<Pick<ResourceServer, 'audience' | 'strictAudience'>> {
  if (audience === '') return { audience, strictAudience: false }
  return (await needs.lookups.resource(audience)) ?? { audience, strictAudience: true }
}

/** True if keys may be in the query: the operator allows it, and the dialect of API keys is on. */
export const keysInAddresses = ({ rules }: Pick<Needs, 'rules'>): boolean =>
  rules.apiKeyParameter !== undefined && rules.dialects.includes('apikey')

const served = ({ rules }: Needs, dialects: AcceptedDialects): AcceptedDialects =>
  dialects === undefined || dialects === 'any'
    ? dialects
    : dialects.filter(dialect => dialect === 'native' || rules.dialects.includes(dialect))

/** A resource server for its own callers, or this server for a request to itself. */
export type VerifyAct = Act<ResourceActor | SystemActor>

export type VerifyCredential = {
  presented: Presented | undefined
  /**
   * The audience in the question. An empty text stands for an API without a name, for which only credentials without
   * an audience are valid.
   */
  audience?: string
  scopes?: readonly Scope[]
  dialects?: AcceptedDialects
  /** The address of the API's caller, for credentials bound to networks. */
  ip?: string | undefined
  /**
   * Returns all rules with their findings, for operators and the API's staff, never for the holder of the credential.
   */
  explain?: true
}
/** A short list, because the test issuer of the guard must provide each of these needs. */
export type VerifyNeeds = CheckNeeds & {
  lookups: Pick<World['lookups'], 'resource'>
  rules: Pick<World['rules'], 'dialects' | 'apiKeyParameter'>
}
type Needs = VerifyNeeds
