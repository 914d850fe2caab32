import type { Credential } from '../../model/credentials/credential.ts'
import type { Presented } from '../../model/credentials/presented.ts'
import { type AcceptedDialects, type Finding, type Principal, REASON_NAMES } from '../../model/credentials/verdict.ts'
import type { StoredJournalEntry } from '../../model/journal.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import { MINUTE } from '../../model/span.ts'
import { type Act, SYSTEM } from '../../model/users/actor.ts'
import { requirePermission } from '../authority.ts'
import type { World } from '../world.ts'
import { type ExplainedRequest, explainRequest } from './explain-request.ts'
import { principalOf } from './principal.ts'
import { readStated } from './read-stated.ts'
import { statedFacts } from './stated-facts.ts'
import { verifyCredential } from './verify-credential.ts'

/**
 * Explains a refusal. For a credential: each rule with the value found and the value needed, and the journal entries.
 * For a request: its journal entries, and the current result of all rules for its credential. Requires permission for
 * both.
 */
export async function explain(needs: Needs, act: Act, ask: Explain): Promise<Explanation> {
  requirePermission(act.by, 'explain')
  if (ask.about === 'request') {
    const { entries, refused, credential, stated, now } = await explainRequest(needs, ask.requestId)
    return {
      findings: now?.findings ?? [],
      entries,
      ...(refused && { reason: refused.reason, refused }),
      ...(credential && { credential }),
      ...(stated && { principal: principalOf(stated), credentialId: stated.credential.id }),
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
  const stated = verdict.active ? undefined : await saidBy(needs, ask.presented.secret)
  const principal = verdict.active ? verdict.principal : stated
  const noted = id === undefined ? [] : (await needs.journal.list({ credentialId: id }, { limit: 20 })).items
  const entries = noted.length > 0 || credential ? noted : await gatheredWith(needs, principal)
  return {
    active: verdict.active,
    findings: verdict.findings ?? [],
    entries,
    ...(!verdict.active && { reason: REASON_NAMES[verdict.reason] }),
    ...(principal && { principal }),
    ...(id !== undefined && { credentialId: id }),
    ...(credential && { credential }),
  }
}

/** The claims of a token without a row, whether accepted or not. They are stored nowhere else. */
async function saidBy(needs: Needs, secret: string): Promise<Principal | undefined> {
  const stated = await readStated(needs, secret)
  return stated && principalOf(await statedFacts(needs, stated, secret))
}

/** Issues to a client are gathered per minute. Returns the entries of the minute in which this token was issued. */
async function gatheredWith(needs: Needs, principal: Principal | undefined): Promise<readonly StoredJournalEntry[]> {
  if (!principal?.client || principal.grantId !== undefined) return []
  const since = principal.issuedAt - (principal.issuedAt % MINUTE)
  const of = { clientId: principal.client.id, event: 'issued' as const, since, until: since + MINUTE }
  return (await needs.journal.list(of, { limit: 20 })).items
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
      /** `check` returns only the outcome, and the server counts it as a check. */
      as?: 'explanation' | 'check'
    }
export type Explanation = {
  /** Absent for a request. */
  active?: boolean
  reason?: string
  /**
   * These three describe a request. `refused`: the rule that refused the request. `now` and `findings`: the result of
   * the same check at this moment.
   */
  refused?: ExplainedRequest['refused']
  now?: { active: boolean; reason?: string }
  /**
   * These describe a credential: its claims and its id. For a token without a row, the claims are present even if the
   * token is refused.
   */
  principal?: Principal
  credentialId?: string
  credential?: Credential
  findings: readonly Finding[]
  entries: readonly StoredJournalEntry[]
}
type Needs = Pick<
  World,
  | 'finders'
  | 'lookups'
  | 'recorder'
  | 'throttle'
  | 'rules'
  | 'now'
  | 'journal'
  | 'credentials'
  | 'statements'
  | 'ended'
  | 'signer'
>
