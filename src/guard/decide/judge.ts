import type { Presented } from '../../model/credentials/presented.ts'
import { isReason, type Reason, type Verdict } from '../../model/credentials/verdict.ts'
import type { RefusalCode } from '../../model/refusals/refusal.ts'
import type { Carried, Misread } from '../request/presented.ts'

/** The reason why a request does not pass: a refusal of the credential, or a fault in the way it was sent. */
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
 * Checks the presented credentials. If a request carries two credentials, both must be good and name the same
 * principal. Then only the rights of the credential in Authorization count.
 */
export function judge(carried: Carried, check: Check): Soon<Judgement> {
  if (carried.is === 'nothing') return { passed: false, problem: 'credential-missing' }
  if (carried.is === 'faulty') return { passed: false, problem: carried.fault }
  const { presented, second } = carried
  if (second) return judgeBoth(presented, second, check)
  return andThen(check(presented), verdict => judgementOf(verdict, presented))
}

async function judgeBoth(presented: Presented, second: Presented, check: Check): Promise<Judgement> {
  const first = judgementOf(await check(presented), presented)
  if (!first.passed) return first
  const other = judgementOf(await check(second), second)
  if (!other.passed || principalKey(other.verdict) !== principalKey(first.verdict))
    return { passed: false, problem: 'credentials-mixed' }
  return first
}

/** Places for API keys accept only API keys, because an access token in a URL can leak. */
function judgementOf(verdict: Verdict, presented: Presented): Judgement {
  // A server in this process may have another version than the guard, and so give reasons that the guard does not know.
  if (!verdict.active)
    return { passed: false, problem: isReason(verdict.reason) ? verdict.reason : 'credential-unknown', verdict }
  const forKeys = presented.place === 'x-api-key' || presented.place === 'key-parameter'
  const { kind, credentialId } = verdict.principal
  if (!forKeys || kind === 'api-key') return { passed: true, verdict, presented }
  return { passed: false, problem: 'dialect-wrong', verdict: { active: false, reason: 'dialect-wrong', credentialId } }
}

type Check = (presented: Presented) => Soon<Verdict>

/** A cached verdict is returned without a promise, because a promise would cost more than the check. */
export type Soon<T> = T | Promise<T>

/** Calls `next` synchronously if the value is already there. */
export const andThen = <T extends object, Next>(soon: Soon<T>, next: (value: T) => Next): Soon<Next> =>
  'then' in soon ? soon.then(next) : next(soon)

const principalKey = ({ principal }: Verdict & { active: true }): string | undefined =>
  principal.subject?.id ?? principal.client?.id
