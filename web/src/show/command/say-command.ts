import type { OperationId } from '../../../../src/wire/admin/contract.ts'
import { DAY } from '../../span.ts'
import { type Asked, quoted } from './curl.ts'

/* The parts of a shell command of `claviger`. */

/** The user for the command, who must be named because commands run as the operator. */
export type Context = { me: string; now: number }

export type Flags = Record<string, string | readonly string[] | boolean | null | undefined>

/** `null` clears a field, absent fields are omitted, and a list repeats its option. */
export function say(words: string, flags: Flags = {}): string {
  const parts = [`claviger ${words}`]
  for (const [name, value] of Object.entries(flags)) {
    if (value === undefined || value === false) continue
    if (value === true) parts.push(`--${name}`)
    else if (value === null || value.length === 0) parts.push(`--${name} ''`)
    else for (const one of typeof value === 'string' ? [value] : value) parts.push(`--${name} ${quoted(one)}`)
  }
  return parts.join(' ')
}

/** The values of `--metadata`; `null` clears them. */
export const pairsOf = (metadata: Record<string, string> | null | undefined): string[] | null | undefined =>
  metadata && Object.entries(metadata).map(([name, value]) => `${name}=${value}`)
export const id = ({ params }: { params?: Record<string, string> }): string => quoted(params?.['id'] ?? '')
export const words = (scopes: readonly string[] | null | undefined): string | undefined => scopes?.join(' ')
/** An empty text is no filter, so it becomes undefined. */
export const set = (text: string | undefined): string | undefined => text || undefined

export function life(end: number | null | undefined, now: number): string {
  if (end === null || end === undefined) return 'never'
  if (end % DAY === DAY - 1) return new Date(end * 1000).toISOString().slice(0, 10)
  return span(end - now)
}
export function span(seconds: number): string {
  if (seconds % DAY === 0 && seconds > 0) return `${seconds / DAY}d`
  return seconds > 999_999 ? `${Math.round(seconds / 3600)}h` : `${Math.round(seconds)}s`
}

export type Rows = { [Id in OperationId]?: (what: Asked<Id>, context: Context) => string }
