import { parseAddress } from '../../model/networks.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { parseScopes, type Scope } from '../../model/scopes/scope.ts'
import { DAY, HOUR, MINUTE, SECOND, YEAR } from '../../model/span.ts'

/** The words typed after the verb, by name. A wrong value throws a usage error that names the option. */
export class Options {
  readonly #values: Record<string, unknown>
  readonly #parameters: readonly string[]

  constructor(values: Record<string, unknown>, parameters: readonly string[]) {
    this.#values = values
    this.#parameters = parameters
  }

  /** The argument at this position. Commander has checked required arguments. */
  argument(place: number): string {
    return this.#parameters[place] ?? ''
  }

  one(name: string): string | undefined {
    const value = this.#values[name]
    return typeof value === 'string' ? value : undefined
  }

  required(name: string): string {
    const value = this.one(name)
    if (value === undefined) throw usage(name, 'is missing')
    return value
  }

  all(name: string): string[] {
    const value = this.#values[name]
    return Array.isArray(value) ? (value as string[]) : []
  }

  said(name: string): boolean {
    return this.#values[name] === true
  }

  /** True for `--flag`, false for `--no-flag`, undefined for neither. */
  either(name: string): boolean | undefined {
    const value = this.#values[name]
    return typeof value === 'boolean' ? value : undefined
  }

  /** An IP address in canonical form. */
  address(name: string): string | undefined {
    const value = this.one(name)
    if (value === undefined) return undefined
    const address = parseAddress(value)
    if (address === undefined) throw usage(name, `must be an IP address, not "${value}"`)
    return address
  }

  scopes(name = 'scope'): Scope[] | undefined {
    const value = this.one(name)
    return value === undefined ? undefined : parseScopes(value)
  }

  oneOf<const T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.one(name)
    if (value === undefined) return undefined
    const found = allowed.find(one => one === value)
    if (found === undefined) throw usage(name, `must be one of ${allowed.join(', ')}, not "${value}"`)
    return found
  }

  whole(name: string, least: number, most: number): number | undefined {
    const value = this.one(name)
    if (value === undefined) return undefined
    const number = Number(value)
    if (!/^\d{1,12}$/.test(value) || number < least || number > most)
      throw usage(name, `must be a whole number from ${least} to ${most}, not "${value}"`)
    return number
  }

  /** A duration such as `90d`, `12h`, `30m` or `45s`, in seconds. */
  duration(name: string, orElse = ''): number | undefined {
    const value = this.one(name)
    if (value === undefined) return undefined
    const match = /^(\d{1,6})([smhdwy])$/.exec(value)
    if (!match) throw usage(name, `must be a time such as 90d, 12h or 30m${orElse}; not "${value}"`)
    return (Number(match[1]) * (UNITS[match[2] as keyof typeof UNITS] ?? 0)) / SECOND
  }

  /**
   * A moment in the past, in milliseconds: a duration before now (`24h`), `today`, `yesterday`, a date, a time of today, or
   * date and time; in the local time zone.
   */
  moment(name: string, now: number): number | undefined {
    const value = this.one(name)
    if (value === undefined) return undefined
    if (/^\d{1,6}[smhdwy]$/.test(value)) return now - (this.duration(name) ?? 0) * SECOND
    const at = localMoment(value, now)
    if (at === undefined)
      throw usage(name, `must be a time such as 24h, today, 06:30, 2027-01-31 or "2027-01-31 06:30"; not "${value}"`)
    return at
  }

  /** A future end, in seconds from now: a duration, or the end of a day (UTC); `null` for `never`. */
  ending(name: string, now: number): number | null | undefined {
    const value = this.one(name)
    if (value === 'never') return null
    if (value === undefined || !/^\d{4}-\d\d-\d\d$/.test(value))
      return this.duration(name, ', a day such as 2027-01-31, or never')
    const end = Date.parse(`${value}T23:59:59Z`)
    // `Date` accepts some days that do not exist, and returns a day of the next month. The comparison detects them.
    if (Number.isNaN(end) || new Date(end).toISOString().slice(0, 10) !== value)
      throw usage(name, `must be a day that exists, not "${value}"`)
    return (end - now) / 1000
  }
}

function localMoment(value: string, now: number): number | undefined {
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  if (value === 'today') return midnight
  if (value === 'yesterday') return new Date(midnight - DAY / 2).setHours(0, 0, 0, 0)
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)?[ T]?(\d\d:\d\d(?::\d\d)?)?$/.exec(value) ?? []
  if (day === undefined && clock === undefined) return undefined
  const time = (clock ?? '00:00').split(':').map(Number)
  const [hours = 0, minutes = 0, seconds = 0] = time
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined
  const [year = 0, month = 1, date = 1] = (day ?? '').split('-').map(Number)
  const from = day === undefined ? new Date(midnight) : new Date(year, month - 1, date)
  // `Date` accepts some days that do not exist, and returns a day of the next month. The comparison detects them.
  if (day !== undefined && (from.getMonth() !== month - 1 || from.getDate() !== date)) return undefined
  return from.setHours(hours, minutes, seconds, 0)
}

const UNITS = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY, y: YEAR } as const

/** Returns `--redirect-uri` for `redirectUri`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`

export const usage = (name: string, problem: string): Refusal =>
  new Refusal('parameter-invalid', `${flagOf(name)} ${problem}`, {
    parameter: flagOf(name),
    sentence: `${flagOf(name)} ${problem}.`,
  })
