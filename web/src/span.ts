/* Spans of time in seconds, as the management API counts them. */

export const MINUTE = 60
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
