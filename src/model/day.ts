import { DAY } from './span.ts'

/* Days as user/token pairs count them: whole days since 2001-01-01, in UTC. */

const FIRST = Date.UTC(2001, 0, 1)

export const dayOf = (time: number): number => Math.floor((time - FIRST) / DAY)

/** The moment at which something made on `day` ends that is good on that day and `days` more. */
export const endAfterDays = (day: number, days: number): number => FIRST + (day + days + 1) * DAY

export const startOfDay = (day: number): number => FIRST + day * DAY
