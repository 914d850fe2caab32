import { type Act, SYSTEM } from '../../model/actor.ts'
import type { Credential } from '../../model/credential.ts'
import type { StoredJournalEntry } from '../../model/journal.ts'
import type { Presented } from '../../model/presented.ts'
import type { Scope } from '../../model/scope.ts'
import { type AcceptedDialects, type Finding, type Principal, REASON_NAMES } from '../../model/verdict.ts'
import { requirePermission } from '../authority.ts'
import type { World } from '../world.ts'
import { type ExplainedRequest, explainRequest } from './explain-request.ts'
import { verifyCredential } from './verify-credential.ts'

/**
 * Why was this refused? For a credential: every rule with what it found and what would have passed, and what the journal
 * says of it. For a request: what the journal says, and the rules once more for the credential it came with, as they
 * stand now. Only for those who may see both.
 */
export async function explain(needs: Needs, act: Act, ask: Explain): Promise<Explanation> {
  requirePermission(act.by, 'explain')
  if (ask.about === 'request') {
    const { entries, refused, credential, now } = await explainRequest(needs, ask.requestId)
    return {
      findings: now?.findings ?? [],
      entries,
      ...(refused && { reason: refused.reason, refused }),
      ...(credential && { credential }),
      ...(now && { now: now.active ? { active: true } : { active: false, reason: REASON_NAMES[now.reason] } }),
    }
  }
  const verdict = await verifyCredential(
    needs,
    { by: SYSTEM.by, from: act.from },
    {
      presented: ask.presented,
      ...(ask.as !== 'check' && { explain: true as const }),
      ...(ask.scopes && { scopes: ask.scopes }),
      ...(ask.audience !== undefined && { audience: ask.audience }),
      ...(ask.dialects && { dialects: ask.dialects }),
      ...(ask.ip !== undefined && { ip: ask.ip }),
    },
  )
  const id = verdict.active ? verdict.principal.credentialId : verdict.credentialId
  const credential = id === undefined ? undefined : await needs.credentials.byId(id)
  const entries = id === undefined ? [] : (await needs.journal.list({ credentialId: id }, { limit: 20 })).items
  return {
    active: verdict.active,
    findings: verdict.findings ?? [],
    entries,
    ...(verdict.active ? { principal: verdict.principal } : { reason: REASON_NAMES[verdict.reason] }),
    ...(id !== undefined && { credentialId: id }),
    ...(credential && { credential }),
  }
}

export type Explain =
  | { about: 'request'; requestId: string }
  | {
      about: 'credential'
      presented: Presented
      scopes?: readonly Scope[]
      audience?: string
      dialects?: AcceptedDialects
      ip?: string
      /** `check`: the outcome alone, counted as a check is. */
      as?: 'explanation' | 'check'
    }
export type Explanation = {
  /** Absent where only a request was asked about. */
  active?: boolean
  reason?: string
  /** Of a request: which rule said no then, and what the rules say of the same question now; `findings` are of now. */
  refused?: ExplainedRequest['refused']
  now?: { active: boolean; reason?: string }
  /** Of a credential: what it is worth, and its id, which a token that is not stored has, too. */
  principal?: Principal
  credentialId?: string
  credential?: Credential
  findings: readonly Finding[]
  entries: readonly StoredJournalEntry[]
}
type Needs = Pick<World, 'finders' | 'lookups' | 'recorder' | 'throttle' | 'rules' | 'now' | 'journal' | 'credentials'>
