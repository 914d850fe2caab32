import type { ResourceServer } from '../../model/client.ts'
import type { Scope } from '../../model/scope.ts'
import type { AcceptedDialects, Verdict } from '../../model/verdict.ts'
import type { Source, World } from '../world.ts'
import { type CheckAsk, type CheckNeeds, checkCredential, explainCredential } from './check-credential.ts'

/**
 * The one check on behalf of an API: the credential must be good for whoever asks, and for whom it asks. An audience
 * nobody registered is met only by a credential that names it. Dialects that are switched off here pass nothing.
 */
export async function verifyCredential(needs: Needs, by: Asker | undefined, ask: VerifyCredential): Promise<Verdict> {
  if (ask.keyInAddress && !keysInAddresses(needs)) return { active: false, reason: 'missing' }
  const audiences: NonNullable<CheckAsk['audiences']>[number][] = by ? [by] : []
  if (ask.audience !== undefined)
    audiences.push((await needs.directory.resource(ask.audience)) ?? { audience: ask.audience, strictAudience: true })
  const check: CheckAsk = { presented: ask.presented, audiences, dialects: served(needs, ask.dialects), from: ask.from }
  if (ask.scopes) check.scopes = ask.scopes
  if (ask.ip !== undefined) check.ip = ask.ip
  if (by) check.checkedBy = by.clientId
  return ask.explain ? explainCredential(needs, check) : checkCredential(needs, check)
}

/** Keys in addresses: only where the operator allows them, and never when the dialect of API keys is off. */
export const keysInAddresses = ({ rules }: Pick<Needs, 'rules'>): boolean =>
  rules.apiKeyParameter !== undefined && rules.dialects.includes('apikey')

const served = ({ rules }: Needs, dialects: AcceptedDialects): AcceptedDialects =>
  dialects === undefined || dialects === 'any'
    ? dialects
    : dialects.filter(dialect => dialect === 'native' || rules.dialects.includes(dialect))

/** Who asks, as far as the check cares. */
export type Asker = Pick<ResourceServer, 'audience' | 'strictAudience' | 'clientId'>

/** Somebody who names no audience: only credentials that name none either are good there. */
export const UNNAMED: Asker = { audience: '', strictAudience: false, clientId: 'system' }

export type VerifyCredential = {
  /** The secret as presented; for a user/token pair `user:token`. */
  presented: string | undefined
  audience?: string
  scopes?: readonly Scope[]
  dialects?: AcceptedDialects
  /** It stood in the address of the request, in the parameter for API keys. */
  keyInAddress?: true
  /** Address of whoever called the API, for credentials bound to networks. */
  ip?: string | undefined
  /** All rules with what they found: for operators and the API's own staff, never for whoever holds the credential. */
  explain?: true
  from: Source
}
/** Little enough that a test of somebody else's API can bring it along. */
export type VerifyNeeds = CheckNeeds & {
  directory: Pick<World['directory'], 'resource'>
  rules: Pick<World['rules'], 'dialects' | 'apiKeyParameter'>
}
type Needs = VerifyNeeds
