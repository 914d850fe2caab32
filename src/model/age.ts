import { MINUTE } from './span.ts'

/** Clocks of machines that share a database may differ by so much, in milliseconds. */
const CLOCK_SKEW = MINUTE

/**
 * Whether `at` lies within the last `window` milliseconds. A time further ahead than clocks may differ was written by a
 * clock that has since been set back: it has no age, so it is not recent.
 */
export const isRecent = (at: number, now: number, window: number): boolean =>
  now - at <= window && at - now <= CLOCK_SKEW
