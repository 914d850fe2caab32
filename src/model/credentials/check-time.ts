/*
 * The duration of checks, counted in steps that grow with the time: two steps for each doubling, from one microsecond
 * to 16 seconds. A percentile from these counts is exact to a factor of 1.4, for any number of checks. Counts of
 * different minutes, hours and processes can be added.
 */

export const CHECK_TIME_STEPS = 49

/** Returns the step of a time; times beyond the range count in the last step. */
export function stepOf(milliseconds: number): number {
  const micros = milliseconds * 1000
  if (!(micros > 1)) return 0
  return Math.min(CHECK_TIME_STEPS - 1, Math.floor(Math.log2(micros) * 2))
}

/** Start of a step, in milliseconds. */
const startOf = (step: number): number => 2 ** (step / 2) / 1000

/** Returns the time, in milliseconds, below which this share of the checks lies; `undefined` without checks. */
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
