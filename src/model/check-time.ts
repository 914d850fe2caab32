/*
 * How long checks take, counted in steps that grow with the time: two for each doubling, from a microsecond to 16
 * seconds. A percentile read from them is right to within its step, a factor of 1.4 at most, however many checks there
 * were, and counts of any minute, hour or process simply add up.
 */

export const CHECK_TIME_STEPS = 49

/** The step a time belongs to; longer times go to the last. */
export function stepOf(milliseconds: number): number {
  const micros = milliseconds * 1000
  if (!(micros > 1)) return 0
  return Math.min(CHECK_TIME_STEPS - 1, Math.floor(Math.log2(micros) * 2))
}

/** Where a step begins, in milliseconds. */
const startOf = (step: number): number => 2 ** (step / 2) / 1000

/** Percentile: this share of the checks took less time, in milliseconds; absent where there was no check. */
export function percentile(counts: ReadonlyMap<number, number>, share: number): number | undefined {
  const steps = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => a - b)
  const rank = share * steps.reduce((sum, [, count]) => sum + count, 0)
  let below = 0
  for (const [step, count] of steps) {
    if (below + count >= rank) {
      const from = step === 0 ? 0 : startOf(step)
      return from + ((rank - below) / count) * (startOf(step + 1) - from)
    }
    below += count
  }
  return undefined
}
