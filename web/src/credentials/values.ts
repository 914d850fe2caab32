import { DAY } from '../span.ts'

/* What the forms of credentials have in common, and what they send. */

export type Values = {
  name: string
  note: string
  allScopes: boolean
  scopes: string[]
  /** Addresses or CIDR blocks, separated by spaces or commas. */
  networks: string
  /** A number of days, `never`, or a date (2027-01-31), at whose end in UTC the credential expires. */
  expires: string
}

/** True for a date as a native date field returns it. */
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

/** Seconds since the epoch; null: never. */
export const endOf = (expires: string, now: number): number | null => {
  if (expires === 'never') return null
  return isDay(expires) ? Date.parse(`${expires}T23:59:59Z`) / 1000 : now + Number(expires) * DAY
}

export const networksIn = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean)
