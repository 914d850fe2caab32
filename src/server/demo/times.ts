import { CHECK_TIME_STEPS, stepOf } from '../../model/credentials/check-time.ts'
import { HOUR, MINUTE } from '../../model/span.ts'
import type { UsageCount } from '../../ports/usage.ts'
import type { Dice } from './dice.ts'

/**
 * Counts are kept per minute for this long, because charts by the minute show the last hour; older counts are kept per
 * hour.
 */
const BY_THE_MINUTE = 2 * HOUR
/**
 * Three normal distributions of the time of a check: answered from memory, looked up in the database, delayed. `width`
 * is in steps, `share` a part of all checks.
 */
const WAYS = [
  { milliseconds: 0.045, width: 1.5, share: 0.93 },
  { milliseconds: 0.9, width: 1.6, share: 0.066 },
  { milliseconds: 9, width: 1.3, share: 0.004 },
]

/** Makes the times of all checks in `counts`. During one afternoon the checks are slow. */
export function makeTimes(dice: Dice, counts: readonly UsageCount[], now: number): Times[] {
  const checks = new Map<number, number>()
  for (const { minute, count } of counts) {
    const at = minute * MINUTE
    const bucket = at > now - BY_THE_MINUTE ? at : at - (at % HOUR)
    checks.set(bucket, (checks.get(bucket) ?? 0) + count)
  }
  const trouble = now - (now % HOUR) - 29 * HOUR
  return [...checks].map(([at, count]) => {
    const slow = at >= trouble && at < trouble + 3 * HOUR ? 6 : 1 + 0.5 * dice.next()
    return { at, steps: spread(dice, count, slow) }
  })
}

function spread(dice: Dice, checks: number, slow: number): Map<number, number> {
  const steps = new Map<number, number>()
  for (const { milliseconds, width, share } of WAYS) {
    const middle = stepOf(milliseconds * slow)
    const weights = Array.from({ length: CHECK_TIME_STEPS }, (_, i) => Math.exp(-(((i - middle) / width) ** 2) / 2))
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    for (const [step, weight] of weights.entries()) {
      const count = Math.floor((checks * share * weight) / all + dice.next())
      if (weight > 0.002 && count > 0) steps.set(step, (steps.get(step) ?? 0) + count)
    }
  }
  return steps
}

export type Times = { at: number; steps: Map<number, number> }
