import { type CredentialFamily, DIALECT_NAMES } from '../../model/credentials/verdict.ts'

/* Parses `CLAVIGER_DIALECT_SUNSET`. */

/** The dates at which the dialects of older systems end, as set by the operator. */
export type Sunsets = Partial<Record<CredentialFamily, { deprecatedAt?: number; sunsetAt: number }>>
export const endingList = (value: string): Sunsets => {
  const sunsets: Sunsets = {}
  for (const part of value.split(/[\s,]+/).filter(one => one !== '')) {
    const match = /^([a-z]+)=(?:(\d{4}-\d{2}-\d{2})\/)?(\d{4}-\d{2}-\d{2})$/.exec(part)
    if (!match) throw new Error('must be a list such as tokenapi=2027-06-30,zebbra=2026-12-01/2027-06-30')
    const [deprecatedAt, sunsetAt] = [match[2] && dayOf(match[2]), dayOf(match[3] ?? '')]
    if (deprecatedAt && deprecatedAt > sunsetAt) throw new Error('must not name an end before its announcement')
    sunsets[dialectNamed(match[1] ?? '')] = { sunsetAt, ...(deprecatedAt && { deprecatedAt }) }
  }
  return sunsets
}
/**
 * The start of a day (UTC). `Date.parse` accepts some days that do not exist, and returns a day of the next month. The
 * comparison detects them.
 */
const dayOf = (text: string): number => {
  const at = Date.parse(text)
  if (Number.isNaN(at) || day(at) !== text) throw new Error(`must name days that exist: ${text} does not`)
  return at
}
const day = (at: number): string => new Date(at).toISOString().slice(0, 10)
export const showSunsets = (sunsets: Sunsets): string =>
  Object.entries(sunsets)
    .map(
      ([name, { deprecatedAt, sunsetAt }]) => `${name}=${deprecatedAt ? `${day(deprecatedAt)}/` : ''}${day(sunsetAt)}`,
    )
    .join(' ')
const dialectNamed = (name: string): CredentialFamily => {
  const known = DIALECT_NAMES.find(one => one === name)
  if (!known) throw new Error(`must be one of ${DIALECT_NAMES.join(', ')}`)
  return known
}
