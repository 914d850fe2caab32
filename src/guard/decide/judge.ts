import type { Presented } from '../../model/presented.ts'
import type { RefusalCode } from '../../model/refusal.ts'
import { isReason, type Reason, type Verdict } from '../../model/verdict.ts'
import type { Carried, Misread } from '../request/presented.ts'

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
  | { passed: true; verdict: Verdict & { active: true }; presented: Presented }
  | { passed: false; problem: Problem; verdict?: Verdict & { active: false } }

/**
 * What was presented, checked. Two credentials at once pass only if both are good and name the same principal; then
 * the one in Authorization decides, and rights are never added up.
 */
export async function judge(carried: Carried, check: Check): Promise<Judgement> {
  if (carried.is === 'nothing') return { passed: false, problem: 'credential-missing' }
  if (carried.is === 'faulty') return { passed: false, problem: carried.fault }
  const { presented, second } = carried
  const verdict = await checkPlaced(presented, check)
  // The server in this process may be of another version than the guard.
  if (!verdict.active)
    return { passed: false, problem: isReason(verdict.reason) ? verdict.reason : 'credential-unknown', verdict }
  if (second) {
    const other = await checkPlaced(second, check)
    if (!other.active || principalKey(other) !== principalKey(verdict))
      return { passed: false, problem: 'credentials-mixed' }
  }
  return { passed: true, verdict, presented }
}

/** The places made for API keys take API keys and nothing else: an access token in a URL is a leak, not a credential. */
async function checkPlaced(presented: Presented, check: Check): Promise<Verdict> {
  const verdict = await check(presented)
  const forKeys = presented.place === 'x-api-key' || presented.place === 'key-parameter'
  if (verdict.active && forKeys && verdict.principal.kind !== 'api-key')
    return { active: false, reason: 'dialect-wrong', credentialId: verdict.principal.credentialId }
  return verdict
}

type Check = (presented: Presented) => Promise<Verdict>

const principalKey = ({ principal }: Verdict & { active: true }): string | undefined =>
  principal.subject?.id ?? principal.client?.id
