import type { Answer } from '../../../src/wire/admin/contract.ts'
import { DAY } from '../span.ts'

export type Api = Answer<'getResourceServer'>

export const TOKEN_FORMATS = [
  { value: 'opaque', label: 'Opaque' },
  { value: 'jwt', label: 'JWT' },
] as const
export const formatSays = (format: Api['token_format']): string =>
  format === 'jwt'
    ? 'It can check them by itself; they still end within a second when revoked, if it follows the feed.'
    : 'Short, and nothing can be read from them.'

/** Ends that introspection can report for a credential without one. */
export const ROLLING_ENDS = [
  { value: '', label: 'None' },
  { value: String(DAY), label: 'One day ahead' },
  { value: String(30 * DAY), label: '30 days ahead' },
  { value: String(365 * DAY), label: 'One year ahead' },
]
