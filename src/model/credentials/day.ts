import { DAY } from '../span.ts'

/* Token pairs count days from 2001-01-01, in UTC. */

const FIRST = Date.UTC(2001, 0, 1)

export const dayOf = (time: number): number => Math.floor((time - FIRST) / DAY)

/** Expiry of something made on `day` that is valid on that day and `days` further days. */
export const endAfterDays = (day: number, days: number): number => FIRST + (day + days + 1) * DAY

export const startOfDay = (day: number): number => FIRST + day * DAY
