import { inspectSecret } from '../../crypto/credential-format.ts'
import { countedBy } from '../../model/credentials/counted-by.ts'
import { KINDS } from '../../model/credentials/credential.ts'
import type { Presented } from '../../model/credentials/presented.ts'
import { type Finding, REASON_NAMES, type Verdict } from '../../model/credentials/verdict.ts'
import { aboutCredential, aboutUse, entry } from '../../model/journal.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import type { Act, ClientActor, SystemActor } from '../../model/users/actor.ts'
import type { CredentialFacts } from '../../ports/stores.ts'
import type { World } from '../world.ts'
import { type Acceptance, RULES, type Rule } from './check-rules.ts'
import { claimsOf } from './noted-claims.ts'
import { principalOf, scopesOf } from './principal.ts'
import { underKey } from './under-key.ts'

/**
 * The only check of credentials: all kinds, guards, introspection and verify use it, so their results agree. Applies the
 * rules to the credential that a finder returns, and names the rule that refused it. Only a finder with `writes` stores
 * anything (adopt-derived-pair.ts, if an import is configured).
 */
export async function checkCredential(needs: Needs, act: CheckAct, ask: CheckAsk): Promise<Verdict> {
  const started = performance.now()
  const found = await lookUp(needs, ask.presented?.secret)
  const verdict = typeof found === 'string' ? turnedAway(needs, act, ask, found) : judged(needs, act, ask, found)
  needs.recorder.took(performance.now() - started)
  return verdict
}

function turnedAway(needs: Needs, act: CheckAct, ask: CheckAsk, found: NotFound): Verdict {
  const reason = guessed(needs, act, ask, found)
  needs.recorder.note(entry(act, 'refused', { about: 'credential' }, { at: needs.now(), reason: REASON_NAMES[reason] }))
  return { active: false, reason }
}

function judged(needs: Needs, act: CheckAct, ask: CheckAsk, found: CredentialFacts): Verdict {
  const now = needs.now()
  const scopes = scopesOf(found, ask)
  const { credential, grant } = found
  const counted = countedBy(credential)
  for (const rule of RULES) {
    if (rule.passes(found, ask, now, scopes)) continue
    needs.recorder.used(counted, credential.kind, rule.reason, now)
    const why = { at: now, reason: REASON_NAMES[rule.reason], detail: noted(rule, found, ask, now, scopes) }
    needs.recorder.note(entry(act, 'refused', aboutCredential(credential), why))
    const verdict: Verdict = { active: false, reason: rule.reason, credentialId: credential.id }
    // An API for which the token was not made does not learn the grant or client.
    if (credential.stated && rule.reason !== 'audience-wrong') verdict.countedBy = counted
    return verdict
  }
  needs.recorder.used(counted, credential.kind, 'valid', now, ask.ip)
  if ((credential.stated ? grant?.lastUsedAt : credential.lastUsedAt) === undefined)
    needs.recorder.begun(counted, () => entry(act, 'used', aboutUse(credential), { at: now }))
  return { active: true, principal: principalOf(found, scopes) }
}

/** Evaluates all rules, each with the value found and the value needed, for operators. */
export async function explainCredential(needs: Needs, act: CheckAct, ask: CheckAsk): Promise<Verdict> {
  const found = await lookUp(needs, ask.presented?.secret)
  if (typeof found === 'string')
    return { active: false, reason: found, findings: [{ rule: REASON_NAMES[found], passed: false, ...ADVICE[found] }] }
  return explainFacts(found, act, ask, needs.now())
}

/** An API for which the credential was not made learns only that fact, and nothing about the owner. */
export function explainFacts(facts: CredentialFacts, { by }: CheckAct, ask: CheckAsk, now: number): Verdict {
  const found = underKey(facts)
  const scopes = scopesOf(found, ask)
  const findings: Finding[] = []
  let failed: Rule | undefined
  for (const rule of RULES) {
    const passed = rule.passes(found, ask, now, scopes)
    findings.push({ rule: rule.name, passed, ...rule.explain(found, ask, now, scopes) })
    if (!passed) failed ??= rule
    if (!passed && rule.reason === 'audience-wrong' && by.is === 'client') break
  }
  if (failed) return { active: false, reason: failed.reason, credentialId: found.credential.id, findings }
  return { active: true, principal: principalOf(found, scopes), findings }
}

/** The refusal that a check of this credential would note; `undefined`: the check passes. */
export function refusalOf(found: CredentialFacts, ask: CheckAsk, now: number): NotedRefusal | undefined {
  const scopes = scopesOf(found, ask)
  const rule = RULES.find(one => !one.passes(found, ask, now, scopes))
  return rule && { reason: REASON_NAMES[rule.reason], detail: noted(rule, found, ask, now, scopes) }
}
export type NotedRefusal = { reason: string; detail: Record<string, unknown> }

/** The detail of a refusal in the journal: the rule and the conditions asked, so that `explain` can evaluate it again. */
function noted(
  rule: Rule,
  found: CredentialFacts,
  ask: CheckAsk,
  now: number,
  scopes: readonly Scope[],
): Record<string, unknown> {
  const asked: Asked = {
    ...(ask.scopes && ask.scopes.length > 0 && { scopes: ask.scopes }),
    ...(ask.anyScope && { anyScope: ask.anyScope }),
    ...(ask.audiences && { audiences: ask.audiences.map(({ audience }) => audience) }),
    ...(ask.dialects && { dialects: ask.dialects }),
    ...(ask.ip !== undefined && { ip: ask.ip }),
  }
  const claims = found.credential.stated && { claims: claimsOf(found.credential) }
  return { rule: rule.name, ...rule.explain(found, ask, now, scopes), asked, ...claims }
}

/** Findings for a text that matches no credential, so no rule applies. */
export const ADVICE = {
  'credential-missing': { found: 'no credential', needed: 'an Authorization header, or the place this dialect uses' },
  'credential-malformed': {
    found: 'our prefix, but a checksum that does not fit: mistyped or cut short',
    needed: 'the whole secret as it was shown',
  },
  'credential-unknown': { found: 'nothing stored here matches', needed: 'a credential issued by this server' },
} as const

/**
 * Limits guessing: after many unknown credentials from one network, the reason is rate-limited. Valid credentials never
 * count.
 */
function guessed(needs: Needs, act: CheckAct, { ip }: CheckAsk, found: NotFound): NotFound | 'rate-limited' {
  if (found === 'credential-missing') return found
  // For a question of an API, only the reported address of the caller counts, never the address of the API itself.
  const source = act.by.is === 'client' ? (ip === undefined ? {} : { ip }) : act.from
  return needs.throttle.countGuess(source) === 'too often' ? 'rate-limited' : found
}

/**
 * Asks the finders in order, after a check of the form: a damaged secret or a kind that is not a bearer credential goes
 * to no finder.
 */
async function lookUp(
  { finders }: Pick<Needs, 'finders'>,
  secret: string | undefined,
): Promise<CredentialFacts | NotFound> {
  if (!secret) return 'credential-missing'
  const inspected = inspectSecret(secret)
  if (inspected.is === 'broken') return 'credential-malformed'
  if (inspected.is === 'intact' && (!inspected.kind || !KINDS[inspected.kind].bearer)) return 'credential-unknown'
  for (const finder of finders) {
    const found = finder.fits(secret) ? await finder.find(secret) : undefined
    if (found)
      return found !== 'credential-unknown' && KINDS[found.credential.kind].bearer
        ? underKey(found)
        : 'credential-unknown'
  }
  return 'credential-unknown'
}

export type CheckAsk = Acceptance & {
  presented: Presented | undefined
}
/** The asking resource server or client, or this server for a request to itself. */
export type CheckAct = Act<ClientActor | SystemActor>
type NotFound = keyof typeof ADVICE
/** The part of the question that the journal keeps. */
export type Asked = Pick<CheckAsk, 'scopes' | 'anyScope' | 'dialects' | 'ip'> & { audiences?: readonly string[] }
/** The needs of every check of a credential. */
export type CheckNeeds = Pick<World, 'finders' | 'now'> & {
  recorder: Pick<World['recorder'], 'note' | 'used' | 'begun' | 'took'>
  throttle: Pick<World['throttle'], 'countGuess'>
}
type Needs = CheckNeeds
