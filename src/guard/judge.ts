import { type Reason, readReason, type Verdict } from '../model/verdict.ts'
import type { Fault, Presented, Shown } from './presented.ts'

/** Why a request does not pass: the closed reasons of a verdict, and what is wrong with the way it was sent. */
export type Problem = Reason | SentWrongly | 'user_required' | 'unavailable'
/** The request itself is at fault, whatever the credential is worth. */
export type SentWrongly = 'unreadable' | 'mixed' | Extract<Fault, 'empty' | 'basic-format' | 'basic-encoding'>

export type Judgement =
  | { passed: true; verdict: Verdict & { active: true }; shown: Shown }
  | { passed: false; problem: Problem; verdict?: Verdict & { active: false } }

const FAULTS: Record<Fault, Problem> = {
  unreadable: 'unreadable',
  empty: 'empty',
  'too-long': 'unknown',
  repeated: 'mixed',
  'basic-format': 'basic-format',
  'basic-encoding': 'basic-encoding',
}

/**
 * What was presented, checked. Two credentials at once pass only if both are good and name the same principal; then
 * the one in Authorization decides, and rights are never added up.
 */
export async function judge(presented: Presented, check: (shown: Shown) => Promise<Verdict>): Promise<Judgement> {
  if (presented.is === 'nothing') return { passed: false, problem: 'missing' }
  if (presented.is === 'faulty') return { passed: false, problem: FAULTS[presented.fault] }
  const { shown, second } = presented
  const verdict = await checkPlaced(shown, check)
  // The server in this process may be of another version than the guard.
  if (!verdict.active) return { passed: false, problem: readReason(verdict.reason), verdict }
  if (second) {
    const other = await checkPlaced(second, check)
    if (!other.active || principalKey(other) !== principalKey(verdict)) return { passed: false, problem: 'mixed' }
  }
  return { passed: true, verdict, shown }
}

/** The places made for API keys take API keys and nothing else: an access token in a URL is a leak, not a credential. */
async function checkPlaced(shown: Shown, check: (shown: Shown) => Promise<Verdict>): Promise<Verdict> {
  const verdict = await check(shown)
  const forKeys = shown.place === 'x-api-key' || shown.place === 'key-parameter'
  if (verdict.active && forKeys && verdict.principal.kind !== 'api-key')
    return { active: false, reason: 'wrong_dialect', credentialId: verdict.principal.credentialId }
  return verdict
}

const principalKey = ({ principal }: Verdict & { active: true }): string | undefined =>
  principal.subject?.id ?? principal.client?.id
