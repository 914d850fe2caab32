import type { Credential } from '../../model/credentials/credential.ts'
import { type Finding, REASON_NAMES, type Verdict } from '../../model/credentials/verdict.ts'
import type { StoredJournalEntry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { SYSTEM } from '../../model/users/actor.ts'
import type { CredentialFacts } from '../../ports/stores.ts'
import type { World } from '../world.ts'
import { ADVICE, type Asked, type CheckAsk, explainFacts } from './check-credential.ts'
import { statedIn } from './noted-claims.ts'
import { type StatedNeeds, statedFacts } from './stated-facts.ts'

/**
 * Explains a refused request: its journal entries, oldest first; the rule that refused it; and the result of all rules
 * for the same credential and conditions now.
 */
export async function explainRequest(needs: Needs, requestId: string): Promise<ExplainedRequest> {
  const { items } = await needs.journal.list({ requestId }, { limit: 100 })
  if (items.length === 0)
    throw new Refusal('not-found', 'nothing recorded for this request', {
      sentence:
        'The journal has nothing about this request. It was answered without a refusal or a change, it named nothing that is known here, or it repeated a refusal of the same minute.',
    })
  const entries = items.reverse()
  const refused = entries.findLast(({ reason }) => reason !== undefined)
  const explained: ExplainedRequest = { entries }
  if (refused?.reason !== undefined) explained.refused = { reason: refused.reason, ...findingOf(refused) }
  const known = refused && statedIn(refused)
  const facts = known ? await statedFacts(needs, known.stated, known.hint) : await storedFacts(needs, refused, entries)
  if (!facts) return explained
  if (known) explained.stated = facts
  else explained.credential = facts.credential
  explained.now = explainFacts(facts, SYSTEM, await askedOf(needs, refused), needs.now())
  return explained
}

async function storedFacts(
  { credentials }: Pick<Needs, 'credentials'>,
  refused: StoredJournalEntry | undefined,
  entries: readonly StoredJournalEntry[],
): Promise<CredentialFacts | undefined> {
  const id = refused?.credentialId ?? entries.find(({ credentialId }) => credentialId !== undefined)?.credentialId
  const credential = id === undefined ? undefined : await credentials.byId(id)
  return credential && credentials.facts(credential.fingerprint)
}

function findingOf({ detail, reason }: StoredJournalEntry): Omit<Finding, 'passed'> | undefined {
  const text = (name: string) => (typeof detail?.[name] === 'string' ? detail[name] : undefined)
  const [rule, found, needed] = [text('rule'), text('found'), text('needed')]
  if (rule === undefined) return adviceFor(reason)
  return { rule, ...(found !== undefined && { found }), ...(needed !== undefined && { needed }) }
}

function adviceFor(name: string | undefined): Omit<Finding, 'passed'> | undefined {
  const missed = (Object.keys(ADVICE) as (keyof typeof ADVICE)[]).find(reason => REASON_NAMES[reason] === name)
  return missed && { rule: REASON_NAMES[missed], ...ADVICE[missed] }
}

/** The conditions of the original question, with the current settings of the resource servers. */
async function askedOf(needs: Needs, refused: StoredJournalEntry | undefined): Promise<CheckAsk> {
  const { audiences, ...asked } = (refused?.detail?.['asked'] ?? {}) as Asked
  const ask: CheckAsk = { dialects: 'any', ...asked, presented: undefined }
  if (!audiences) return ask
  const strict = { strictAudience: true }
  const known = audiences.map(async audience =>
    // This server also accepts credentials without an audience.
    audience === '' || audience === needs.rules.issuer
      ? { audience, strictAudience: false }
      : ((await needs.lookups.resource(audience)) ?? { audience, ...strict }),
  )
  return { ...ask, audiences: await Promise.all(known) }
}

export type ExplainedRequest = {
  entries: readonly StoredJournalEntry[]
  /** The original reason, with the rule if one refused. */
  refused?: { reason: string } & Partial<Omit<Finding, 'passed'>>
  credential?: Credential
  /** The refused token with its current grant, client and user, if it has no row. */
  stated?: CredentialFacts
  /** The current result of the same question. */
  now?: Verdict
}
type Needs = StatedNeeds & Pick<World, 'journal' | 'credentials' | 'lookups' | 'rules'>
