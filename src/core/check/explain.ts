import { type Act, SYSTEM } from '../../model/actor.ts'
import type { Credential } from '../../model/credential.ts'
import type { StoredJournalEntry } from '../../model/journal.ts'
import type { Presented } from '../../model/presented.ts'
import type { Scope } from '../../model/scope.ts'
import { MINUTE } from '../../model/span.ts'
import { type AcceptedDialects, type Finding, type Principal, REASON_NAMES } from '../../model/verdict.ts'
import { requirePermission } from '../authority.ts'
import type { World } from '../world.ts'
import { principalOf } from './check-credential.ts'
import { type ExplainedRequest, explainRequest } from './explain-request.ts'
import { readStated } from './read-stated.ts'
import { statedFacts } from './stated-facts.ts'
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

/** What a token without a row says, refused or not: nothing else tells it. */
async function saidBy(needs: Needs, secret: string): Promise<Principal | undefined> {
  const stated = await readStated(needs, secret)
  return stated && principalOf(await statedFacts(needs, stated, secret))
}

/** Issues of clients are gathered by the minute: the entries of the minute in which this one was issued. */
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
  /** Of a credential: what it is worth (of one without a row also where it is refused), and its id, which a token that is not stored has, too. */
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
