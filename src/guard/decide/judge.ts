import type { RefusalCode } from '../../model/refusal.ts'
import { isReason, type Reason, type Verdict } from '../../model/verdict.ts'
import type { Misread, Presented, Shown } from '../request/presented.ts'

/** Why a request does not pass: a refusal, or what is wrong with the way it was sent. */
export type Problem = Reason | Misread | Extract<RefusalCode, 'credentials-mixed' | 'user-required' | 'unavailable'>

const MISREAD: ReadonlySet<string> = new Set([
  'unreadable',
  'scheme-inside',
  'line-break',
  'empty',
  'basic-format',
  'basic-encoding',
] satisfies Misread[])
export const isMisread = (problem: Problem): problem is Misread => MISREAD.has(problem)

export type Judgement =
  | { passed: true; verdict: Verdict & { active: true }; shown: Shown }
  | { passed: false; problem: Problem; verdict?: Verdict & { active: false } }

/**
 * What was presented, checked. Two credentials at once pass only if both are good and name the same principal; then
 * the one in Authorization decides, and rights are never added up.
 */
export async function judge(presented: Presented, check: (shown: Shown) => Promise<Verdict>): Promise<Judgement> {
  if (presented.is === 'nothing') return { passed: false, problem: 'credential-missing' }
  if (presented.is === 'faulty') return { passed: false, problem: presented.fault }
  const { shown, second } = presented
  const verdict = await checkPlaced(shown, check)
  // The server in this process may be of another version than the guard.
  if (!verdict.active)
    return { passed: false, problem: isReason(verdict.reason) ? verdict.reason : 'credential-unknown', verdict }
  if (second) {
    const other = await checkPlaced(second, check)
    if (!other.active || principalKey(other) !== principalKey(verdict))
      return { passed: false, problem: 'credentials-mixed' }
  }
  return { passed: true, verdict, shown }
}

/** The places made for API keys take API keys and nothing else: an access token in a URL is a leak, not a credential. */
async function checkPlaced(shown: Shown, check: (shown: Shown) => Promise<Verdict>): Promise<Verdict> {
  const verdict = await check(shown)
  const forKeys = shown.place === 'x-api-key' || shown.place === 'key-parameter'
  if (verdict.active && forKeys && verdict.principal.kind !== 'api-key')
    return { active: false, reason: 'dialect-wrong', credentialId: verdict.principal.credentialId }
  return verdict
}

const principalKey = ({ principal }: Verdict & { active: true }): string | undefined =>
  principal.subject?.id ?? principal.client?.id
