/* Spans of time, in milliseconds; in seconds a day is `DAY / SECOND`. */

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
