import { MINUTE } from '../span.ts'

/** The tolerated difference between the clocks of machines that share a database, in milliseconds. */
const CLOCK_SKEW = MINUTE

/**
 * Tells if `at` is within the last `window` milliseconds. A time that is further in the future than `CLOCK_SKEW` comes
 * from a clock that was later set back. Such a time does not count as recent, because its age is unknown.
 */
export const isRecent = (at: number, now: number, window: number): boolean =>
  now - at <= window && at - now <= CLOCK_SKEW
